package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * Products with the transposed weights, for gradients that flow backwards.
 *
 * <p>A chain must run over the outputs of the layer, so its weights are packed again with rows and columns exchanged: once a backward pass.
 */
final class Transposed {
    /** Rows of inputs whose gradients are summed before the next ones: those of more would outgrow the caches. */
    private static final int ROWS = 256;

    private Transposed() {}

    /** Width of the panels that hold this many columns. */
    static int width(int columns) {
        return Math.min(Panels.WIDTH, Panels.padded(columns));
    }

    /** Floats that the transposed weights of {@code rows} rows of the matrix need. */
    static int length(Layout layout, int rows) {
        return Math.multiplyExact(layout.columns(), Panels.count(rows) * width(rows));
    }

    /** Transposes the rows {@code first .. first + rows - 1} of the packed matrix. */
    static void fill(Kernels kernels, Weights weights, int first, int rows, Piece transposed) {
        Layout layout = weights.layout;
        kernels.transpose(weights.data, weights.matrix + first * layout.width(), layout.width(), layout.panelStride(), rows, layout.columns(),
                transposed.data, transposed.start, width(rows), layout.columns() * width(rows));
    }

    /**
     * {@code d += dz * transposed}: {@code dz} in panels of the layer's columns, {@code d} in panels of {@code columns}; {@code copy} is the scratch memory
     * of {@link RowProducts}.
     */
    static void product(Kernels kernels, float[] dz, int dzOffset, int dzPanel, Layout layout, Piece transposed, int columns,
                        float[] d, int dOffset, int dRow, int dPanel, int rows, Piece copy) {
        int width = width(columns);
        RowProducts.panels(kernels, dz, dzOffset, layout.width(), dzPanel, transposed.data, transposed.start, layout.columns() * width, width,
                d, dOffset, dRow, dPanel, rows, Panels.padded(columns), layout.columns(), copy);
    }

    /** Floats of scratch memory for the gradients of {@code inputs} inputs, for passes of at most so many rows. */
    static int scratch(int inputs, int rows) {
        return Math.multiplyExact(Math.min(ROWS, rows), Panels.count(inputs) * width(inputs));
    }

    /** {@code dxs = dz * transposed}, dense: the gradients of a layer's inputs, through scratch memory in panels. */
    static void inputGradients(Kernels kernels, Piece dz, int dzPanel, Layout layout, Piece transposed, Piece scratch,
                               float[] dxs, int dxOffset, int rows, Piece copy) {
        int inputs = layout.inputs();
        int width = width(inputs);
        for (int row = 0; row < rows; row += ROWS) {
            int count = Math.min(ROWS, rows - row);
            Arrays.fill(scratch.data, scratch.start, scratch.at(Panels.count(inputs) * count * width), 0);
            product(kernels, dz.data, dz.at(row * layout.width()), dzPanel, layout, transposed, inputs, scratch.data, scratch.start, width, count * width,
                    count, copy);
            Panels.unpack(scratch.data, scratch.start, width, count * width, dxs, dxOffset + row * inputs, count, inputs);
        }
    }
}
