package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.L;

/** The matrix product on vectors: blocking for the caches around the tiles of {@link VectorTiles}, {@link VectorRows} and {@link VectorStreams}. */
sealed interface VectorMatrix extends MatrixKernels permits VectorKernels {
    @Override
    default void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        Checks.matmul(a, aOffset, aRow, aStep, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
        product(a, aOffset, aRow, aStep, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, c, cOffset, cRow, cPanel, rows, columns, inner);
    }

    @Override
    default void affine(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        Checks.affine(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel, rows, columns, first, second);
        if (rows == 1 && L == Panels.BLOCK && columns % Panels.WIDTH == 0 && first > 0 && first <= CHAIN && second > 0 && second <= CHAIN) {
            for (int panel = 0; panel < columns / Panels.WIDTH; panel++) {
                VectorRows.affine4(a, aOffset, b, bOffset + panel * bPanel, bStep, bias, biasOffset + panel * Panels.WIDTH,
                        c, cOffset + panel * cPanel, first, second);
            }
            return;
        }
        if (first == 0) {
            Panels.fillRows(bias, biasOffset, columns, c, cOffset, cRow, cPanel, rows);
        }
        if (rows == 1) {
            // Both products of some panels, then of the next: 2 to 4 % faster where the weights outgrow L2.
            for (int column = 0; column < columns; column += STREAMS * Panels.WIDTH) {
                int panel = column / Panels.WIDTH;
                int width = Math.min(STREAMS * Panels.WIDTH, columns - column);
                int bi = bOffset + panel * bPanel;
                int ci = cOffset + panel * cPanel;
                row(a, aOffset, 1, b, bi, bPanel, bStep, bias, biasOffset + column, Panels.WIDTH, c, ci, cPanel, width, first);
                row(a, aOffset + first, 1, b, bi + first * bStep, bPanel, bStep, c, ci, cPanel, c, ci, cPanel, width, second);
            }
            return;
        }
        product(a, aOffset, aRow, 1, b, bOffset, bPanel, bStep, bias, biasOffset, 0, Panels.WIDTH, c, cOffset, cRow, cPanel, rows, columns, first);
        product(a, aOffset + first, aRow, 1, b, bOffset + first * bStep, bPanel, bStep, c, cOffset, cRow, cPanel, c, cOffset, cRow, cPanel,
                rows, columns, second);
    }

    @Override
    default void matmulTiles(float[] a, int aOffset, float[] b, int bOffset, float[] from, int fromOffset, float[] c, int cOffset, int cRow,
                             int rows, int lanes, int inner) {
        Checks.matmulTiles(a, aOffset, b, bOffset, from, fromOffset, c, cOffset, cRow, rows, lanes, inner);
        int row = 0;
        if (lanes <= L && L < Panels.BLOCK) {
            for (; row <= rows - 2 * TILE; row += 2 * TILE) {
                VectorPackedTiles.rows12(a, aOffset + row * inner, b, bOffset, from, fromOffset + row * cRow, c, cOffset + row * cRow, cRow, inner);
            }
        }
        if (L < Panels.BLOCK) {
            for (; row <= rows - TILE; row += TILE) {
                for (int lane = 0; lane < lanes; lane += 2 * L) {
                    VectorPackedTiles.rows6(a, aOffset + row * inner, b, bOffset + lane, from, fromOffset + row * cRow + lane,
                            c, cOffset + row * cRow + lane, cRow, inner);
                }
            }
        }
        for (; row < rows; row += TILE) {
            chain(a, aOffset + row * inner, 1, TILE, b, bOffset, Panels.BLOCK, from, fromOffset + row * cRow, cRow, c, cOffset + row * cRow, cRow,
                    Math.min(TILE, rows - row), Panels.BLOCK, inner);
        }
    }

    @Override
    default void packTiles(float[] from, int offset, int fromStep, int fromPanel, int inner, int columns, float[] to, int toOffset) {
        Checks.packTiles(from, offset, fromStep, fromPanel, inner, columns, to, toOffset);
        VectorTilePacking.columns(from, offset, fromStep, fromPanel, inner, columns, to, toOffset);
    }

    @Override
    default void packTilesOfRows(float[] from, int offset, int fromRow, int fromPanel, int rows, int inner, float[] to, int toOffset) {
        Checks.packTilesOfRows(from, offset, fromRow, fromPanel, rows, inner, to, toOffset);
        VectorTilePacking.rows(from, offset, fromRow, fromPanel, rows, inner, to, toOffset);
    }

    /** With 16 registers, see {@link VectorPackedTiles}; with 32, not measured. */
    @Override
    default boolean prefersTiles() {
        return L < Panels.BLOCK;
    }

