package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;

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
    static void fill(Kernels kernels, Weights weights, int first, int rows, float[] transposed, int offset) {
        Layout layout = weights.layout;
        kernels.transpose(weights.data, weights.matrix + first * layout.width(), layout.width(), layout.panelStride(), rows, layout.columns(),
                transposed, offset, width(rows), layout.columns() * width(rows));
    }

    /** {@code d += dz * transposed}: {@code dz} in panels of the layer's columns, {@code d} in panels of {@code columns}. */
    static void product(Kernels kernels, float[] dz, int dzOffset, int dzPanel, Layout layout, Piece transposed, int columns,
                        float[] d, int dOffset, int dRow, int dPanel, int rows, Piece scratch) {
        int width = width(columns);
        RowProducts.panels(kernels, dz, dzOffset, layout.width(), dzPanel, transposed.data, transposed.start, layout.columns() * width, width,
                d, dOffset, dRow, dPanel, rows, Panels.padded(columns), layout.columns(), scratch);
    }

    /**
     * {@code dx = dz * transposed} of the first {@code inputs} columns, which may be none, and {@code dh += } that of the {@code hidden} ones packed behind
     * them, from the same strips: {@code dx} in panels, {@code dh} in rows. At most {@link Strips#MOST} rows.
     */
    static void products(Kernels kernels, float[] dz, int dzOffset, int dzPanel, Layout layout, Piece transposed, int inputs, float[] dx, int dxOffset,
                         int dxRow, int dxPanel, int hidden, float[] dh, int dhOffset, int dhRow, int rows, Piece scratch) {
        int columns = layout.columns();
        int input = width(inputs);
        int recurrent = width(hidden);
        Arrays.fill(dx, dxOffset, dxOffset + Panels.count(inputs) * dxPanel, 0);
        for (int k = 0; k < columns; k += CHAIN) {
            int length = Math.min(CHAIN, columns - k);
            Strips.fill(kernels, dz, dzOffset + k / Panels.WIDTH * dzPanel, layout.width(), dzPanel, rows, length, scratch);
            Strips.multiply(kernels, scratch, rows, length, 0, length, transposed.data, transposed.at(k * input), columns * input, input,
                    dx, dxOffset, dxRow, dxPanel, Panels.padded(inputs));
            Strips.multiply(kernels, scratch, rows, length, 0, length, transposed.data, transposed.at(length(layout, inputs) + k * recurrent),
                    columns * recurrent, recurrent, dh, dhOffset, dhRow, Panels.WIDTH, Panels.padded(hidden));
        }
    }

    /** Floats of scratch memory for the gradients of {@code inputs} inputs, for passes of at most so many rows. */
    static int scratch(int inputs, int rows) {
        return Math.multiplyExact(Math.min(ROWS, rows), Panels.count(inputs) * width(inputs));
    }

    /** {@code dxs = dz * transposed}, dense: the gradients of a layer's inputs, through scratch memory in panels. */
    static void inputGradients(Kernels kernels, Piece dz, int dzPanel, Weights weights, Piece packed, Piece dx, float[] dxs, int dxOffset, int rows, Piece scratch) {
        Layout layout = weights.layout;
        int inputs = layout.inputs();
        int width = width(inputs);
        boolean tiled = TiledProducts.preferred(kernels, layout, rows);
        if (tiled) {
            TiledProducts.packTransposed(kernels, weights, 0, inputs, packed);
        } else {
            fill(kernels, weights, 0, inputs, packed.data, packed.start);
        }
        int most = tiled ? TiledProducts.together(layout) : ROWS;
        for (int row = 0; row < rows; row += most) {
            int count = Math.min(most, rows - row);
            int z = dz.at(row * layout.width());
            if (tiled) {
                TiledProducts.transposed(kernels, dz.data, z, dzPanel, layout, packed, inputs, dx.data, dx.start, width, count * width,
                        0, dx.data, dx.start, 0, count, scratch);
            } else {
                Arrays.fill(dx.data, dx.start, dx.at(Panels.count(inputs) * count * width), 0);
                product(kernels, dz.data, z, dzPanel, layout, packed, inputs, dx.data, dx.start, width, count * width, count, scratch);
            }
            Panels.unpack(dx.data, dx.start, width, count * width, dxs, dxOffset + row * inputs, count, inputs);
        }
    }
}
