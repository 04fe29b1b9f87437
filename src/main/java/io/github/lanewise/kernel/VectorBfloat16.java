package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.L;

/** The product with bfloat16 on vectors: group by group and row by row around {@link VectorBfloat16Rows}. */
sealed interface VectorBfloat16 extends Bfloat16Kernels permits VectorKernels {

    @Override
    default void matmulBfloat16(float[] a, int aOffset, int aRow, int[] b, int bOffset,
                                float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        Checks.matmulBfloat16(a, aOffset, aRow, b, bOffset, c, cOffset, cRow, cPanel, rows, columns, inner);
        for (int group = 0; group < columns; group += Bfloat16Pairs.GROUP) {
            int width = Math.min(Bfloat16Pairs.GROUP, columns - group);
            int half = Bfloat16Pairs.half(width);
            int bi = bOffset + inner * (group / 2);
            for (int row = 0; row < rows; row++) {
                int low = cOffset + row * cRow + group / Panels.WIDTH * cPanel + group % Panels.WIDTH;
                row(a, aOffset + row * aRow, b, bi, half, c, low, low + Bfloat16Pairs.highOffset(half, cPanel), width - half, inner);
            }
        }
    }

    /** One row, one group: {@code half} columns from {@code low} and {@code rest} columns from {@code high}. */
    private static void row(float[] a, int aOffset, int[] b, int bOffset, int half, float[] c, int low, int high, int rest, int inner) {
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
