package io.github.lanewise.rnn;

/** Neighbouring rows of a batch with everything that a pass over them alone needs. */
final class BatchSlice {
    private static final int[] ALL_STEPS = {};

    private final RecurrentCell cell;
    /** First row in the whole batch, and rows of the whole batch. */
    private final int first;
    private final int batch;
    final CellTape tape;
    final CellState state;
    final Gradients gradients;
    private final int[] ownLengths;
    private int[] lengths = ALL_STEPS;
    /** Inputs in a forward pass, their gradients in a backward pass [steps][rows][inputs]. */
    private final float[] x;
    /** Outputs, or their gradients [steps][rows][units]. */
    private final float[] y;

    BatchSlice(RecurrentCell cell, int maxSteps, int batch, int first, int end) {
        this.cell = cell;
        this.first = first;
        this.batch = batch;
        int rows = end - first;
        tape = cell.newTape(maxSteps, rows);
        state = cell.newState(rows);
        gradients = cell.newGradients();
        ownLengths = new int[rows];
        x = new float[Math.multiplyExact(maxSteps * rows, cell.inputs())];
        y = new float[Math.multiplyExact(maxSteps * rows, cell.units())];
    }

    /** Takes this slice's part of the lengths. */
    void loadLengths(int[] all) {
        lengths = all.length == 0 ? ALL_STEPS : ownLengths;
        System.arraycopy(all, all.length == 0 ? 0 : first, ownLengths, 0, lengths.length);
    }

    /** Takes this slice's rows of a state. */
    void loadState(CellState whole) {
        copyRows(whole, first, state, 0);
    }

    /** Gives this slice's rows of a state back. */
    void unloadState(CellState whole) {
        copyRows(state, 0, whole, first);
    }

    void forward(float[] xs, int xOffset, int steps, float[] ys, int yOffset) {
        gather(xs, xOffset, steps, cell.inputs(), x);
        cell.forward(x, 0, steps, lengths, state, tape, y, 0);
        scatter(y, steps, cell.units(), ys, yOffset);
    }

    /** Gradients of the weights are {@code =} here, not {@code +=}. */
    void backward(float[] dys, int dyOffset) {
        gather(dys, dyOffset, tape.steps, cell.units(), y);
        gradients.zero();
        cell.backward(y, 0, tape, state, gradients);
    }

    /** The same with the gradients of the inputs. */
    void backward(float[] dys, int dyOffset, float[] dxs, int dxOffset) {
        gather(dys, dyOffset, tape.steps, cell.units(), y);
        gradients.zero();
        cell.backward(y, 0, tape, state, gradients, x, 0);
        scatter(x, tape.steps, cell.inputs(), dxs, dxOffset);
    }

    /** {@code to = } this slice's rows of {@code all}. */
    private void gather(float[] all, int offset, int steps, int width, float[] to) {
        int length = tape.batch * width;
        for (int step = 0; step < steps; step++) {
            System.arraycopy(all, offset + (step * batch + first) * width, to, step * length, length);
        }
    }

    /** This slice's rows of {@code all = from}. */
    private void scatter(float[] from, int steps, int width, float[] all, int offset) {
        int length = tape.batch * width;
        for (int step = 0; step < steps; step++) {
            System.arraycopy(from, step * length, all, offset + (step * batch + first) * width, length);
        }
    }

    private void copyRows(CellState from, int fromRow, CellState to, int toRow) {
        int padded = cell.layout.padded();
        for (int row = 0; row < tape.batch; row++) {
            System.arraycopy(from.rows.data, from.rows.hidden(fromRow + row), to.rows.data, to.rows.hidden(toRow + row), padded);
            if (from.cells > 0) {
                Cells.copyRow(from.data, from.cell(fromRow + row), Cells.block(from.batch), to.data, to.cell(toRow + row), Cells.block(to.batch), padded);
            }
        }
    }
}
