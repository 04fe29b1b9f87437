package io.github.lanewise.rnn;

import java.util.function.IntConsumer;

/**
 * What a forward pass of {@link BatchParallel} leaves for its backward pass, and all scratch memory of both; reused from call to call.
 *
 * <p>It holds a {@link CellTape}, {@link Gradients}, and a copy of inputs and outputs for each slice of the batch. One caller uses it at a time.
 */
public final class BatchParallelTape {
    private static final float[] NONE = {};

    final Layout layout;
    final int maxSteps;
    final int batch;
    final BatchSlice[] slices;
    /** The parts that a team does; made once, because a lambda is an object. */
    private final IntConsumer forward = this::forward;
    private final IntConsumer backward = this::backward;
    /** Steps of the forward pass that a backward pass may consume, or 0. */
    int filledSteps;

    // Arguments of the pass that is going on.
    private int steps;
    private float[] in = NONE;
    private int inOffset;
    private float[] out = NONE;
    private int outOffset;

    BatchParallelTape(RecurrentCell cell, int count, int maxSteps, int batch) {
        layout = cell.layout;
        this.maxSteps = Layout.require("maximum steps", maxSteps, 1);
        this.batch = Layout.require("batch", batch, count);
        slices = new BatchSlice[count];
        for (int i = 0; i < count; i++) {
            slices[i] = new BatchSlice(cell, maxSteps, batch, (int) ((long) i * batch / count), (int) ((long) (i + 1) * batch / count));
        }
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

    /** The forward pass of all slices. */
    void forward(Team team, int newSteps, float[] xs, int xOffset, float[] ys, int yOffset) {
        filledSteps = 0;
        steps = newSteps;
        run(team, forward, xs, xOffset, ys, yOffset);
        filledSteps = newSteps;
    }

    /** The backward pass of all slices; {@code dxs} of no elements: without the gradients of the inputs. */
    void backward(Team team, float[] dys, int dyOffset, float[] dxs, int dxOffset) {
        filledSteps = 0;
        run(team, backward, dys, dyOffset, dxs, dxOffset);
    }

    private void run(Team team, IntConsumer part, float[] newIn, int newInOffset, float[] newOut, int newOutOffset) {
        in = newIn;
        inOffset = newInOffset;
        out = newOut;
        outOffset = newOutOffset;
        try {
            team.run(slices.length, part);
        } finally {
            in = NONE;
            out = NONE;
        }
    }

    private void forward(int slice) {
        slices[slice].forward(in, inOffset, steps, out, outOffset);
    }

    private void backward(int slice) {
        if (out.length == 0) {
            slices[slice].backward(in, inOffset);
        } else {
            slices[slice].backward(in, inOffset, out, outOffset);
        }
    }
}
