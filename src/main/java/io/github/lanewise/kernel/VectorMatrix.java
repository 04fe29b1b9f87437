package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/** The matrix product on vectors: blocking for the caches around the tiles of {@link VectorTiles} and {@link VectorRows}. */
sealed interface VectorMatrix extends MatrixKernels permits VectorKernels {
    @Override
    default void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        Checks.matmul(a, aOffset, aRow, aStep, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
        if (rows == 1) {
            row(a, aOffset, aStep, b, bOffset, bPanel, bStep, c, cOffset, cPanel, columns, inner);
            return;
        }
        for (int k = 0; k < inner; k += CHAIN) {
            int depth = Math.min(CHAIN, inner - k);
            for (int column = 0; column < columns; column += 2 * L) {
                int panel = column / Panels.WIDTH;
                int lane = column % Panels.WIDTH;
                int bi = bOffset + panel * bPanel + k * bStep + lane;
                int ci = cOffset + panel * cPanel + lane;
                int ai = aOffset + k * aStep;
                if (column + 2 * L <= columns) {
                    tiles(a, ai, aRow, aStep, b, bi, bStep, c, ci, cRow, rows, depth);
                } else {
                    for (int row = 0; row < rows; row++) {
                        int cr = ci + row * cRow;
                        VectorRows.columns1(a, ai + row * aRow, aStep, b, bi, bStep, c, cr, c, cr, depth);
                    }
                }
            }
        }
    }

    /** All rows of two vectors of columns. 8 x 2 accumulators want the 32 registers of AVX-512, 6 x 2 fit 16. */
    private static void tiles(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                              float[] c, int cOffset, int cRow, int rows, int inner) {
        int row = 0;
        if (L < 16) {
            for (; row <= rows - 6; row += 6) {
                VectorTiles.rows6(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, c, cOffset + row * cRow, cRow, inner);
            }
        } else {
            for (; row <= rows - 8; row += 8) {
                VectorTiles.rows8(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, c, cOffset + row * cRow, cRow, inner);
            }
        }
        for (; row <= rows - 4; row += 4) {
            VectorTiles.rows4(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, c, cOffset + row * cRow, cRow, inner);
        }
        for (; row <= rows - 2; row += 2) {
            VectorTiles.rows2(a, aOffset + row * aRow, aRow, aStep, b, bOffset, bStep, c, cOffset + row * cRow, cRow, inner);
        }
        if (row < rows) {
            int ci = cOffset + row * cRow;
            VectorRows.columns2(a, aOffset + row * aRow, aStep, b, bOffset, bStep, c, ci, c, ci, inner);
        }
    }

    @Override
    default void affine(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        if (rows != 1 || first == 0) {
            MatrixKernels.super.affine(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel, rows, columns,
                    first, second);
            return;
        }
        Checks.affine(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel, rows, columns, first, second);
        for (int column = 0; column < columns; column += Panels.WIDTH) {
            int panel = column / Panels.WIDTH;
            int width = Math.min(Panels.WIDTH, columns - column);
            int bi = bOffset + panel * bPanel;
            int ci = cOffset + panel * cPanel;
            if (width == 4 * L && first <= CHAIN && second <= CHAIN) {
                VectorRows.affine4(a, aOffset, b, bi, bStep, bias, biasOffset + column, c, ci, first, second);
            } else {
                chains(a, aOffset, 1, b, bi, bStep, bias, biasOffset + column, c, ci, width, first);
                chains(a, aOffset + first, 1, b, bi + first * bStep, bStep, c, ci, c, ci, width, second);
            }
        }
    }

    /** One row, panel by panel. */
    private static void row(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                            float[] c, int cOffset, int cPanel, int columns, int inner) {
        for (int column = 0; column < columns; column += Panels.WIDTH) {
            int panel = column / Panels.WIDTH;
            int width = Math.min(Panels.WIDTH, columns - column);
            int ci = cOffset + panel * cPanel;
            chains(a, aOffset, aStep, b, bOffset + panel * bPanel, bStep, c, ci, c, ci, width, inner);
        }
    }

    /** {@code c = from + chain + chain ..} for one row and one panel; nothing without a chain. */
    private static void chains(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
                               float[] c, int cOffset, int width, int inner) {
        if (inner > 0) {
            chain(a, aOffset, aStep, b, bOffset, bStep, from, fromOffset, c, cOffset, width, Math.min(CHAIN, inner));
        }
        for (int k = CHAIN; k < inner; k += CHAIN) {
            chain(a, aOffset + k * aStep, aStep, b, bOffset + k * bStep, bStep, c, cOffset, c, cOffset, width, Math.min(CHAIN, inner - k));
        }
    }

    private static void chain(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
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
        for (int column = 0; column < columns; column += L) {
            int ci = cOffset + column / Panels.WIDTH * cPanel + column % Panels.WIDTH;
            FloatVector s = FloatVector.fromArray(F, sum, sumOffset + column);
            for (int row = 0; row < rows; row++) {
                s = FloatVector.fromArray(F, c, ci + row * cRow).add(s);
            }
            s.intoArray(sum, sumOffset + column);
        }
    }
}
