package io.github.lanewise.bench.anchors;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.RecurrentCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Daily temperatures: tomorrow's from all before it, root mean squared error in degrees over the last fifth of the series. Trained on random
 * windows of the first four fifths. The file is comma-separated, a header first, the temperature last in each row.
 */
final class Temperatures implements Anchor {
    private static final int BATCH = 32;
    private static final int STEPS = 64;
    private static final int UPDATES = 1000;
    private static final double LEARNING_RATE = 0.003;

    private final float[] series;
    private final int trainingLength;
    private final double deviation;
    private final Network network;
    private final Random random;
    private final float[] targets = new float[STEPS * BATCH];

    Temperatures(Path file, IntFunction<RecurrentCell> cells, long seed) throws IOException {
        List<String> lines = Files.readAllLines(file);
        series = new float[Math.max(0, lines.size() - 1)];
        trainingLength = (int) (series.length * 4L / 5);
        if (trainingLength <= STEPS) {
            throw new IOException(file + ": got " + series.length + " rows, wanted at least " + 2 * STEPS);
        }
        for (int i = 0; i < series.length; i++) {
            String line = lines.get(i + 1);
            try {
                series[i] = Float.parseFloat(line.substring(line.lastIndexOf(',') + 1));
            } catch (NumberFormatException e) {
                throw new IOException(file + ", line " + (i + 2) + ": got '" + line + "', wanted a number at its end", e);
            }
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < trainingLength; i++) {
            sum += series[i];
            squares += (double) series[i] * series[i];
        }
        double mean = sum / trainingLength;
        deviation = Math.sqrt(squares / trainingLength - mean * mean);
        for (int i = 0; i < series.length; i++) {
            series[i] = (float) ((series[i] - mean) / deviation);
        }
        network = new Network(cells.apply(1), 1, STEPS, BATCH, LEARNING_RATE, seed + 1);
        random = new Random(seed);
    }

    @Override
    public String quantity() {
        return "test RMSE, degrees";
    }

    @Override
    public int updates() {
        return UPDATES;
    }

    @Override
    public double update() {
        for (int row = 0; row < BATCH; row++) {
            int start = random.nextInt(trainingLength - STEPS);
            for (int step = 0; step < STEPS; step++) {
                network.xs[step * BATCH + row] = series[start + step];
                targets[step * BATCH + row] = series[start + step + 1];
            }
        }
        network.reset();
        int rows = network.forward(STEPS);
        double loss = Loss.meanSquaredError(Kernels.best(), network.y, 0, targets, 0, network.dy, 0, rows);
        network.improve();
        return loss;
    }

    @Override
    public String inspect(int updates) {
        return updates % 200 == 0 ? "%4d updates: test RMSE %.4f".formatted(updates, quality()) : "";
    }

    /** All days in a row, each read by every row of the batch; the first row answers. */
    @Override
    public double quality() {
        network.reset();
        double squares = 0;
        int count = 0;
        for (int from = 0; from < series.length - 1; from += STEPS) {
            int steps = Math.min(STEPS, series.length - 1 - from);
            for (int i = 0; i < steps * BATCH; i++) {
                network.xs[i] = series[from + i / BATCH];
            }
            network.forward(steps);
            for (int step = 0; step < steps; step++) {
                if (from + step + 1 >= trainingLength) {
                    double error = network.y[step * BATCH] - series[from + step + 1];
                    squares += error * error;
                    count++;
                }
            }
        }
        return deviation * Math.sqrt(squares / count);
    }
}
