package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/**
 * Products of rows of activations with packed weights. Backends that prefer it get many rows transposed, 128 at a time, through scratch memory; the bits are
 * the same.
 *
 * <p>The transposed rows lie in strips [strips][inner][16]: what the longest chain reads of one are 16 KiB, which stay in L1 (strips of 64: 8 % slower).
 */
final class RowProducts {
    /** Rows from which on the copy is worth it: one register tile. */
    private static final int FEWEST = 6;
    /** Rows transposed together, as many as a forward pass of one sequence projects at once: fewer would read large weights again. */
    private static final int MOST = 128;

    /**
     * Bytes of weights from which on a panel is read once from its beginning to its end, by the first row alone, before the tiles of the other rows walk
     * through it in slices of 16 columns. Zen 4 with 32 MiB of cache, shared with other machines: 18 MiB and 32 MiB with 16 rows 28 to 30 % faster, 32 MiB
     * with 64 rows 12 %; 8 MiB with 16 rows 3 % slower.
     */
    private static final int LARGE = 12 << 20;

    private RowProducts() {}

    /** Floats of scratch memory that {@link #affine} needs for at most so many rows and inner indices. */
    static int affineScratch(int rows, int inner) {
        return rows < FEWEST ? 0 : Math.multiplyExact(Math.min(MOST, Panels.padded(rows)), Panels.padded(inner));
    }

    /** Floats of scratch memory that {@link #panels} needs for at most so many rows and inner indices. */
    static int panelsScratch(int rows, int inner) {
        return Math.min(MOST, Panels.padded(rows)) * Math.min(CHAIN, Panels.padded(inner));
    }

    /**
     * {@code c = (bias + a1 * b1) + a2 * b2} with the parameters of a layer, as {@link Kernels#affine}. Rows of {@code a} can be read up to the next whole
     * block.
     */
    static void affine(Kernels kernels, float[] a, int aOffset, int aRow, Weights weights, float[] c, int cOffset, int cPanel, int rows, int first,
                       int second, Piece scratch) {
        Layout layout = weights.layout;
        int width = layout.width();
        if (!transposes(kernels, rows)) {
            kernels.affine(a, aOffset, aRow, weights.data, weights.matrix, layout.panelStride(), width, weights.data, weights.start,
                    c, cOffset, width, cPanel, rows, layout.columns(), first, second);
            return;
        }
        boolean large = (long) Float.BYTES * layout.columns() * (first + second) > LARGE;
        for (int row = 0; row < rows; row += MOST) {
            int count = Math.min(MOST, rows - row);
            transpose(kernels, a, aOffset + row * aRow, aRow, Panels.WIDTH, count, first + second, scratch);
            for (int column = 0; column < layout.columns(); column += Panels.WIDTH) {
                int panel = column / Panels.WIDTH;
                int columns = Math.min(Panels.WIDTH, layout.columns() - column);
                int bi = weights.matrix + panel * layout.panelStride();
                int ci = cOffset + panel * cPanel + row * width;
                Panels.fillRows(weights.data, weights.start + column, columns, c, ci, width, 0, count);
                multiply(kernels, scratch, count, first + second, 0, first, large, weights.data, bi, width, c, ci, width, columns);
                multiply(kernels, scratch, count, first + second, first, second, large, weights.data, bi + first * width, width, c, ci, width, columns);
            }
        }
    }

    /**
     * {@code c += a * b}, where {@code a} is stored in panels, too: the bits of {@link Kernels#matmul}. The inner indices of each chain are brought together
     * first, in strips or row by row; a chain for each panel of {@code a} would take no copy, but visit {@code c} four times as often.
     */
    static void panels(Kernels kernels, float[] a, int aOffset, int aRow, int aPanel, float[] b, int bOffset, int bPanel, int bStep,
                       float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner, Piece scratch) {
        for (int k = 0; k < inner; k += CHAIN) {
            int length = Math.min(CHAIN, inner - k);
            int bi = bOffset + k * bStep;
            for (int row = 0; row < rows; row += MOST) {
                int count = Math.min(MOST, rows - row);
                int ai = aOffset + k / Panels.WIDTH * aPanel + row * aRow;
                int ci = cOffset + row * cRow;
                if (!transposes(kernels, rows)) {
                    gather(a, ai, aRow, aPanel, count, length, scratch);
                    kernels.matmul(scratch.data, scratch.start, length, 1, b, bi, bPanel, bStep, c, ci, cRow, cPanel, count, columns, length);
                    continue;
                }
                transpose(kernels, a, ai, aRow, aPanel, count, length, scratch);
                for (int column = 0; column < columns; column += Panels.WIDTH) {
                    int panel = column / Panels.WIDTH;
                    multiply(kernels, scratch, count, length, 0, length, false, b, bi + panel * bPanel, bStep, c, ci + panel * cPanel, cRow,
                            Math.min(Panels.WIDTH, columns - column));
                }
            }
        }
    }

    /** Whether products of so many rows are better done with transposed rows. */
    static boolean transposes(Kernels kernels, int rows) {
        return rows >= FEWEST && kernels.prefersTransposedRows();
    }

    /** {@code scratch = } the rows, stored in panels so far apart, in strips. */
    private static void transpose(Kernels kernels, float[] a, int aOffset, int aRow, int aPanel, int rows, int inner, Piece scratch) {
        int padded = Panels.padded(inner);
        for (int row = 0; row < rows; row += Panels.BLOCK) {
            kernels.transpose(a, aOffset + row * aRow, aRow, aPanel, Math.min(Panels.BLOCK, rows - row), padded,
                    scratch.data, scratch.at(row * padded), Panels.BLOCK, 0);
        }
    }

    /** {@code scratch = } the rows, stored in panels so far apart, without gaps. */
    private static void gather(float[] a, int aOffset, int aRow, int aPanel, int rows, int inner, Piece scratch) {
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < inner; k += Panels.WIDTH) {
                System.arraycopy(a, aOffset + row * aRow + k / Panels.WIDTH * aPanel, scratch.data, scratch.at(row * inner + k), Math.min(Panels.WIDTH, inner - k));
            }
        }
    }

    /** {@code c += } the rows in strips, from an inner index on, times one panel of {@code b}; of each chain the first row alone, if so wanted. */
    private static void multiply(Kernels kernels, Piece strips, int rows, int length, int from, int inner, boolean firstAlone,
                                 float[] b, int bOffset, int bStep, float[] c, int cOffset, int cRow, int columns) {
        int padded = Panels.padded(length);
        for (int k = 0; k < inner; k += CHAIN) {
            int end = firstAlone ? 1 : Math.min(Panels.BLOCK, rows);
            for (int row = 0; row < rows; row = end, end = Math.min(row + Panels.BLOCK - row % Panels.BLOCK, rows)) {
                int lane = row % Panels.BLOCK;
                kernels.matmul(strips.data, strips.at((row - lane) * padded + (from + k) * Panels.BLOCK + lane), 1, Panels.BLOCK,
                        b, bOffset + k * bStep, 0, bStep, c, cOffset + row * cRow, cRow, 0, end - row, columns, Math.min(CHAIN, inner - k));
            }
        }
    }
}
