package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;
import java.util.Objects;

/** What a forward pass of a {@link Dense} layer leaves for its backward pass, and the scratch memory of both. One per thread. */
public final class DenseTape {
    final Layout layout;
    final int maxRows;
    /** Inputs of the forward pass [rows][inputs], and a block that may be read beyond them. */
    final float[] x;
    /** Outputs of the forward pass [rows][units]. */
    final float[] y;
    /** Pre-activations, then their gradients [panels][rows][width]. */
    final Piece z;
    /** Gradients of the pre-activations, dense. */
    final float[] dz;
    /** The weights once more, as the pass wants them: in tiles or transposed. */
    final Piece packed;
    final Piece dx;
    /** Scratch memory of the products. */
    final Piece copy;
    int rows;
    /** True between a forward pass and the backward pass that consumes it. */
    boolean filled;

    /** Without memory for a backward pass, which can be as much as that of the weights, it never counts as filled. */
    DenseTape(Layout layout, int maxRows, boolean backward) {
        this.layout = layout;
        this.maxRows = Layout.require("maximum rows", maxRows, 1);
        x = new float[Math.addExact(Math.multiplyExact(maxRows, layout.inputs()), Panels.BLOCK)];
        y = new float[Math.multiplyExact(maxRows, layout.units())];
        dz = new float[backward ? y.length : 0];
        z = Slabs.piece(Math.multiplyExact(maxRows, layout.panels() * layout.width()));
        packed = Slabs.piece(backward ? Math.max(TiledProducts.length(layout, maxRows), Transposed.length(layout, layout.inputs())) : 0);
        dx = Slabs.piece(backward ? Transposed.scratch(layout.inputs(), maxRows) : 0);
        int products = Math.max(RowProducts.affineScratch(maxRows, layout.inputs()), TiledProducts.scratch(layout, maxRows));
        copy = Slabs.piece(!backward ? products
                : Math.max(Math.max(products, RowProducts.panelsScratch(maxRows, layout.columns())), WeightGradients.length(layout, maxRows)));
    }

    void requireLayout(Layout wanted) {
        if (!layout.equals(wanted)) {
            throw new IllegalArgumentException("tape: got one of " + layout + ", wanted one of " + wanted);
        }
    }

    /** Checks the arguments of a forward pass, then takes the inputs. */
    void begin(Layout wanted, float[] xs, int xOffset, int count, float[] ys, int yOffset) {
        requireLayout(wanted);
        if (count < 1 || count > maxRows) {
            throw new IllegalArgumentException("rows: got " + count + ", wanted 1 to " + maxRows);
        }
        Objects.checkFromIndexSize(xOffset, count * layout.inputs(), xs.length);
        Objects.checkFromIndexSize(yOffset, count * layout.units(), ys.length);
        rows = count;
        System.arraycopy(xs, xOffset, x, 0, count * layout.inputs());
    }

    /**
     * Returns the largest number of rows of a pass.
     *
     * @return rows this tape has memory for
     */
    public int maxRows() {
        return maxRows;
    }
}
