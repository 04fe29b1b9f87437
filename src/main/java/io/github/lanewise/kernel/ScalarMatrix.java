package io.github.lanewise.kernel;

/** The meaning of the matrix product: one chain of fused multiply-adds per output. */
sealed interface ScalarMatrix extends MatrixKernels permits ScalarKernels {

    @Override
    default void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        Checks.matmul(a, aOffset, aRow, aStep, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column += Panels.WIDTH) {
                int panel = column / Panels.WIDTH;
                int width = Math.min(Panels.WIDTH, columns - column);
                int ci = cOffset + row * cRow + panel * cPanel;
                for (int k = 0; k < inner; k++) {
                    float factor = a[aOffset + row * aRow + k * aStep];
                    int bi = bOffset + panel * bPanel + k * bStep;
                    for (int lane = 0; lane < width; lane++) {
                        c[ci + lane] = Math.fma(factor, b[bi + lane], c[ci + lane]);
                    }
                }
            }
        }
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
}
