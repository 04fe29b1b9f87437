package io.github.lanewise.cli;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.SplitMix64;
import io.github.lanewise.rnn.Trainable;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** A recurrent layer that reads a row number by number, and a dense layer that answers with the next. */
final class SequenceModel {
    private static final double CLIP = 1;

    private final RecurrentCell cell;
    private final Dense output;
    private final CellState state;
    private final DenseTape answer;
    private final float[] h;
    private final float[] y = new float[1];
    private final float[] x = new float[1];
    private double center;
    private double scale = 1;

    SequenceModel(RecurrentCell cell, long seed) {
        this.cell = cell;
        output = Dense.create(cell.units(), 1, OutputActivation.IDENTITY, new SplitMix64(seed + 1));
        state = cell.newState();
        answer = output.newTape(1);
        h = new float[cell.units()];
    }

    /**
     * Trains on all rows at once, with backpropagation through time and Adam; the learning rate falls along a half cosine.
     *
     * @return the mean squared error of the last epoch, in the units of the data
     */
    double train(List<double[]> rows, int epochs, double learningRate, LongConsumer progress) {
        normalize(rows);
        Kernels kernels = Kernels.best();
        int batch = rows.size();
        int steps = rows.get(0).length - 1;
        int units = cell.units();
        float[] xs = new float[steps * batch];
        float[] wanted = new float[batch];
        for (int row = 0; row < batch; row++) {
            for (int step = 0; step < steps; step++) {
                xs[step * batch + row] = encode(rows.get(row)[step]);
            }
            wanted[row] = encode(rows.get(row)[steps]);
        }
        CellState batchState = cell.newState(batch);
        CellState dState = cell.newState(batch);
        CellTape tape = cell.newTape(steps, batch);
        DenseTape outputTape = output.newTape(batch);
        float[] ys = new float[steps * batch * units];
        float[] dys = new float[ys.length];
        int last = (steps - 1) * batch * units;
        float[] out = new float[batch];
        float[] dOut = new float[batch];
        Gradients gradients = cell.newGradients();
        Gradients outputGradients = output.newGradients();
        Adam adam = new Adam(kernels, learningRate,
                List.of(new Trainable(cell.weights(), gradients), new Trainable(output.weights(), outputGradients)));
        double loss = Double.NaN;
        for (int epoch = 0; epoch < epochs; epoch++) {
            adam.setLearningRate(learningRate * (0.505 + 0.495 * StrictMath.cos(Math.PI * epoch / epochs)));
            adam.zeroGradients();
            batchState.reset();
            dState.reset();
            cell.forward(xs, 0, steps, batchState, tape, ys, 0);
            output.forward(ys, last, batch, outputTape, out, 0);
            loss = Loss.meanSquaredError(kernels, out, 0, wanted, 0, dOut, 0, batch);
            output.backward(dOut, 0, outputTape, outputGradients, dys, last);
            cell.backward(dys, 0, tape, dState, gradients);
            adam.clipGlobalNorm(CLIP);
            adam.step();
            progress.accept(epoch + 1L);
        }
        return loss * scale * scale;
    }

    /** Reads the numbers but the last and returns the answer. */
    double answer(double[] row) {
        state.reset();
        for (int step = 0; step < row.length - 1; step++) {
            step(encode(row[step]));
        }
        state.copyH(h, 0);
        output.forward(h, 0, 1, answer, y, 0);
        return center + scale * y[0];
    }

    /** Mean absolute error of the answers. */
    double meanAbsoluteError(List<double[]> rows) {
        return rows.stream().mapToDouble(row -> Math.abs(answer(row) - row[row.length - 1])).average().orElseThrow();
    }

    /** One step of the layer with its own state; for streaming and for measuring it. */
    void step(float value) {
        x[0] = value;
        cell.step(x, 0, state);
    }

    private float encode(double number) {
        return (float) ((number - center) / scale);
    }

    private void normalize(List<double[]> rows) {
        double min = rows.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
        double max = rows.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        center = (min + max) / 2;
        scale = Math.max((max - min) / 2, Double.MIN_NORMAL);
    }
}
