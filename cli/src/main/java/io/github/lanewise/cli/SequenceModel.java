package io.github.lanewise.cli;

import io.github.lanewise.rnn.RecurrentCell;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** A network that reads a row number by number and answers with the next. */
final class SequenceModel {
    private final Network network;
    private final Network.Stream stream;
    private double center;
    private double scale = 1;

    SequenceModel(RecurrentCell cell, long seed) {
        network = Network.on(cell, seed + 1);
        stream = network.newStream();
    }

    /**
     * Trains on all rows at once; the learning rate falls along a half cosine.
     *
     * @return the mean squared error of the last epoch, in the units of the data
     */
    double train(List<double[]> rows, int epochs, double learningRate, LongConsumer progress) {
        normalize(rows);
        int batch = rows.size();
        int steps = rows.get(0).length - 1;
        float[] xs = new float[steps * batch];
        float[] wanted = new float[batch];
        for (int row = 0; row < batch; row++) {
            for (int step = 0; step < steps; step++) {
                xs[step * batch + row] = encode(rows.get(row)[step]);
            }
            wanted[row] = encode(rows.get(row)[steps]);
        }
        Trainer trainer = new Trainer(network, steps, batch, 1, learningRate);
        double loss = Double.NaN;
        for (int epoch = 0; epoch < epochs; epoch++) {
            trainer.anneal((double) epoch / epochs);
            trainer.reset();
            loss = trainer.update(xs, wanted);
            progress.accept(epoch + 1L);
        }
        return loss * scale * scale;
    }

    /** Reads the numbers but the last and returns the answer. */
    double answer(double[] row) {
        stream.reset();
        for (int step = 0; step < row.length - 1; step++) {
            step(encode(row[step]));
        }
        return center + scale * stream.answer();
    }

    /** Mean absolute error of the answers. */
    double meanAbsoluteError(List<double[]> rows) {
        return rows.stream().mapToDouble(row -> Math.abs(answer(row) - row[row.length - 1])).average().orElseThrow();
    }

    /** One step of the recurrent layer; for streaming and for measuring it. */
    void step(float value) {
        stream.read(value);
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
