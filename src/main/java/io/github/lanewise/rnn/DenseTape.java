package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;

/** What a forward pass of a {@link Dense} layer leaves for its backward pass, and the scratch memory of both. One per thread. */
public final class DenseTape {
    final Layout layout;
    final int maxRows;
    /** Inputs of the forward pass [rows][inputs]. */
    final float[] x;
    /** Outputs of the forward pass [rows][units]. */
    final float[] y;
    /** Pre-activations, then their gradients [panels][rows][width]. */
    final float[] z;
    /** Gradients of the pre-activations, dense. */
    final float[] dz;
    final float[] transposed;
    final float[] dx;
    int rows;
    /** True between a forward pass and the backward pass that consumes it. */
    boolean filled;

    DenseTape(Layout layout, int maxRows) {
        this.layout = layout;
        this.maxRows = Layout.require("maximum rows", maxRows, 1);
        x = new float[Math.multiplyExact(maxRows, layout.inputs())];
        y = new float[Math.multiplyExact(maxRows, layout.units())];
        dz = new float[y.length];
        z = new float[Math.multiplyExact(maxRows, layout.panels() * layout.width())];
        transposed = new float[Transposed.length(layout, layout.inputs())];
        dx = new float[Math.multiplyExact(maxRows, Panels.count(layout.inputs()) * Transposed.width(layout.inputs()))];
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