    /** With 16 registers, see {@link VectorPanelTiles}; with 32 a tile of 4 x 4 has room for its indices beside 16 cycles of multiplications. */
    @Override
    default boolean prefersTransposedRows() {
        return L < Panels.BLOCK;
    }

    /** Eight vectors of accumulators for the row and eight for the rows ahead want the 32 registers of AVX-512. */
    @Override
    default boolean looksAhead() {
        return L == Panels.BLOCK;
    }

    /**
     * Two panels of the row with one vector of columns of the rows ahead, then the next. Odd shares go backwards through the panels, so a
     * layer finds the weights it has read last still in the cache.
     */
    @Override
    default void affineAhead(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                             float[] c, int cOffset, int cRow, int cPanel, int columns, int first, int second, int ahead, int share) {
        if (!looksAhead()) {
            MatrixKernels.super.affineAhead(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel,
                    columns, first, second, ahead, share);
            return;
        }
        Checks.affineAhead(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel, columns, first, second, ahead, share);
        int pairs = columns / (2 * Panels.WIDTH);
        int later = aOffset + ahead * aRow;
        for (int i = 0; i < pairs; i++) {
            int pair = share % 2 == 0 ? i : pairs - 1 - i;
            int bi = bOffset + 2 * pair * bPanel + first * bStep;
            int ci = cOffset + 2 * pair * cPanel;
            int column = (share * pairs + pair) * L;
            int panel = column / Panels.WIDTH;
            int lane = column % Panels.WIDTH;
            int wi = bOffset + panel * bPanel + lane;
            int di = cOffset + ahead * cRow + panel * cPanel + lane;
            VectorAhead.pair(a, aOffset + first, later, aRow, b, bi, bPanel, bStep, wi, bias, biasOffset + column, 0, c, ci, cPanel, di, cRow,
                    Math.min(CHAIN, second), Math.min(CHAIN, first));
            for (int k = CHAIN; k < second; k += CHAIN) {
                int length = Math.min(CHAIN, second - k);
                if (k < first) {
                    VectorAhead.pair(a, aOffset + first + k, later + k, aRow, b, bi + k * bStep, bPanel, bStep, wi + k * bStep, c, di, cRow,
                            c, ci, cPanel, di, cRow, length, Math.min(CHAIN, first - k));
                } else {
                    rowChain(a, aOffset + first + k, 1, b, bi + k * bStep, bStep, c, ci, c, ci, Panels.WIDTH, length);
                    rowChain(a, aOffset + first + k, 1, b, bi + bPanel + k * bStep, bStep, c, ci + cPanel, c, ci + cPanel, Panels.WIDTH, length);
                }
            }
        }
    }

    /** {@code c = from + chain + chain ..}, each panel of {@code c} finished before the next; nothing without a chain. */
    private static void product(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                                float[] from, int fromOffset, int fromRow, int fromPanel, float[] c, int cOffset, int cRow, int cPanel,
                                int rows, int columns, int inner) {
        if (rows == 1) {
            row(a, aOffset, aStep, b, bOffset, bPanel, bStep, from, fromOffset, fromPanel, c, cOffset, cPanel, columns, inner);
            return;
        }
        for (int column = 0; column < columns && inner > 0; column += Panels.WIDTH) {
            int panel = column / Panels.WIDTH;
            int width = Math.min(Panels.WIDTH, columns - column);
            int bi = bOffset + panel * bPanel;
            int ci = cOffset + panel * cPanel;
            chain(a, aOffset, aRow, aStep, b, bi, bStep, from, fromOffset + panel * fromPanel, fromRow, c, ci, cRow, rows, width, Math.min(CHAIN, inner));
            for (int k = CHAIN; k < inner; k += CHAIN) {
                chain(a, aOffset + k * aStep, aRow, aStep, b, bi + k * bStep, bStep, c, ci, cRow, c, ci, cRow, rows, width, Math.min(CHAIN, inner - k));
            }
        }
    }

