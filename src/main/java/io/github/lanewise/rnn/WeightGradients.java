package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/**
 * The product that yields the gradients of a layer's weights: the rows the layer has read, transposed, times the gradients of its pre-activations.
 *
 * <p>The gradients of a large layer outgrow the caches, so each of their panels is finished with many rows before the next one is fetched, and the rows
 * are first copied into panels, whose addresses follow each other: a column of the rows themselves has every element on another page of memory.
 */
final class WeightGradients {
    /** Rows between two visits of a panel: four times fewer visits than with one chain, and a copy of the rows that does not grow with the sequence. */
    private static final int ROWS = 4 * CHAIN;

    private WeightGradients() {}

    /** Floats that the copy of the rows needs, for passes of at most so many rows. */
    static int length(Layout layout, int rows) {
        return Math.multiplyExact(Math.min(ROWS, rows), Panels.count(layout.rows()) * Panels.WIDTH);
    }

    /** {@code gradients += } those of weights and biases: of {@code a} so many rows, of {@code dz} as many in panels. */
    static void add(Kernels kernels, float[] a, int aOffset, int aRow, Piece dz, int dzPanel, int rows, Piece copy, Gradients gradients) {
        Layout layout = gradients.layout;
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            Panels.pack(a, aOffset + first * aRow, aRow, count, layout.rows(), copy.data, copy.start, Panels.WIDTH, count * Panels.WIDTH);
            for (int panel = 0; panel < layout.panels(); panel++) {
                addPanel(kernels, copy, count, dz, dz.at(panel * dzPanel + first * layout.width()), gradients, panel);
            }
        }
    }

    /** One panel of the gradients, chain by chain. */
    private static void addPanel(Kernels kernels, Piece copy, int count, Piece dz, int dzOffset, Gradients gradients, int panel) {
        Layout layout = gradients.layout;
        int width = layout.width();
        int columns = Math.min(Panels.WIDTH, layout.columns() - panel * Panels.WIDTH);
        int matrix = gradients.matrix + panel * layout.panelStride();
        for (int row = 0; row < count; row += CHAIN) {
            int length = Math.min(CHAIN, count - row);
            int z = dzOffset + row * width;
            kernels.addRows(dz.data, z, width, 0, length, columns, gradients.data, gradients.start + panel * Panels.WIDTH);
            for (int first = 0; first < layout.rows(); first += Panels.WIDTH) {
                kernels.matmul(copy.data, copy.at(first * count + row * Panels.WIDTH), 1, Panels.WIDTH, dz.data, z, 0, width,
                        gradients.data, matrix + first * width, width, 0, Math.min(Panels.WIDTH, layout.rows() - first), columns, length);
            }
        }
    }
}
