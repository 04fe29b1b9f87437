package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/**
 * Products of many rows of activations with packed weights. Backends that prefer it get the rows transposed, 128 at a time, through scratch memory; the bits
 * are the same.
 *
 * <p>The transposed rows lie in strips [strips][inner][16]: what the longest chain reads of one are 16 KiB, which stay in L1 (strips of 64: 8 % slower).
 */
final class RowProducts {
    /** Rows from which on the copy is worth it: one register tile. */
    private static final int FEWEST = 6;
    /** Rows transposed together, as many as a forward pass of one sequence projects at once: fewer would read large weights again. */
    private static final int MOST = 128;

    private RowProducts() {}

    /** Floats of scratch memory for products of at most so many rows and inner indices. */
    static int scratch(int rows, int inner) {
        return rows < FEWEST ? 0 : Math.multiplyExact(Math.min(MOST, Panels.padded(rows)), Panels.padded(inner));
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
        for (int row = 0; row < rows; row += MOST) {
            int count = Math.min(MOST, rows - row);
            transpose(kernels, a, aOffset + row * aRow, aRow, count, first + second, scratch);
            for (int column = 0; column < layout.columns(); column += Panels.WIDTH) {
                int panel = column / Panels.WIDTH;
                int columns = Math.min(Panels.WIDTH, layout.columns() - column);
                int bi = weights.matrix + panel * layout.panelStride();
                int ci = cOffset + panel * cPanel + row * width;
                Panels.fillRows(weights.data, weights.start + column, columns, c, ci, width, 0, count);
                multiply(kernels, scratch, count, first + second, 0, first, weights.data, bi, width, c, ci, width, columns);
                multiply(kernels, scratch, count, first + second, first, second, weights.data, bi + first * width, width, c, ci, width, columns);
            }
        }
    }

    /** {@code c += a * b}, as {@link Kernels#matmulPanels}. */
    static void matmulPanels(Kernels kernels, float[] a, int aOffset, int aRow, int aPanel, float[] b, int bOffset, int bPanel, int bStep,
                             float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner, Piece scratch) {
        if (!transposes(kernels, rows)) {
            kernels.matmulPanels(a, aOffset, aRow, aPanel, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
            return;
        }
        for (int k = 0; k < inner; k += Panels.WIDTH) {
            int length = Math.min(Panels.WIDTH, inner - k);
            for (int row = 0; row < rows; row += MOST) {
                int count = Math.min(MOST, rows - row);
                transpose(kernels, a, aOffset + k / Panels.WIDTH * aPanel + row * aRow, aRow, count, length, scratch);
                for (int column = 0; column < columns; column += Panels.WIDTH) {
                    int panel = column / Panels.WIDTH;
                    multiply(kernels, scratch, count, length, 0, length, b, bOffset + panel * bPanel + k * bStep, bStep,
                            c, cOffset + panel * cPanel + row * cRow, cRow, Math.min(Panels.WIDTH, columns - column));
                }
            }
        }
    }

    /** Whether products of so many rows are better done with transposed rows. */
    static boolean transposes(Kernels kernels, int rows) {
        return rows >= FEWEST && kernels.prefersTransposedRows();
    }

    /** {@code scratch = } the rows in strips. */
    private static void transpose(Kernels kernels, float[] a, int aOffset, int aRow, int rows, int inner, Piece scratch) {
        int padded = Panels.padded(inner);
        for (int row = 0; row < rows; row += Panels.BLOCK) {
            kernels.transpose(a, aOffset + row * aRow, aRow, Panels.WIDTH, Math.min(Panels.BLOCK, rows - row), padded,
                    scratch.data, scratch.at(row * padded), Panels.BLOCK, 0);
        }
    }

    /** {@code c += } the rows in strips, from an inner index on, times one panel of {@code b}. */
    private static void multiply(Kernels kernels, Piece strips, int rows, int length, int from, int inner, float[] b, int bOffset, int bStep,
                                 float[] c, int cOffset, int cRow, int columns) {
        int padded = Panels.padded(length);
        for (int row = 0; row < rows; row += Panels.BLOCK) {
            kernels.matmul(strips.data, strips.at(row * padded + from * Panels.BLOCK), 1, Panels.BLOCK, b, bOffset, 0, bStep, c, cOffset + row * cRow, cRow, 0,
                    Math.min(Panels.BLOCK, rows - row), columns, inner);
        }
    }
}
