package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/**
 * The product that yields the gradients of a layer's weights: the rows the layer has read, transposed, times the gradients of its pre-activations.
 *
 * <p>The gradients of a wide layer outgrow the caches, so each of their panels is finished with the chains of many rows before the next one is fetched,
 * and the rows are first copied into strips of a few columns, whose addresses follow each other: in the rows of a wide layer the elements of a column lie
 * each on a page of its own. A narrow layer takes one chain of rows at a time as they are: the copy would cost more than it gains. Where
 * {@link TiledProducts} are preferred, both factors are copied, one chain of rows at a time.
 */
final class WeightGradients {
    /** Columns of the gradients from which on the rows are copied. */
    private static final int WIDE = 1024;
    /** Rows between two visits of a panel, if they are copied: a quarter of the visits, and a copy that does not grow with the sequence. */
    private static final int ROWS = 4 * CHAIN;
    /** Columns of a strip: three register tiles of four rows, or two of six. */
    private static final int STRIP = 12;
    /** Floats of a chain of rows of a panel in strips, for products in tiles. */
    private static final int STRIPS = CHAIN * Panels.WIDTH;
    /** Rows copied side by side, each read from its beginning to its end; a strip of all rows at once would come back to every row for each strip. */
    private static final int ABREAST = 8;

    private WeightGradients() {}

    /** Floats that the copy of the rows needs, for passes of at most so many rows. */
    static int length(Layout layout, int rows) {
        int tiled = TiledProducts.scratch(layout, rows) > 0 ? Math.addExact(STRIPS, Tiles.length(CHAIN, layout.rows())) : 0;
        int copied = copies(layout) ? Math.multiplyExact(Math.min(ROWS, rows), Math.ceilDiv(layout.rows(), STRIP) * STRIP) : 0;
        return Math.max(tiled, copied);
    }

    private static boolean copies(Layout layout) {
        return layout.columns() >= WIDE;
    }

    /** {@code gradients += } those of weights and biases: of {@code a} so many rows, of {@code dz} as many in panels. */
    static void add(Kernels kernels, float[] a, int aOffset, int aRow, Piece dz, int dzPanel, int rows, Piece copy, Gradients gradients) {
        Layout layout = gradients.layout;
        if (TiledProducts.preferred(kernels, layout, rows)) {
            addTiled(kernels, a, aOffset, aRow, dz, dzPanel, rows, copy, gradients);
            return;
        }
        boolean copies = copies(layout);
        int most = copies ? ROWS : CHAIN;
        for (int first = 0; first < rows; first += most) {
            int count = Math.min(most, rows - first);
            int offset = aOffset + first * aRow;
            if (copies) {
                copyStrips(a, offset, aRow, count, layout.rows(), copy);
            }
            for (int panel = 0; panel < layout.panels(); panel++) {
                int z = dz.at(panel * dzPanel + first * layout.width());
                if (copies) {
                    addPanel(kernels, copy.data, copy.start, STRIP, STRIP, count * STRIP, dz, z, count, gradients, panel);
                } else {
                    addPanel(kernels, a, offset, aRow, Panels.WIDTH, Panels.WIDTH, dz, z, count, gradients, panel);
                }
            }
        }
    }

    /** The same with each chain of rows packed in tiles, in {@code copy} behind strips of 16 columns of a panel of {@code dz}. */
    private static void addTiled(Kernels kernels, float[] a, int aOffset, int aRow, Piece dz, int dzPanel, int rows, Piece copy, Gradients gradients) {
        Layout layout = gradients.layout;
        int width = layout.width();
        int tiles = copy.at(STRIPS);
        for (int first = 0; first < rows; first += CHAIN) {
            int count = Math.min(CHAIN, rows - first);
            Tiles.pack(kernels, a, aOffset + first * aRow, aRow, Panels.WIDTH, count, layout.rows(), copy.data, tiles);
            for (int panel = 0; panel < layout.panels(); panel++) {
                int columns = layout.columns(panel, panel + 1);
                int z = dz.at(panel * dzPanel + first * width);
                int matrix = gradients.matrix + panel * layout.panelStride();
                kernels.addRows(dz.data, z, width, 0, count, columns, gradients.data, gradients.start + panel * Panels.WIDTH);
                cut(dz.data, z, width, count, columns, copy);
                Tiles.multiply(kernels, copy.data, tiles, layout.rows(), 0, count, copy.data, copy.start, columns,
                        gradients.data, matrix, Panels.BLOCK, gradients.data, matrix, Panels.BLOCK, width);
            }
        }
    }

    /** {@code strips = } rows so wide in strips [columns / 16][rows, padded][16]. */
    private static void cut(float[] from, int offset, int width, int rows, int columns, Piece strips) {
        for (int column = 0; column < columns; column += Panels.BLOCK) {
            int to = strips.at(column * Panels.padded(rows));
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, offset + row * width + column, strips.data, to + row * Panels.BLOCK, Panels.BLOCK);
            }
        }
    }

    /** {@code copy = } the rows in strips [strips][rows][STRIP]; the last strip may be narrower and keeps what it had beyond. */
    private static void copyStrips(float[] a, int aOffset, int aRow, int rows, int columns, Piece copy) {
        for (int top = 0; top < rows; top += ABREAST) {
            int bottom = Math.min(rows, top + ABREAST);
            for (int first = 0; first < columns; first += STRIP) {
                int width = Math.min(STRIP, columns - first);
                int to = copy.at(first * rows);
                for (int row = top; row < bottom; row++) {
                    System.arraycopy(a, aOffset + row * aRow + first, copy.data, to + row * STRIP, width);
                }
            }
        }
    }

    /** One panel of the gradients, from rows in strips of so many columns. */
    private static void addPanel(Kernels kernels, float[] a, int aOffset, int aRow, int strip, int aStrip, Piece dz, int dzOffset, int rows,
                                 Gradients gradients, int panel) {
        Layout layout = gradients.layout;
        int width = layout.width();
        int columns = Math.min(Panels.WIDTH, layout.columns() - panel * Panels.WIDTH);
        int matrix = gradients.matrix + panel * layout.panelStride();
        kernels.addRows(dz.data, dzOffset, width, 0, rows, columns, gradients.data, gradients.start + panel * Panels.WIDTH);
        for (int first = 0; first < layout.rows(); first += strip) {
            kernels.matmul(a, aOffset + first / strip * aStrip, 1, aRow, dz.data, dzOffset, 0, width,
                    gradients.data, matrix + first * width, width, 0, Math.min(strip, layout.rows() - first), columns, rows);
        }
    }
}
