package io.github.lanewise.bench.anchors;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Trainable;
import java.util.Arrays;
import java.util.List;

/** A recurrent layer and a dense layer on some of its steps, with Adam and clipping of the global norm to 1. */
final class Network {
    private static final double CLIP = 1;

    /** Inputs of the next pass {@code [steps][batch][inputs]}. */
    final float[] xs;
    /** Outputs of the picked steps {@code [picked][outputs]}, and their gradients. */
    final float[] y;
    final float[] dy;
    final int batch;
    final int inputs;
    final int outputs;

    private final RecurrentCell cell;
    private final Dense output;
    private final Adam adam;
    private final CellState state;
    private final CellState dState;
    private final CellTape tape;
    private final DenseTape outputTape;
    private final Gradients gradients;
    private final Gradients outputGradients;
    private final float[] hs;
    private final float[] dhs;
    private final float[] h;
    private final float[] dh;
    private final int[] picked;
    private int count;
    private int steps;

    Network(RecurrentCell cell, int outputs, int maxSteps, int batch, double learningRate, long seed) {
        this.cell = cell;
        this.batch = batch;
        this.inputs = cell.inputs();
        this.outputs = outputs;
        output = Dense.create(cell.units(), outputs, OutputActivation.IDENTITY, new SplitMix64(seed));
        state = cell.newState(batch);
        dState = cell.newState(batch);
        tape = cell.newTape(maxSteps, batch);
        int rows = maxSteps * batch;
        outputTape = output.newTape(rows);
        gradients = cell.newGradients();
        outputGradients = output.newGradients();
        adam = new Adam(Kernels.best(), learningRate,
                List.of(new Trainable(cell.weights(), gradients), new Trainable(output.weights(), outputGradients)));
        xs = new float[rows * inputs];
        y = new float[rows * outputs];
        dy = new float[rows * outputs];
        hs = new float[rows * cell.units()];
        dhs = new float[hs.length];
        h = new float[hs.length];
        dh = new float[hs.length];
        picked = new int[rows];
    }

    /** Starts new sequences; without it the next pass goes on where the last one ended. */
    void reset() {
        state.reset();
    }

    /** All steps, with an output at each. */
    int forward(int newSteps) {
        return forward(newSteps, new int[0], false);
    }

    /**
     * A pass over {@link #xs}, sequences of equal or different lengths, and the outputs of all steps or of each sequence's last.
     *
     * @return how many outputs there are
     */
    int forward(int newSteps, int[] lengths, boolean lastOnly) {
        steps = newSteps;
        cell.forward(xs, 0, steps, lengths, state, tape, hs, 0);
        count = 0;
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < batch; row++) {
                int length = lengths.length == 0 ? steps : lengths[row];
                if (lastOnly ? step == length - 1 : step < length) {
                    picked[count++] = step * batch + row;
                }
            }
        }
        int units = cell.units();
        for (int i = 0; i < count; i++) {
            System.arraycopy(hs, picked[i] * units, h, i * units, units);
        }
        output.forward(h, 0, count, outputTape, y, 0);
        return count;
    }

    /** Improves the weights along the gradients in {@link #dy}. */
    void improve() {
        adam.zeroGradients();
        output.backward(dy, 0, outputTape, outputGradients, dh, 0);
        int units = cell.units();
        Arrays.fill(dhs, 0, steps * batch * units, 0);
        for (int i = 0; i < count; i++) {
            System.arraycopy(dh, i * units, dhs, picked[i] * units, units);
        }
        dState.reset();
        cell.backward(dhs, 0, tape, dState, gradients);
        adam.clipGlobalNorm(CLIP);
        adam.step();
    }
}