    /** One chain for each output of several rows in a panel: a whole panel at once if its four vectors fit the registers, or else two vectors at a time. */
    private static void chain(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                              float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int rows, int width, int inner) {
        int row = 0;
        if (L == Panels.BLOCK && width == Panels.WIDTH) {
            for (; row <= rows - 4; row += 4) {
                VectorTiles.rows4x4(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, from, fromOffset + row * fromRow, fromRow,
                        c, cOffset + row * cRow, cRow, inner);
            }
        }
        int few = few(rows - row, fives(rows - row, aRow, bStep));
        if (row < rows - few) {
            pairs(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, from, fromOffset + row * fromRow, fromRow, c, cOffset + row * cRow, cRow,
                    rows - few - row, width, inner);
        }
        row = rows - few;
        if (few >= 2) {
            two(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, from, fromOffset + row * fromRow, fromRow, c, cOffset + row * cRow, cRow, width, inner);
            row += 2;
        }
        if (row < rows) {
            rowChain(a, aOffset + row * aRow, aStep, b, bOffset, bStep, from, fromOffset + row * fromRow, c, cOffset + row * cRow, width, inner);
        }
    }

    /** How many rows, 3 at most, tiles of 4 rows and more leave. They want more columns side by side: their few multiplications wait for each other. */
    private static int few(int rows, int fives) {
        return L == Panels.BLOCK ? rows % 4 : (rows - 5 * fives) % 6 % 4;
    }

    /** As many tiles of 5 rows as leave a multiple of 6, if there is such a tile for these rows. */
    private static int fives(int rows, int aRow, int bStep) {
        int fives = (6 - rows % 6) % 6;
        return L < Panels.BLOCK && aRow == 1 && bStep == Panels.WIDTH && 5 * fives <= rows ? fives : 0;
    }

    /** Two vectors of columns, which stay in L1, then the next two. */
    private static void pairs(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                              float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int rows, int width, int inner) {
        int lane = 0;
        for (; lane <= width - 2 * L; lane += 2 * L) {
            tiles(a, aOffset, aRow, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, fromRow, c, cOffset + lane, cRow, rows, inner);
        }
        for (int row = 0; row < rows && lane < width; row++) {
            VectorRows.columns1(a, aOffset + row * aRow, aStep, b, bOffset + lane, bStep, from, fromOffset + lane + row * fromRow,
                    c, cOffset + lane + row * cRow, inner);
        }
    }

    /** Rows that tiles of 4 rows and more make up, over two vectors of columns. 8 x 2 accumulators want the 32 registers of AVX-512, 6 x 2 fit 16. */
    private static void tiles(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                              float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int rows, int inner) {
        int row = 0;
        int ai = aOffset;
        int fi = fromOffset;
        int ci = cOffset;
        if (L < 16) {
            boolean strip = aRow == 1 && bStep == Panels.WIDTH;
            boolean dense = aStep == 1 && bStep == Panels.WIDTH;
            for (int fives = fives(rows, aRow, bStep); fives > 0; fives--, row += 5, ai += 5, fi += 5 * fromRow, ci += 5 * cRow) {
                VectorPanelTiles.rows5(a, ai, aStep, b, bOffset, from, fi, fromRow, c, ci, cRow, inner);
            }
            for (; row <= rows - 6; row += 6, ai += 6 * aRow, fi += 6 * fromRow, ci += 6 * cRow) {
                if (strip) {
                    VectorPanelTiles.rows6(a, ai, aStep, b, bOffset, from, fi, fromRow, c, ci, cRow, inner);
                } else if (dense) {
                    VectorPanelTiles.dense6(a, ai, aRow, b, bOffset, from, fi, fromRow, c, ci, cRow, inner);
                } else {
                    VectorTiles.rows6(a, ai, aRow, aStep, b, bOffset, bStep, from, fi, fromRow, c, ci, cRow, inner);
                }
            }
        } else {
            for (; row <= rows - 8; row += 8, ai += 8 * aRow, fi += 8 * fromRow, ci += 8 * cRow) {
                VectorTiles.rows8(a, ai, aRow, aStep, b, bOffset, bStep, from, fi, fromRow, c, ci, cRow, inner);
            }
        }
        for (; row < rows; row += 4, ai += 4 * aRow, fi += 4 * fromRow, ci += 4 * cRow) {
            VectorTiles.rows4(a, ai, aRow, aStep, b, bOffset, bStep, from, fi, fromRow, c, ci, cRow, inner);
        }
    }

    /** Two rows: four vectors of columns at a time, as long as there are so many. */
    private static void two(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                            float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int width, int inner) {
        int lane = 0;
        for (; lane <= width - 4 * L; lane += 4 * L) {
            VectorTiles.rows2x4(a, aOffset, aRow, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, fromRow, c, cOffset + lane, cRow, inner);
        }
        for (; lane <= width - 2 * L; lane += 2 * L) {
            VectorTiles.rows2(a, aOffset, aRow, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, fromRow, c, cOffset + lane, cRow, inner);
        }
        for (int row = 0; row < 2 && lane < width; row++) {
            VectorRows.columns1(a, aOffset + row * aRow, aStep, b, bOffset + lane, bStep, from, fromOffset + lane + row * fromRow,
                    c, cOffset + lane + row * cRow, inner);
        }
    }

