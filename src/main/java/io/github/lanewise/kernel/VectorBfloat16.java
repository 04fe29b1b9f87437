package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.L;

/** The product with bfloat16 on vectors: row by row around {@link VectorBfloat16Rows}, two groups side by side and then one. */
sealed interface VectorBfloat16 extends Bfloat16Kernels permits VectorKernels {

    @Override
    default void affineBfloat16(float[] a, int aOffset, int aRow, int[] b, int bOffset, float[] bias, int biasOffset,
                                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        Checks.affineBfloat16(a, aOffset, aRow, b, bOffset, bias, biasOffset, c, cOffset, cRow, cPanel, rows, columns, first, second);
        Panels.fillRows(bias, biasOffset, columns, c, cOffset, cRow, cPanel, rows);
        int group = 0;
        for (; L == Panels.BLOCK && group <= columns - 2 * Bfloat16Pairs.GROUP; group += 2 * Bfloat16Pairs.GROUP) {
            int bi = bOffset + (first + second) * (group / 2);
            for (int row = 0; row < rows; row++) {
                int ai = aOffset + row * aRow;
                int low = cOffset + row * cRow + group / Panels.WIDTH * cPanel;
                chainsOfTwo(a, ai, b, bi, first + second, c, low, cPanel, first);
                chainsOfTwo(a, ai + first, b, bi + first * Panels.WIDTH, first + second, c, low, cPanel, second);
            }
        }
        for (; group < columns; group += Bfloat16Pairs.GROUP) {
            int width = Math.min(Bfloat16Pairs.GROUP, columns - group);
            int half = Bfloat16Pairs.half(width);
            int bi = bOffset + (first + second) * (group / 2);
            for (int row = 0; row < rows; row++) {
                int ai = aOffset + row * aRow;
                int low = cOffset + row * cRow + group / Panels.WIDTH * cPanel + group % Panels.WIDTH;
                int high = low + Bfloat16Pairs.highOffset(half, cPanel);
                chains(a, ai, b, bi, half, c, low, high, width - half, first);
                chains(a, ai + first, b, bi + first * half, half, c, low, high, width - half, second);
            }
        }
    }

    /** {@code c += chain + chain ..} for one row and two whole groups, each of two panels and {@code length} rows. */
    private static void chainsOfTwo(float[] a, int aOffset, int[] b, int bOffset, int length, float[] c, int cOffset, int cPanel, int inner) {
        for (int k = 0; k < inner; k += MatrixKernels.CHAIN) {
            VectorBfloat16Rows.groups2(a, aOffset + k, b, bOffset + k * Panels.WIDTH, length * Panels.WIDTH, Panels.WIDTH, c, cOffset, cPanel,
                    Math.min(MatrixKernels.CHAIN, inner - k));
        }
    }

    /** {@code c += chain + chain ..} for one row and one group. */
    private static void chains(float[] a, int aOffset, int[] b, int bOffset, int half, float[] c, int low, int high, int rest, int inner) {
        for (int k = 0; k < inner; k += MatrixKernels.CHAIN) {
            chain(a, aOffset + k, b, bOffset + k * half, half, c, low, high, rest, Math.min(MatrixKernels.CHAIN, inner - k));
        }
    }

    /** One chain: {@code half} columns from {@code low} and {@code rest} columns from {@code high}. */
    private static void chain(float[] a, int aOffset, int[] b, int bOffset, int half, float[] c, int low, int high, int rest, int inner) {
        int lane = 0;
        for (; lane <= rest - 4 * L; lane += 4 * L) {
            VectorBfloat16Rows.pairs4(a, aOffset, b, bOffset + lane, half, c, low + lane, high + lane, inner);
        }
        for (; lane <= rest - 2 * L; lane += 2 * L) {
            VectorBfloat16Rows.pairs2(a, aOffset, b, bOffset + lane, half, c, low + lane, high + lane, inner);
        }
        for (; lane < rest; lane += L) {
            VectorBfloat16Rows.pairs1(a, aOffset, b, bOffset + lane, half, c, low + lane, high + lane, inner);
        }
        for (; lane < half; lane += L) {
            VectorBfloat16Rows.lows1(a, aOffset, b, bOffset + lane, half, c, low + lane, inner);
        }
    }
}
