package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.AHEAD;

import io.github.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * A recurrent layer over a sequence: one product for the inputs of a stretch of steps, then the recurrent half step by step. Where reading the
 * recurrent weights bounds a step, the product for the inputs of later steps is done meanwhile.
 */
final class ForwardPass {
    /**
     * Rows of a stretch, unless one step has more: few enough for their inputs, pre-activations and outputs to stay in L2, and enough to be worth reading
     * the weights of the inputs again.
     */
    private static final int ROWS = 128;

    private ForwardPass() {}

    static void run(RecurrentCell cell, float[] xs, int xOffset, int steps, int[] lengths, CellState state, CellTape tape, float[] ys, int yOffset) {
        tape.begin(steps, lengths);
        take(state, tape);
        // Once a pass: a warm-up in the background may exchange the kernels at any time.
        boolean together = together(cell, tape);
        tape.tiled = TiledProducts.preferredForward(cell.kernels, cell.layout, steps * tape.batch);
        if (tape.tiled) {
            TiledProducts.pack(cell.kernels, cell.weights(), together, tape.packed);
        }
        int blocks = blocksAhead(cell, tape);
        int stretch = blocks > 0 ? steps : Math.max(1, ROWS / tape.batch);
        for (int from = 0; from < steps; from += stretch) {
            int to = Math.min(from + stretch, steps);
            load(tape, xs, xOffset, from, to);
            if (blocks > 0) {
                project(cell, tape, 0, AHEAD);
                project(cell, tape, blocks * AHEAD, steps);
            } else if (!together) {
                project(cell, tape, from * tape.batch, to * tape.batch);
            }
            for (int step = from; step < to; step++) {
                advance(cell, tape, step, blocks, together);
            }
            unload(tape, ys, yOffset, from, to);
        }
        give(tape, state);
        tape.filled = true;
    }

    /** Takes over the first states. */
    private static void take(CellState state, CellTape tape) {
        int padded = tape.layout.padded();
        for (int row = 0; row < tape.batch; row++) {
            System.arraycopy(state.rows.data, state.rows.hidden(row), tape.rows.data, tape.rows.hidden(row), padded);
        }
        System.arraycopy(state.data, state.c, tape.c.data, tape.c.start, state.cells);
    }

    /** Puts the inputs of the steps {@code from .. to - 1} on the tape. */
    private static void load(CellTape tape, float[] xs, int xOffset, int from, int to) {
        Rows rows = tape.rows;
        int batch = tape.batch;
        for (int row = from * batch; row < to * batch; row++) {
            if (tape.active(row / batch, row % batch)) {
                rows.setInput(row, xs, xOffset + row * rows.inputs);
            } else {
                Arrays.fill(rows.data, rows.input(row), rows.input(row) + rows.inputs, 0);
            }
        }
    }

    /** One step of all rows. */
    private static void advance(RecurrentCell cell, CellTape tape, int step, int blocks, boolean together) {
        int batch = tape.batch;
        int first = step * batch;
        int end;
        for (int row = tape.nextActive(step, 0); row < batch; row = tape.nextActive(step, end)) {
            end = tape.nextEnded(step, row);
            if (cell instanceof Lstm lstm && inOneKernel(tape)) {
                lstm.recurrentStep(tape, step);
            } else {
                recur(cell, tape, first + row, end - row, blocks, together);
                activate(cell, tape, first + row, end - row);
            }
        }
        for (int row = tape.nextEnded(step, 0); row < batch; row = tape.nextEnded(step, row + 1)) {
            hold(tape, first + row);
        }
    }

    /**
     * Whether the recurrent half of an LSTM and its element-wise phase are better done in one kernel. Against two kernels, which look ahead from 64 units on, a
     * sequence on Zen 4 took 28 % less time at 1x16, 25 % at 32x32, 15 % at 1x64, 10 % at 1x128, 2 % at 64x128; 4 % more at 64x256, 8 % at 128x128.
     */
    private static boolean inOneKernel(CellTape tape) {
        Layout layout = tape.layout;
        return tape.batch == 1 && layout.recurrent() <= (layout.inputs() <= 64 ? 128 : 64);
    }

    /**
     * Returns how many whole blocks of {@link io.github.lanewise.kernel.MatrixKernels#AHEAD} steps there are, each but the last looking ahead to the next;
     * 0 if none is to.
     *
     * <p>Worth it for one row whose recurrent weights outgrow L1 and can stay in the cache of the third level with those of the inputs, unless its steps are
     * better done in one kernel. Weights of 4 MiB on Zen 4 (32 MiB, shared with other machines): 5 % faster while that cache was free, 20 to 30 % slower
     * while it was not; 16 MiB took 1.7 times as long.
     */
    private static int blocksAhead(RecurrentCell cell, CellTape tape) {
        Layout layout = cell.layout;
        long bytes = layout.recurrentBytes();
        boolean worthwhile = tape.batch == 1 && bytes >= 64 << 10 && bytes < 4 << 20 && layout.inputs() <= layout.recurrent()
                && layout.columns() % (AHEAD * Panels.BLOCK) == 0 && cell.kernels.looksAhead() && !(cell instanceof Lstm && inOneKernel(tape));
        return worthwhile ? tape.lengths[0] / AHEAD : 0;
    }

