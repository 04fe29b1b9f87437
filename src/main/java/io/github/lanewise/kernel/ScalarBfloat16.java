package io.github.lanewise.kernel;

/** The meaning of the product with bfloat16: each becomes a float, then chains of fused multiply-adds as in {@link ScalarMatrix}. */
sealed interface ScalarBfloat16 extends Bfloat16Kernels permits ScalarKernels {

    @Override
    default void affineBfloat16(float[] a, int aOffset, int aRow, int[] b, int bOffset, float[] bias, int biasOffset,
                                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        Checks.affineBfloat16(a, aOffset, aRow, b, bOffset, bias, biasOffset, c, cOffset, cRow, cPanel, rows, columns, first, second);
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < columns; group += Bfloat16Pairs.GROUP) {
                int width = Math.min(Bfloat16Pairs.GROUP, columns - group);
                int half = Bfloat16Pairs.half(width);
                int low = cOffset + row * cRow + group / Panels.WIDTH * cPanel + group % Panels.WIDTH;
                int high = low + Bfloat16Pairs.highOffset(half, cPanel);
                int ai = aOffset + row * aRow;
                int bi = bOffset + (first + second) * (group / 2);
                for (int lane = 0; lane < half; lane++) {
                    float sum = addChains(a, ai, b, bi + lane, half, Short.SIZE, bias[biasOffset + group + lane], first);
                    c[low + lane] = addChains(a, ai + first, b, bi + first * half + lane, half, Short.SIZE, sum, second);
                }
                for (int lane = 0; lane < width - half; lane++) {
                    float sum = addChains(a, ai, b, bi + lane, half, 0, bias[biasOffset + group + half + lane], first);
                    c[high + lane] = addChains(a, ai + first, b, bi + first * half + lane, half, 0, sum, second);
                }
            }
        }
    }

    /** {@code start + chain + chain ..} with the 16 bits of each pair that a shift to the left by {@code shift} puts on top. */
    private static float addChains(float[] a, int aOffset, int[] b, int bOffset, int bStep, int shift, float start, int inner) {
        float result = start;
        for (int chain = 0; chain < inner; chain += MatrixKernels.CHAIN) {
            float sum = 0;
            for (int k = chain; k < Math.min(chain + MatrixKernels.CHAIN, inner); k++) {
                sum = Math.fma(a[aOffset + k], Bfloat16.toFloat(b[bOffset + k * bStep] << shift >>> Short.SIZE), sum);
            }
            result += sum;
        }
        return result;
    }
}
