package io.github.lanewise.rnn;

import java.util.Arrays;
import java.util.Objects;

/**
 * The state of a recurrent layer between two steps: hidden states h, and for an {@link Lstm} cell states c, of {@code batch} independent rows.
 *
 * <p>The caller holds it, one per stream or thread; it also carries the scratch memory of {@link RecurrentCell#step}, so that a step allocates
 * nothing. The same type holds the gradients of a state in {@link RecurrentCell#backward}.
 */
public final class CellState {
    final Layout layout;
    final int batch;
    /** Rows [x | h], the left factor of a step; see {@link Rows}. */
    final Rows rows;
    /** Array of the rows and of what lies behind them: {@code [rows | c | z | tanh(c)]}, of which the last two are scratch memory. */
    final float[] data;
    /** Number of cell states, ordered as {@link Cells} says; 0 without cells. */
    final int cells;
    /** Index of the first cell state. */
    final int c;
    /** Index of the first pre-activation [panels][batch][width]. */
    final int z;
    /** Index of the first tanh of a cell state, ordered as these. */
    final int tanhC;
    /** Whether the next step begins with the panel of weights with which the last one has ended; changes no result. */
    boolean backwards;

    CellState(Layout layout, int batch) {
        this.layout = layout;
        this.batch = Layout.require("batch", batch, 1);
        this.cells = layout.gates() == 1 ? 0 : Math.multiplyExact(batch, layout.padded());
        int atC = Rows.length(layout, batch);
        int atZ = Math.addExact(atC, cells);
        int atTanhC = Math.addExact(atZ, Math.multiplyExact(layout.panels() * layout.width(), batch));
        Piece piece = Slabs.piece(Math.addExact(atTanhC, cells));
        this.rows = new Rows(layout, piece);
        this.data = piece.data;
        this.c = piece.at(atC);
        this.z = piece.at(atZ);
        this.tanhC = piece.at(atTanhC);
    }

    /**
     * Returns the number of rows.
     *
     * @return independent streams in this state
     */
    public int batch() {
        return batch;
    }

    /** Sets all states to zero. */
    public void reset() {
        Arrays.fill(data, rows.piece.start, z, 0);
    }

    /**
     * Takes over the states of another state of the same shape.
     *
     * @param from source
     * @throws IllegalArgumentException if the shapes differ
     */
    public void copyFrom(CellState from) {
        if (!layout.equals(from.layout) || batch != from.batch) {
            throw new IllegalArgumentException(
                    "state: got " + from.layout + " and batch " + from.batch + ", wanted " + layout + " and batch " + batch);
        }
        System.arraycopy(from.data, from.rows.piece.start, data, rows.piece.start, z - rows.piece.start);
    }

    /**
     * Returns one hidden state.
     *
     * @param row row of the batch
     * @param unit hidden unit
     * @return h[row][unit]
     * @throws IndexOutOfBoundsException if row or unit is out of range
     */
    public float h(int row, int unit) {
        Objects.checkIndex(row, batch);
        return rows.data[rows.hidden(row) + Objects.checkIndex(unit, layout.units())];
    }

    /**
     * Copies the hidden states: {@code to = h}. Allocates nothing.
     *
     * @param to [batch][units]; written
     * @param offset index of the first element
     * @throws IndexOutOfBoundsException if the range falls outside the array
     */
    public void copyH(float[] to, int offset) {
        Objects.checkFromIndexSize(offset, batch * layout.units(), to.length);
        rows.copyHidden(0, batch, to, offset);
    }

    /**
     * Sets the hidden states: {@code h = from}. Allocates nothing.
     *
     * @param from [batch][units]; read only
     * @param offset index of the first element
     * @throws IndexOutOfBoundsException if the range falls outside the array
     */
    public void setH(float[] from, int offset) {
        Objects.checkFromIndexSize(offset, batch * layout.units(), from.length);
        for (int row = 0; row < batch; row++) {
            System.arraycopy(from, offset + row * layout.units(), rows.data, rows.hidden(row), layout.units());
        }
    }

    /**
     * Copies the cell states: {@code to = c}. Allocates nothing.
     *
     * @param to [batch][units]; written
     * @param offset index of the first element
     * @throws IndexOutOfBoundsException if the range falls outside the array
     * @throws IllegalStateException if this layer has no cell states
     */
    public void copyC(float[] to, int offset) {
        requireCells();
        Objects.checkFromIndexSize(offset, batch * layout.units(), to.length);
        for (int row = 0; row < batch; row++) {
            Cells.copyRow(data, cell(row), Cells.block(batch), to, offset + row * layout.units(), Cells.block(1), layout.units());
        }
    }

    /**
     * Sets the cell states: {@code c = from}. Allocates nothing.
     *
     * @param from [batch][units]; read only
     * @param offset index of the first element
     * @throws IndexOutOfBoundsException if the range falls outside the array
     * @throws IllegalStateException if this layer has no cell states
     */
    public void setC(float[] from, int offset) {
        requireCells();
        Objects.checkFromIndexSize(offset, batch * layout.units(), from.length);
        for (int row = 0; row < batch; row++) {
            Cells.copyRow(from, offset + row * layout.units(), Cells.block(1), data, cell(row), Cells.block(batch), layout.units());
        }
    }

    /** Index of the first cell state of a row. */
    int cell(int row) {
        return c + Cells.block(row);
    }

    void requireLayout(Layout wanted) {
        if (!layout.equals(wanted)) {
            throw new IllegalArgumentException("state: got one of " + layout + ", wanted one of " + wanted);
        }
    }

    private void requireCells() {
        if (layout.gates() == 1) {
            throw new IllegalStateException("cell states: got an Elman layer, wanted an LSTM");
        }
    }
}