    /**
     * Whether inputs and hidden states are multiplied together, step by step: better for rows in strips, because pre-activations that are begun and finished at
     * once need not be fetched again.
     */
    private static boolean together(RecurrentCell cell, CellTape tape) {
        return Strips.preferred(cell.kernels, tape.batch);
    }

    /** Pre-activations of the rows {@code from .. to - 1}, as far as bias and inputs go. */
    private static void project(RecurrentCell cell, CellTape tape, int from, int to) {
        affine(cell, tape, from, to - from, 0);
    }

    /** {@code z = bias + x * input weights + h * the first} so many rows of the recurrent weights. */
    private static void affine(RecurrentCell cell, CellTape tape, int row, int count, int recurrent) {
        Layout layout = cell.layout;
        int z = tape.z.at(row * layout.width());
        if (tape.tiled && TiledProducts.preferred(cell.kernels, layout, count)) {
            TiledProducts.affine(cell.kernels, tape.rows.data, tape.rows.input(row), tape.rows.stride, layout, tape.packed,
                    tape.z.data, z, tape.panelStride(), count, recurrent, tape.copy);
        } else {
            RowProducts.affine(cell.kernels, tape.rows.data, tape.rows.input(row), tape.rows.stride, cell.weights(),
                    tape.z.data, z, tape.panelStride(), count, layout.inputs(), recurrent, tape.copy);
        }
    }

    /** The recurrent half of the product of neighbouring rows, or all of it where {@link #project} has left it. */
    private static void recur(RecurrentCell cell, CellTape tape, int row, int count, int blocks, boolean together) {
        Layout layout = cell.layout;
        if (together) {
            affine(cell, tape, row, count, layout.recurrent());
        } else if (row / AHEAD < blocks - 1) {
            Weights weights = cell.weights();
            int share = row % AHEAD;
            cell.kernels.affineAhead(tape.rows.data, tape.rows.input(row), tape.rows.stride,
                    weights.data, weights.matrix, layout.panelStride(), layout.width(), weights.data, weights.start,
                    tape.z.data, tape.z.at(row * layout.width()), layout.width(), tape.panelStride(),
                    layout.columns(), layout.inputs(), layout.recurrent(), AHEAD - share, share);
        } else {
            RowProducts.recurrent(cell.kernels, tape.rows.data, tape.rows.hidden(row), tape.rows.stride, cell.weights(),
                    tape.z.data, tape.z.at(row * layout.width()), tape.panelStride(), count, row / tape.batch % 2 == 1);
        }
    }

    /** The element-wise phase of neighbouring rows. */
    private static void activate(RecurrentCell cell, CellTape tape, int row, int count) {
        Layout layout = cell.layout;
        Rows rows = tape.rows;
        int next = row + tape.batch;
        cell.activate(tape.z.data, tape.z.at(row * layout.width()), tape.panelStride(), tape.c.data, tape.c.at(tape.cell(row)),
                tape.c.data, tape.c.at(tape.cell(next)), tape.tanhC.data, tape.tanhC.at(tape.cell(row)), Cells.block(tape.batch),
                rows.data, rows.hidden(next), rows.stride, count);
    }

    /** A row that has ended keeps its state, has no gates and will have no gradients. */
    private static void hold(CellTape tape, int row) {
        tape.zeroGates(row);
        Rows rows = tape.rows;
        int padded = tape.layout.padded();
        int next = row + tape.batch;
        System.arraycopy(rows.data, rows.hidden(row), rows.data, rows.hidden(next), padded);
        if (tape.c.length > 0) {
            Cells.copyRow(tape.c.data, tape.c.at(tape.cell(row)), Cells.block(tape.batch),
                    tape.c.data, tape.c.at(tape.cell(next)), Cells.block(tape.batch), padded);
        }
    }

    /** Takes the outputs of the steps {@code from .. to - 1} off the tape. */
    private static void unload(CellTape tape, float[] ys, int yOffset, int from, int to) {
        Rows rows = tape.rows;
        int batch = tape.batch;
        for (int row = from * batch; row < to * batch; row++) {
            int y = yOffset + row * rows.units;
            if (tape.active(row / batch, row % batch)) {
                System.arraycopy(rows.data, rows.hidden(row + batch), ys, y, rows.units);
            } else {
                Arrays.fill(ys, y, y + rows.units, 0);
            }
        }
    }

    /** Gives the last states back. */
    private static void give(CellTape tape, CellState state) {
        Rows rows = tape.rows;
        int count = tape.steps * tape.batch;
        int padded = tape.layout.padded();
        for (int row = 0; row < tape.batch; row++) {
            System.arraycopy(rows.data, rows.hidden(count + row), state.rows.data, state.rows.hidden(row), padded);
        }
        System.arraycopy(tape.c.data, tape.c.at(tape.steps * state.cells), state.data, state.c, state.cells);
    }
}
