package io.github.lanewise.kernel;

/**
 * Matrix products over packed panels.
 *
 * <p>All matrix work of the library, forward products, input gradients and weight gradients, for one row or many, is one operation with
 * general strides. Every output is <em>one</em> chain of fused multiply-adds in ascending index order that starts from the value already
 * there, so the bits depend neither on the vector width nor on how many rows are computed together.
 */
public sealed interface MatrixKernels permits Kernels, ScalarMatrix, VectorMatrix {

    /**
     * {@code c += a * b}, where {@code b} and {@code c} are stored in panels of {@link Panels#WIDTH} columns.
     *
     * <p>For every {@code row < rows} and {@code column < columns}, with {@code p = column / WIDTH} and {@code lane = column % WIDTH}:
     *
     * <pre>{@code
     * acc = c[cOffset + row * cRow + p * cPanel + lane]
     * for k = 0 .. inner-1:
     *     acc = fma(a[aOffset + row * aRow + k * aStep], b[bOffset + p * bPanel + k * bStep + lane], acc)
     * c[...] = acc
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
     * @param inner length of each chain, at least 0
     * @throws IllegalArgumentException if a count or stride is negative, {@code bStep} is 0, or {@code columns} is not a multiple of
     *     {@link Panels#BLOCK}
     * @throws IndexOutOfBoundsException if an index would fall outside its array; nothing is written then
     */
    void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner);

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
}
