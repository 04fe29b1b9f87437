package io.github.lanewise.rnn;

import java.util.Objects;

/**
 * Trains a recurrent layer on several threads: the batch is cut into slices of neighbouring rows, each slice runs forward and backward on a tape
 * with gradients of its own, and their gradients are added in the order of the slices.
 *
 * <p>The number of slices, not that of threads or their timing, decides how sums are rounded: any {@link Team} gives the same bits. Outputs,
 * states and gradients of the inputs have the bits of the layer's own passes over the whole batch; the gradients of the weights are sums of
 * the slices' own sums, and so rounded differently. More slices than threads let the threads finish together when rows have lengths of their
 * own; slices of 8 rows or more keep the kernels at full speed.
 *
 * <p>After warm-up nothing is allocated, on any thread. The weights are only read, so one layer may be trained through several of these by
 * turns; one caller uses a team and a tape at a time.
 */
public final class BatchParallel {
    private static final float[] WITHOUT_INPUTS = {};
    private static final int[] ALL_STEPS = {};

    private final RecurrentCell cell;
    private final int slices;
    private final Team team;

    /**
     * Creates passes over slices.
     *
     * @param cell the layer
     * @param slices parts of a batch, at least 1; best the number of threads or a multiple
     * @param team the threads, which stay the caller's
     * @throws IllegalArgumentException if {@code slices < 1}
     */
    public BatchParallel(RecurrentCell cell, int slices, Team team) {
        this.cell = Objects.requireNonNull(cell, "cell");
        this.slices = Layout.require("slices", slices, 1);
        this.team = Objects.requireNonNull(team, "team");
    }

    /**
     * Creates the memory for sequences. Of {@code slices} slices the one with number {@code s} has the rows from {@code s * batch / slices} to
     * before {@code (s + 1) * batch / slices}.
     *
     * @param maxSteps longest sequence, at least 1
     * @param batch number of sequences side by side, at least the number of slices
     * @return a new tape
     * @throws IllegalArgumentException if a number is too small
     * @throws ArithmeticException if an array would need 2^31 floats or more
     */
    public BatchParallelTape newTape(int maxSteps, int batch) {
        return new BatchParallelTape(cell, slices, maxSteps, batch);
    }

    /**
     * A forward pass over sequences of equal length; see {@link RecurrentCell#forward(float[], int, int, CellState, CellTape, float[], int)}.
     *
     * @param xs inputs [steps][batch][inputs]; read only
     * @param xOffset index of the first element
     * @param steps number of steps, 1 to {@link BatchParallelTape#maxSteps()}
     * @param state states before the first step; updated to those after the last
     * @param tape memory of the pass; overwritten
     * @param ys hidden states after each step [steps][batch][units]; written
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code steps} is out of range or a shape differs
     * @throws IllegalStateException if the team is closed or at work
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void forward(float[] xs, int xOffset, int steps, CellState state, BatchParallelTape tape, float[] ys, int yOffset) {
        forward(xs, xOffset, steps, ALL_STEPS, state, tape, ys, yOffset);
    }

    /**
     * A forward pass over sequences, each with a length of its own; see
     * {@link RecurrentCell#forward(float[], int, int, int[], CellState, CellTape, float[], int)}.
     *
     * @param xs inputs [steps][batch][inputs]; read only
     * @param xOffset index of the first element
     * @param steps number of steps, 1 to {@link BatchParallelTape#maxSteps()}
     * @param lengths steps of each row, 0 to {@code steps}; an empty array means {@code steps} for all
     * @param state states before the first step; updated to those after the last
     * @param tape memory of the pass; overwritten
     * @param ys hidden states after each step [steps][batch][units]; written
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code steps} or a length is out of range or a shape differs
     * @throws IllegalStateException if the team is closed or at work
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void forward(float[] xs, int xOffset, int steps, int[] lengths, CellState state, BatchParallelTape tape, float[] ys, int yOffset) {
        requireTape(tape, state);
        cell.requireForward(xs, xOffset, steps, lengths, tape.maxSteps, tape.batch, ys, yOffset);
        for (BatchSlice slice : tape.slices) {
            slice.loadLengths(lengths);
            slice.loadState(state);
        }
        tape.forward(team, steps, xs, xOffset, ys, yOffset);
        for (BatchSlice slice : tape.slices) {
            slice.unloadState(state);
        }
    }

    /**
     * The backward pass of the last {@code forward} on this tape, without the gradients of the inputs; see the method with {@code dxs}.
     *
     * @param dys gradients of the hidden states after each step [steps][batch][units]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param dState gradients of the states, in: after the last step, out: before the first
     * @param gradients gradients of the weights; added to, slice after slice
     * @throws IllegalStateException if the tape holds no forward pass, or the team is closed or at work
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void backward(float[] dys, int dyOffset, BatchParallelTape tape, CellState dState, Gradients gradients) {
        requireBackward(dys, dyOffset, tape, dState, gradients);
        run(dys, dyOffset, tape, dState, gradients, WITHOUT_INPUTS, 0);
    }

    /**
     * The backward pass of the last {@code forward} on this tape: gradients of weights ({@code +=}), inputs ({@code =}) and first states
     * ({@code =}) from those of outputs and last states. Should a slice throw, for want of memory say, then this throws what it has thrown, and
     * the gradients of weights and states are as before.
     *
     * @param dys gradients of the hidden states after each step [steps][batch][units]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param dState gradients of the states, in: after the last step, out: before the first
     * @param gradients gradients of the weights; added to, slice after slice
     * @param dxs gradients of the inputs [steps][batch][inputs]; written
     * @param dxOffset index of the first element
     * @throws IllegalStateException if the tape holds no forward pass, or the team is closed or at work
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void backward(float[] dys, int dyOffset, BatchParallelTape tape, CellState dState, Gradients gradients, float[] dxs, int dxOffset) {
        requireBackward(dys, dyOffset, tape, dState, gradients);
        RecurrentCell.checkRange(dxOffset, (long) tape.filledSteps * tape.batch * cell.inputs(), dxs.length);
        run(dys, dyOffset, tape, dState, gradients, dxs, dxOffset);
    }

    private void run(float[] dys, int dyOffset, BatchParallelTape tape, CellState dState, Gradients gradients, float[] dxs, int dxOffset) {
        for (BatchSlice slice : tape.slices) {
            slice.loadState(dState);
        }
        tape.backward(team, dys, dyOffset, dxs, dxOffset);
        for (BatchSlice slice : tape.slices) {
            slice.unloadState(dState);
            gradients.add(slice.gradients);
        }
    }

    private void requireTape(BatchParallelTape tape, CellState state) {
        cell.requireShapes(tape.layout, tape.batch, state);
        if (tape.slices.length != slices) {
            throw new IllegalArgumentException("tape: got one of " + tape.slices.length + " slices, wanted one of " + slices);
        }
    }

    private void requireBackward(float[] dys, int dyOffset, BatchParallelTape tape, CellState dState, Gradients gradients) {
        requireTape(tape, dState);
        cell.requireBackward(tape.filledSteps > 0, (long) tape.filledSteps * tape.batch, dys, dyOffset, gradients);
    }
}
