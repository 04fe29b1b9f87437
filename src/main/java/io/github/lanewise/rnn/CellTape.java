package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a forward pass over a sequence leaves for the backward pass, and all scratch memory of both; reused from call to call.
 *
 * <p>The caller holds it, one per thread. Memory is about {@code maxSteps * batch * (inputs + gates * units + 3 * units)} floats, plus one copy
 * of the weights, the gradients of the inputs of up to 256 rows and a copy of up to 128 rows or, in a wide layer, of up to 1,024.
 */
public final class CellTape {
    final Layout layout;
    final int maxSteps;
    final int batch;
    /** Rows [x_t | h_(t-1)]; row (t, n) is {@code t * batch + n}, and one more step for the last hidden states. */
    final Rows rows;
    /** Pre-activations, then gates, then their gradients: [panels][steps * batch][width]. */
    final Piece z;
    /** Cell states before each step and after the last [steps + 1], a step ordered as {@link Cells} says; empty without cells. */
    final Piece c;
    /** tanh of the cell states after each step [steps], ordered as these. */
    final Piece tanhC;
    /** Gradients of the hidden states [batch][padded units]. */
    final Piece dh;
    /** The weights once more, as the pass wants them: in tiles or transposed. */
    final Piece packed;
    /** Gradients of inputs, in panels. */
    final Piece dx;
    /** Scratch memory of the products. */
    final Piece copy;
    final int[] lengths;
    /** Whether {@link #packed} holds tiles in the pass under way. */
    boolean tiled;
    /** Whether the backward pass under way sees to gradients of inputs beside those of hidden states, step by step. */
    boolean beside;
    int steps;
    /** True between a forward pass and the backward pass that consumes it. */
    boolean filled;

    CellTape(Layout layout, int maxSteps, int batch) {
        this.layout = layout;
        this.maxSteps = Layout.require("maximum steps", maxSteps, 1);
        this.batch = Layout.require("batch", batch, 1);
        int count = Math.multiplyExact(maxSteps, batch);
        int padded = layout.padded();
        boolean cells = layout.gates() > 1;
        rows = new Rows(layout, Slabs.piece(Rows.length(layout, Math.addExact(count, batch))));
        z = Slabs.piece(Math.multiplyExact(layout.panels() * layout.width(), count));
        c = Slabs.piece(cells ? Math.multiplyExact(Math.addExact(count, batch), padded) : 0);
        tanhC = Slabs.piece(cells ? count * padded : 0);
        dh = Slabs.piece(Math.multiplyExact(batch, padded));
        int transposed = Math.addExact(Transposed.length(layout, layout.inputs()), Transposed.length(layout, layout.recurrent()));
        packed = Slabs.piece(Math.max(transposed, TiledProducts.length(layout, count)));
        dx = Slabs.piece(Transposed.scratch(layout.inputs(), count));
        int products = Math.max(RowProducts.affineScratch(count, layout.rows()), RowProducts.panelsScratch(count, layout.columns()));
        copy = Slabs.piece(Math.max(Math.max(products, TiledProducts.scratch(layout, count)), WeightGradients.length(layout, count)));
        lengths = new int[batch];
    }

    /**
     * Returns the largest number of steps of a sequence.
     *
     * @return steps this tape has memory for
     */
    public int maxSteps() {
        return maxSteps;
    }

    /**
     * Returns the number of sequences side by side.
     *
     * @return rows of the batch
     */
    public int batch() {
        return batch;
    }

    /**
     * Copies the gates of one step of an {@link Lstm}, after their activation: {@code to = i, f, g, o}, all zero if the row has ended before. Available
     * between a forward pass and the backward pass.
     *
     * @param step step of the sequence
     * @param row row of the batch
     * @param to [4][units]; written
     * @param offset index of the first element
     * @throws IllegalStateException if there is no forward pass on this tape or the layer has no gates
     * @throws IndexOutOfBoundsException if step, row or the range is out of bounds
     */
    public void copyGates(int step, int row, float[] to, int offset) {
        int index = requireStep(step, row);
        Objects.checkFromIndexSize(offset, 4 * layout.units(), to.length);
        for (int i = 0; i < 4 * layout.units(); i++) {
            int column = layout.column(i);
            to[offset + i] = z.data[z.at(column / Panels.WIDTH * panelStride() + index * layout.width() + column % Panels.WIDTH)];
        }
    }

    /**
     * Copies the cell states after one step of an {@link Lstm}. Available after a forward pass.
     *
     * @param step step of the sequence
     * @param row row of the batch
     * @param to [units]; written
     * @param offset index of the first element
     * @throws IllegalStateException if there is no forward pass on this tape or the layer has no cell states
     * @throws IndexOutOfBoundsException if step, row or the range is out of bounds
     */
    public void copyC(int step, int row, float[] to, int offset) {
        int index = requireStep(step, row);
        Objects.checkFromIndexSize(offset, layout.units(), to.length);
        Cells.copyRow(c.data, c.at(cell(index + batch)), Cells.block(batch), to, offset, Cells.block(1), layout.units());
    }

    private int requireStep(int step, int row) {
        if (!filled || layout.gates() == 1) {
            throw new IllegalStateException("tape: got no forward pass of an LSTM, wanted one that backward has not consumed yet");
        }
        return Objects.checkIndex(step, steps) * batch + Objects.checkIndex(row, batch);
    }

    /** Distance between two panels of {@link #z} in the current sequence. */
    int panelStride() {
        return steps * batch * layout.width();
    }

    /** Index in {@link #c} and {@link #tanhC}, from their starts, of the first unit of row (t, n). */
    int cell(int index) {
        int row = index % batch;
        return (index - row) * layout.padded() + Cells.block(row);
    }

    /** Starts a sequence; rows without a length of their own take all steps. */
    void begin(int newSteps, int[] newLengths) {
        steps = newSteps;
        filled = false;
        if (newLengths.length == 0) {
            Arrays.fill(lengths, newSteps);
        } else {
            System.arraycopy(newLengths, 0, lengths, 0, batch);
        }
    }

    /** Sets the gates and gradients of row (t, n) to zero. */
    void zeroGates(int index) {
        for (int panel = 0; panel < layout.panels(); panel++) {
            int start = z.at(panel * panelStride() + index * layout.width());
            Arrays.fill(z.data, start, start + layout.width(), 0);
        }
    }

    boolean active(int step, int row) {
        return step < lengths[row];
    }

    /** First row from {@code row} on that has this step, or the batch size. */
    int nextActive(int step, int row) {
        int next = row;
        while (next < batch && !active(step, next)) {
            next++;
        }
        return next;
    }

    /** First row from {@code row} on that has ended before this step, or the batch size. */
    int nextEnded(int step, int row) {
        int next = row;
        while (next < batch && active(step, next)) {
            next++;
        }
        return next;
    }
}
