package io.github.lanewise.kernel;

/** The meaning of the matrix product: chains of fused multiply-adds, each from zero, added to the output. */
sealed interface ScalarMatrix extends MatrixKernels permits ScalarKernels {

    @Override
    default void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        Checks.matmul(a, aOffset, aRow, aStep, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column += 4) {
                int panel = column / Panels.WIDTH;
                int lane = column % Panels.WIDTH;
                int ci = cOffset + row * cRow + panel * cPanel + lane;
                for (int k = 0; k < inner; k += CHAIN) {
                    addChains(a, aOffset + row * aRow + k * aStep, aStep, b, bOffset + panel * bPanel + k * bStep + lane, bStep, c, ci,
                            Math.min(CHAIN, inner - k));
                }
            }
        }
    }

    @Override
    default void matmulTiles(float[] a, int aOffset, float[] b, int bOffset, float[] from, int fromOffset, float[] c, int cOffset, int cRow,
                             int rows, int lanes, int inner) {
        Checks.matmulTiles(a, aOffset, b, bOffset, from, fromOffset, c, cOffset, cRow, rows, lanes, inner);
        for (int row = 0; row < rows; row++) {
            int ci = cOffset + row * cRow;
            System.arraycopy(from, fromOffset + row * cRow, c, ci, Panels.BLOCK);
            int ai = aOffset + row / TILE * TILE * inner + row % TILE;
            for (int lane = 0; lane < lanes; lane += 4) {
                addChains(a, ai, TILE, b, bOffset + lane, Panels.BLOCK, c, ci + lane, inner);
            }
        }
    }

    @Override
    default void packTiles(float[] from, int offset, int fromStep, int fromPanel, int inner, int columns, float[] to, int toOffset) {
        Checks.packTiles(from, offset, fromStep, fromPanel, inner, columns, to, toOffset);
        Panels.packTiles(from, offset, fromStep, fromPanel, inner, 0, columns, to, toOffset);
    }

    @Override
    default void packTilesOfRows(float[] from, int offset, int fromRow, int fromPanel, int rows, int inner, float[] to, int toOffset) {
        Checks.packTilesOfRows(from, offset, fromRow, fromPanel, rows, inner, to, toOffset);
        Panels.packTilesOfRows(from, offset, fromRow, fromPanel, 0, rows, inner, to, toOffset);
    }

    /** The chains of four neighbouring columns, which do not wait for each other. */
    private static void addChains(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] c, int cOffset, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int k = 0; k < length; k++) {
            float factor = a[aOffset + k * aStep];
            int bi = bOffset + k * bStep;
            s0 = Math.fma(factor, b[bi], s0);
            s1 = Math.fma(factor, b[bi + 1], s1);
            s2 = Math.fma(factor, b[bi + 2], s2);
            s3 = Math.fma(factor, b[bi + 3], s3);
        }
        c[cOffset] += s0;
        c[cOffset + 1] += s1;
        c[cOffset + 2] += s2;
        c[cOffset + 3] += s3;
    }

    @Override
    default void affine(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        Checks.affine(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel, rows, columns, first, second);
        Panels.fillRows(bias, biasOffset, columns, c, cOffset, cRow, cPanel, rows);
        matmul(a, aOffset, aRow, 1, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, first);
        matmul(a, aOffset + first, aRow, 1, b, bOffset + first * bStep, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, second);
    }

    @Override
    default void addRows(float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, float[] sum, int sumOffset) {
        Checks.addRows(c, cOffset, cRow, cPanel, rows, columns, sum, sumOffset);
        for (int column = 0; column < columns; column++) {
            int ci = cOffset + column / Panels.WIDTH * cPanel + column % Panels.WIDTH;
            float s = sum[sumOffset + column];
            for (int row = 0; row < rows; row++) {
                s += c[ci + row * cRow];
            }
            sum[sumOffset + column] = s;
        }
    }

    @Override
    default void transpose(float[] from, int offset, int fromRow, int fromPanel, int rows, int columns,
                           float[] to, int toOffset, int toRow, int toPanel) {
        Checks.transpose(from, offset, fromRow, fromPanel, rows, columns, to, toOffset, toRow, toPanel);
        Panels.transpose(from, offset, fromRow, fromPanel, 0, rows, columns, to, toOffset, toRow, toPanel);
    }
}
