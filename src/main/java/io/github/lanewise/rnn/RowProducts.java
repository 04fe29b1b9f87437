package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;
import static io.github.lanewise.kernel.MatrixKernels.STREAMS;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/** Products of rows of activations with packed weights, with {@link Strips} of the rows where the backend prefers them; the bits are the same. */
final class RowProducts {
    private RowProducts() {}

    /** Floats of scratch memory that {@link #affine} needs for at most so many rows and inner indices. */
    static int affineScratch(int rows, int inner) {
        return Strips.length(rows, inner);
    }

    /** Floats of scratch memory that {@link #panels} needs for at most so many rows and inner indices. */
    static int panelsScratch(int rows, int inner) {
        return Math.min(Strips.MOST, Panels.padded(rows)) * Math.min(CHAIN, Panels.padded(inner));
    }

    /**
     * {@code c = (bias + a1 * b1) + a2 * b2} with the parameters of a layer, as {@link Kernels#affine}. Rows of {@code a} can be read up to the next whole
     * block.
     */
    static void affine(Kernels kernels, float[] a, int aOffset, int aRow, Weights weights, float[] c, int cOffset, int cPanel, int rows, int first,
                       int second, Piece scratch) {
        Layout layout = weights.layout;
        int width = layout.width();
        if (!Strips.preferred(kernels, rows)) {
            kernels.affine(a, aOffset, aRow, weights.data, weights.matrix, layout.panelStride(), width, weights.data, weights.start,
                    c, cOffset, width, cPanel, rows, layout.columns(), first, second);
            return;
        }
        for (int row = 0; row < rows; row += Strips.MOST) {
            int count = Math.min(Strips.MOST, rows - row);
            Strips.fill(kernels, a, aOffset + row * aRow, aRow, Panels.WIDTH, count, first + second, scratch);
            for (int panel = 0; panel < layout.panels(); panel++) {
                int columns = layout.columns(panel, panel + 1);
                int bi = weights.matrix + panel * layout.panelStride();
                int ci = cOffset + panel * cPanel + row * width;
                Panels.fillRows(weights.data, weights.start + panel * Panels.WIDTH, columns, c, ci, width, 0, count);
                Strips.multiply(kernels, scratch, count, first + second, 0, first, weights.data, bi, 0, width, c, ci, width, 0, columns);
                Strips.multiply(kernels, scratch, count, first + second, first, second, weights.data, bi + first * width, 0, width,
                        c, ci, width, 0, columns);
            }
        }
    }

    /**
     * {@code c += a * b} with the recurrent weights of a layer, for few rows. Where these outgrow a cache, {@code backwards} begins with the last panels: what
     * the step before has read last.
     */
    static void recurrent(Kernels kernels, float[] a, int aOffset, int aRow, Weights weights, float[] c, int cOffset, int cPanel, int rows, boolean backwards) {
        Layout layout = weights.layout;
        int width = layout.width();
        int group = outgrowsCache(layout) ? STREAMS : layout.panels();
        int groups = Math.ceilDiv(layout.panels(), group);
        for (int i = 0; i < groups; i++) {
            int from = (backwards ? groups - 1 - i : i) * group;
            int bi = weights.matrix + from * layout.panelStride() + layout.inputs() * width;
            kernels.matmul(a, aOffset, aRow, 1, weights.data, bi, layout.panelStride(), width, c, cOffset + from * cPanel, width, cPanel,
                    rows, layout.columns(from, Math.min(from + group, layout.panels())), layout.recurrent());
        }
    }

    /**
     * Whether the recurrent weights may be larger than a cache of the second level and not much larger than one of the third. With every other step
     * backwards LSTM sequences took on Zen 4 (1 and 32 MiB of cache), one row: with 16 MiB 2 to 6 % less time, with 4 MiB as much, with 64 MiB 2 % more.
     */
    private static boolean outgrowsCache(Layout layout) {
        return layout.recurrentBytes() >= 512 << 10 && layout.recurrentBytes() <= 32 << 20;
    }

    /**
     * {@code c += a * b}, where {@code a} is stored in panels, too: the bits of {@link Kernels#matmul}. The inner indices of each chain are brought together
     * first, in strips or row by row; a chain for each panel of {@code a} would take no copy, but visit {@code c} four times as often.
     */
    static void panels(Kernels kernels, float[] a, int aOffset, int aRow, int aPanel, float[] b, int bOffset, int bPanel, int bStep,
                       float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner, Piece scratch) {
        boolean strips = Strips.preferred(kernels, rows);
        for (int k = 0; k < inner; k += CHAIN) {
            int length = Math.min(CHAIN, inner - k);
            int bi = bOffset + k * bStep;
            for (int row = 0; row < rows; row += Strips.MOST) {
                int count = Math.min(Strips.MOST, rows - row);
                int ai = aOffset + k / Panels.WIDTH * aPanel + row * aRow;
                int ci = cOffset + row * cRow;
                if (strips) {
                    Strips.fill(kernels, a, ai, aRow, aPanel, count, length, scratch);
                    Strips.multiply(kernels, scratch, count, length, 0, length, b, bi, bPanel, bStep, c, ci, cRow, cPanel, columns);
                } else {
                    gather(a, ai, aRow, aPanel, count, length, scratch);
                    kernels.matmul(scratch.data, scratch.start, length, 1, b, bi, bPanel, bStep, c, ci, cRow, cPanel, count, columns, length);
                }
            }
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
}
