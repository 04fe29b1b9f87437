package io.github.lanewise.kernel;

/** The meaning of the product with bfloat16: each becomes a float, then one chain of fused multiply-adds per output. */
sealed interface ScalarBfloat16 extends Bfloat16Kernels permits ScalarKernels {

    @Override
    default void matmulBfloat16(float[] a, int aOffset, int aRow, int[] b, int bOffset,
                                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        Checks.matmulBfloat16(a, aOffset, aRow, b, bOffset, c, cOffset, cRow, cPanel, rows, columns, inner);
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < columns; group += Bfloat16Pairs.GROUP) {
                int width = Math.min(Bfloat16Pairs.GROUP, columns - group);
                int half = Bfloat16Pairs.half(width);
                int low = cOffset + row * cRow + group / Panels.WIDTH * cPanel + group % Panels.WIDTH;
                int high = low + Bfloat16Pairs.highOffset(half, cPanel);
                for (int k = 0; k < inner; k++) {
                    float factor = a[aOffset + row * aRow + k];
                    int bi = bOffset + inner * (group / 2) + k * half;
                    for (int lane = 0; lane < half; lane++) {
                        c[low + lane] = Math.fma(factor, Bfloat16.toFloat(b[bi + lane]), c[low + lane]);
                    }
                    for (int lane = 0; lane < width - half; lane++) {
                        c[high + lane] = Math.fma(factor, Bfloat16.toFloat(b[bi + lane] >>> Short.SIZE), c[high + lane]);
                    }
                }
            }
        }
    }
}
