package io.github.lanewise.kernel;

/**
 * Matrix products over packed panels.
 *
 * <p>All matrix work of the library, forward products, input gradients and weight gradients, for one row or many, is one operation with
 * general strides. To every output are added chains of fused multiply-adds in ascending index order, each starting from zero and at most
 * {@link #CHAIN} long, so the bits depend neither on the vector width nor on how many rows are computed together. (A chain that started from
 * the value already there would round each of its steps to the size of that value; see Higham 2002, chapter 4, on sums in blocks.)
 */
public sealed interface MatrixKernels permits StepKernels, ScalarMatrix, VectorMatrix {
    /** Longest chain: 64 KiB of a panel of columns stay in L2 while all rows pass. */
    int CHAIN = 256;
    /** Later rows that {@link #affineAhead} works on. */
    int AHEAD = 8;
    /** Rows in a tile of the left factor of {@link #matmulTiles}. */
    int TILE = 6;
    /** Panels that a product of one row walks side by side where the registers allow it: who cuts such a product should cut between so many. */
    int STREAMS = 4;

    /**
     * {@code c += a * b}, where {@code b} and {@code c} are stored in panels of {@link Panels#WIDTH} columns.
     *
     * <p>For every {@code row < rows} and {@code column < columns}, with {@code p = column / WIDTH} and {@code lane = column % WIDTH}:
     *
     * <pre>{@code
     * for first = 0, CHAIN, 2 * CHAIN .. below inner:
     *     sum = 0
     *     for k = first .. min(first + CHAIN, inner) - 1:
     *         sum = fma(a[aOffset + row * aRow + k * aStep], b[bOffset + p * bPanel + k * bStep + lane], sum)
     *     c[cOffset + row * cRow + p * cPanel + lane] += sum
     * }</pre>
     *
     * <p>With {@code aStep = 1} this is a product with rows of activations; with {@code aRow = 1} and {@code aStep} the length of a row it is
     * the product with the transposed activations that weight gradients need. {@code c} must not overlap {@code a} or {@code b}.
     * Allocates nothing. Thread-safe for distinct {@code c}.
     *
     * @param a left factor, any values; read only
     * @param aOffset index of its first element
     * @param aRow distance between two rows of {@code a}
     * @param aStep distance between two inner indices of {@code a}
     * @param b right factor [panels][inner][lanes]; read only
     * @param bOffset index of its first element
     * @param bPanel distance between two panels of {@code b}
     * @param bStep distance between two inner indices of {@code b}, at least 1
     * @param c result [rows][columns] in panels; updated
     * @param cOffset index of its first element
     * @param cRow distance between two rows of {@code c}
     * @param cPanel distance between two panels of {@code c}
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0, a multiple of {@link Panels#BLOCK}
     * @param inner number of products in each output, at least 0
     * @throws IllegalArgumentException if a count or stride is negative, {@code bStep} is 0, or {@code columns} is not a multiple of
     *     {@link Panels#BLOCK}
     * @throws IndexOutOfBoundsException if an index would fall outside its array; nothing is written then
     */
    void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner);

    /**
     * {@code c = from + a * b}, one chain, where {@code a} is packed in tiles of {@link #TILE} rows (see {@link #packTiles}) and {@code b} is a strip of
     * {@link Panels#BLOCK} columns: both are read from their beginning to their end, and the strip stays in L1 while the tiles pass by.
     *
     * <p>For every {@code row < rows} and {@code lane < lanes}, with {@code t = row / TILE} and {@code i = row % TILE}:
     *
     * <pre>{@code
     * sum = 0
     * for k = 0 .. inner - 1:
     *     sum = fma(a[aOffset + (t * inner + k) * TILE + i], b[bOffset + k * BLOCK + lane], sum)
     * c[cOffset + row * cRow + lane] = from[fromOffset + row * cRow + lane] + sum
     * }</pre>
     *
     * <p>These are the bits of {@link #matmul}. What the other lanes of a block of {@code c} hold afterwards is not defined. {@code c} must not overlap {@code a} or
     * {@code b}; {@code from} must be the same range as {@code c} or not overlap it. Allocates nothing. Thread-safe for distinct {@code c}.
     *
     * @param a left factor [rows / TILE, rounded up][inner][TILE]; what the last tile has beyond {@code rows} does not count; read only
     * @param aOffset index of its first element
     * @param b right factor [inner][BLOCK]; read only
     * @param bOffset index of its first element
     * @param from what is added to, whole blocks; read only
     * @param fromOffset index of its first element
     * @param c result [rows][BLOCK]; written
     * @param cOffset index of its first element
     * @param cRow distance between two rows of {@code c} and of {@code from}
     * @param rows number of rows, at least 0
     * @param lanes number of columns, 1 to {@link Panels#BLOCK}
     * @param inner number of products in each output, 0 to {@link #CHAIN}
     * @throws IllegalArgumentException if a count or stride is negative or too large
     * @throws IndexOutOfBoundsException if an index would fall outside its array; nothing is written then
     */
    void matmulTiles(float[] a, int aOffset, float[] b, int bOffset, float[] from, int fromOffset, float[] c, int cOffset, int cRow,
                     int rows, int lanes, int inner);

    /**
     * Packs columns of a packed matrix in tiles, as the left factor of {@link #matmulTiles}:
     * {@code to[(t * inner + k) * TILE + i] = from[p][k][lane]} with {@code t * TILE + i = column = p * WIDTH + lane}. What the last tile has beyond the
     * columns is not written.
     *
     * <p>{@code to} must not overlap {@code from}. Allocates nothing. Thread-safe for distinct {@code to}.
     *
     * @param from packed matrix [panels of columns][inner][lanes]; read only
     * @param offset index of its first element
     * @param fromStep distance between two inner indices of {@code from}
     * @param fromPanel distance between two panels of {@code from}
     * @param inner number of inner indices, at least 0
     * @param columns number of columns, at least 0
     * @param to tiles [columns / TILE, rounded up][inner][TILE]; written
     * @param toOffset index of its first element
     * @throws IllegalArgumentException if a count or stride is negative
     * @throws IndexOutOfBoundsException if an index would fall outside its array; nothing is written then
     */
    void packTiles(float[] from, int offset, int fromStep, int fromPanel, int inner, int columns, float[] to, int toOffset);

    /**
     * Packs rows of a packed matrix in tiles, as the left factor of {@link #matmulTiles}, whose inner indices are its columns: the tiles that
     * {@link #transpose} and {@link #packTiles} would lead to.
     * {@code to[(t * inner + k) * TILE + i] = from[p][row][lane]} with {@code t * TILE + i = row} and {@code k = p * WIDTH + lane}. What the last tile has
     * beyond the rows is not written.
     *
     * <p>{@code to} must not overlap {@code from}. Allocates nothing. Thread-safe for distinct {@code to}.
     *
     * @param from packed matrix [panels of inner indices][rows][lanes]; read only
     * @param offset index of its first element
     * @param fromRow distance between two rows of {@code from}
     * @param fromPanel distance between two panels of {@code from}
     * @param rows number of rows, at least 0
     * @param inner number of inner indices, at least 0, a multiple of {@link Panels#BLOCK}
     * @param to tiles [rows / TILE, rounded up][inner][TILE]; written
     * @param toOffset index of its first element
     * @throws IllegalArgumentException as {@link #packTiles}, and if {@code inner} is not as said
     * @throws IndexOutOfBoundsException as {@link #packTiles}
     */
    void packTilesOfRows(float[] from, int offset, int fromRow, int fromPanel, int rows, int inner, float[] to, int toOffset);

    /**
     * Returns whether {@link #matmulTiles} takes less time than {@link #matmul}, copies of both factors included, where the weights of a large layer serve
     * many rows.
     *
     * @return whether {@link #packTiles} is worth it on this backend
     */
    default boolean prefersTiles() {
        return false;
    }

    /**
     * {@code c = (bias + a1 * b1) + a2 * b2}: the pre-activations of a layer, where {@code a1} are the first columns of {@code a} (the inputs) and
     * {@code a2} those that follow (the hidden states), {@code b1} and {@code b2} the rows of {@code b} in the same way.
     *
     * <p>The bits of {@link Panels#fillRows} with the bias, then {@link #matmul} with the {@code first} inner indices, then with the {@code second}
     * ones. {@code c} must not overlap the others. Allocates nothing. Thread-safe for distinct {@code c}.
     *
     * @param a left factor [rows][first + second], its rows without gaps; read only
     * @param aOffset index of its first element
     * @param aRow distance between two rows of {@code a}
     * @param b right factor [panels][first + second][lanes]; read only
     * @param bOffset index of its first element
     * @param bPanel distance between two panels of {@code b}
     * @param bStep distance between two inner indices of {@code b}, at least 1
     * @param bias one value a column; read only
     * @param biasOffset index of its first element
     * @param c result [rows][columns] in panels; written
     * @param cOffset index of its first element
     * @param cRow distance between two rows of {@code c}
     * @param cPanel distance between two panels of {@code c}
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0, a multiple of {@link Panels#BLOCK}
     * @param first inner indices of the first product, at least 0
     * @param second inner indices of the second product, at least 0
     * @throws IllegalArgumentException as {@link #matmul}
     * @throws IndexOutOfBoundsException as {@link #matmul}
     */
    void affine(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second);

    /**
     * The second half of {@link #affine} for one row, and in passing a share of the first half for {@link #AHEAD} later rows. A recurrent layer
     * works through a sequence so: reading the weights of the hidden states bounds the first product, the multiplications of the second are done
     * meanwhile.
     *
     * <p>In terms of {@link #matmul} and {@link #affine}, with {@code a1 * b1} over the {@code first} inner indices and {@code a2 * b2} over the
     * {@code second} ones that follow:
     *
     * <pre>{@code
     * c[0] += a2[0] * b2                                                                // all columns
     * c[ahead .. ahead + AHEAD - 1] = bias + a1[ahead .. ahead + AHEAD - 1] * b1        // columns share * columns / AHEAD and columns / AHEAD - 1 more
     * }</pre>
     *
     * <p>So after {@link #AHEAD} calls, one for each share, the later rows are done. Allocates nothing. Thread-safe for distinct {@code c}.
     *
     * @param a left factor [ahead + AHEAD][first + second], its rows without gaps; read only
     * @param aOffset index of its first element
     * @param aRow distance between two rows of {@code a}
     * @param b right factor [panels][first + second][lanes]; read only
     * @param bOffset index of its first element
     * @param bPanel distance between two panels of {@code b}
     * @param bStep distance between two inner indices of {@code b}, at least 1
     * @param bias one value a column; read only
     * @param biasOffset index of its first element
     * @param c result [ahead + AHEAD][columns] in panels; updated
     * @param cOffset index of its first element
     * @param cRow distance between two rows of {@code c}
     * @param cPanel distance between two panels of {@code c}
     * @param columns number of columns, at least 0, a multiple of {@code AHEAD * Panels.BLOCK}
     * @param first inner indices of the first product, at least 1, at most {@code second}
     * @param second inner indices of the second product
     * @param ahead number of the first later row, at least 1
     * @param share which columns of the later rows, 0 to {@code AHEAD - 1}
     * @throws IllegalArgumentException as {@link #matmul}, and if {@code first}, {@code ahead} or {@code columns} is not as said
     * @throws IndexOutOfBoundsException as {@link #matmul}, and if {@code share} is out of range
     */
    default void affineAhead(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                             float[] c, int cOffset, int cRow, int cPanel, int columns, int first, int second, int ahead, int share) {
        Checks.affineAhead(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel, columns, first, second, ahead, share);
        matmul(a, aOffset + first, aRow, 1, b, bOffset + first * bStep, bPanel, bStep, c, cOffset, cRow, cPanel, 1, columns, second);
        for (int column = share * (columns / AHEAD); column < (share + 1) * (columns / AHEAD); column += Panels.BLOCK) {
            int panel = column / Panels.WIDTH;
            int lane = column % Panels.WIDTH;
            affine(a, aOffset + ahead * aRow, aRow, b, bOffset + panel * bPanel + lane, bPanel, bStep, bias, biasOffset + column,
                    c, cOffset + ahead * cRow + panel * cPanel + lane, cRow, cPanel, AHEAD, Panels.BLOCK, first, 0);
        }
    }

    /**
     * Returns whether {@link #affineAhead} takes less time than its two products one after the other, where reading {@code b} bounds the first.
     *
     * @return whether looking ahead is worth it on this backend
     */
    default boolean looksAhead() {
        return false;
    }

    /**
     * Returns whether {@link #matmul} of many rows takes less time, the copy included, if they are transposed first, so that {@code aRow} is 1.
     *
     * @return whether {@link #transpose} before {@link #matmul} is worth it on this backend
     */
    default boolean prefersTransposedRows() {
        return false;
    }

    /**
     * Adds up rows: {@code sum[p * WIDTH + lane] += c[row][p][lane]} for {@code row = 0 .. rows-1} in this order (the gradient of a bias).
     *
     * @param c addends in panels; read only
     * @param cOffset index of the first element
     * @param cRow distance between two rows of {@code c}
     * @param cPanel distance between two panels of {@code c}
     * @param rows number of rows, at least 0
     * @param columns number of columns, a multiple of {@link Panels#BLOCK}
     * @param sum one value a column; updated
     * @param sumOffset index of its first element
     * @throws IllegalArgumentException as {@link #matmul}
     * @throws IndexOutOfBoundsException as {@link #matmul}
     */
    void addRows(float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, float[] sum, int sumOffset);

    /**
     * Transposes a packed matrix: {@code to[q][column][lane] = from[p][row][l]} with {@code row = q * WIDTH + lane} and
     * {@code column = p * WIDTH + l}. Lanes beyond {@code rows} up to the next whole block are set to zero, so that the result can be a factor
     * of a product.
     *
     * <p>{@code to} must not overlap {@code from}. Allocates nothing. Thread-safe for distinct {@code to}.
     *
     * @param from packed matrix [panels of columns][rows][lanes]; read only
     * @param offset index of its first element
     * @param fromRow distance between two rows of {@code from}
     * @param fromPanel distance between two panels of {@code from}
     * @param rows number of rows of {@code from}, at least 0
     * @param columns number of columns of {@code from}, at least 0, a multiple of {@link Panels#BLOCK}
     * @param to packed matrix [panels of rows][columns][lanes]; written
     * @param toOffset index of its first element
     * @param toRow distance between two rows of {@code to}
     * @param toPanel distance between two panels of {@code to}
     * @throws IllegalArgumentException as {@link #matmul}
     * @throws IndexOutOfBoundsException as {@link #matmul}
     */
    void transpose(float[] from, int offset, int fromRow, int fromPanel, int rows, int columns, float[] to, int toOffset, int toRow, int toPanel);
}