    /** One row, four panels side by side or one alone: {@code c = from + chain + chain ..}; nothing without a chain. */
    private static void row(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                            float[] from, int fromOffset, int fromPanel, float[] c, int cOffset, int cPanel, int columns, int inner) {
        int panel = 0;
        if (L == Panels.BLOCK && inner > 0) {
            for (; (panel + STREAMS) * Panels.WIDTH <= columns; panel += STREAMS) {
                int bi = bOffset + panel * bPanel;
                int ci = cOffset + panel * cPanel;
                VectorStreams.panels4(a, aOffset, aStep, b, bi, bPanel, bStep, from, fromOffset + panel * fromPanel, fromPanel, c, ci, cPanel,
                        Math.min(CHAIN, inner));
                for (int k = CHAIN; k < inner; k += CHAIN) {
                    VectorStreams.panels4(a, aOffset + k * aStep, aStep, b, bi + k * bStep, bPanel, bStep, c, ci, cPanel, c, ci, cPanel,
                            Math.min(CHAIN, inner - k));
                }
            }
        }
        for (; panel * Panels.WIDTH < columns; panel++) {
            int width = Math.min(Panels.WIDTH, columns - panel * Panels.WIDTH);
            int bi = bOffset + panel * bPanel;
            int ci = cOffset + panel * cPanel;
            if (inner > 0) {
                rowChain(a, aOffset, aStep, b, bi, bStep, from, fromOffset + panel * fromPanel, c, ci, width, Math.min(CHAIN, inner));
            }
            for (int k = CHAIN; k < inner; k += CHAIN) {
                rowChain(a, aOffset + k * aStep, aStep, b, bi + k * bStep, bStep, c, ci, c, ci, width, Math.min(CHAIN, inner - k));
            }
        }
    }

    private static void rowChain(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
                                 float[] c, int cOffset, int width, int inner) {
        int lane = 0;
        if (L < 16) {
            for (; lane <= width - 8 * L; lane += 8 * L) {
                VectorRows.columns8(a, aOffset, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, c, cOffset + lane, inner);
            }
        }
        for (; lane <= width - 4 * L; lane += 4 * L) {
            VectorRows.columns4(a, aOffset, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, c, cOffset + lane, inner);
        }
        for (; lane <= width - 2 * L; lane += 2 * L) {
            VectorRows.columns2(a, aOffset, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, c, cOffset + lane, inner);
        }
        if (lane < width) {
            VectorRows.columns1(a, aOffset, aStep, b, bOffset + lane, bStep, from, fromOffset + lane, c, cOffset + lane, inner);
        }
    }

    @Override
    default void addRows(float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, float[] sum, int sumOffset) {
        Checks.addRows(c, cOffset, cRow, cPanel, rows, columns, sum, sumOffset);
        VectorRowSums.add(c, cOffset, cRow, cPanel, rows, columns, sum, sumOffset);
    }

    @Override
    default void transpose(float[] from, int offset, int fromRow, int fromPanel, int rows, int columns,
                           float[] to, int toOffset, int toRow, int toPanel) {
        Checks.transpose(from, offset, fromRow, fromPanel, rows, columns, to, toOffset, toRow, toPanel);
        int row = 0;
        for (; row <= rows - Panels.BLOCK; row += Panels.WIDTH) {
            int height = Math.min(Panels.WIDTH, (rows - row) & -Panels.BLOCK);
            for (int column = 0; column < columns; column += Panels.BLOCK) {
                int source = offset + column / Panels.WIDTH * fromPanel + column % Panels.WIDTH;
                int target = toOffset + row / Panels.WIDTH * toPanel + column * toRow;
                for (int lane = 0; lane < height; lane += Panels.BLOCK) {
                    VectorTranspose.block(from, source + (row + lane) * fromRow, fromRow, to, target + lane, toRow);
                }
            }
        }
        int done = rows & -Panels.BLOCK;
        if (L == 8 && rows - done >= 8) {
            for (int column = 0; column < columns; column += 8) {
                VectorTranspose.square8(from, offset + done * fromRow + column / Panels.WIDTH * fromPanel + column % Panels.WIDTH, fromRow,
                        to, toOffset + done / Panels.WIDTH * toPanel + done % Panels.WIDTH + column * toRow, toRow);
            }
            done += 8;
        }
        Panels.transpose(from, offset, fromRow, fromPanel, done, rows, columns, to, toOffset, toRow, toPanel);
    }
}
