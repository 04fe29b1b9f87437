package io.github.lanewise.bench.anchors;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.RecurrentCell;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997): 100 random numbers, two of them marked, one in each half; after the last step their sum.
 * Always answering 1 has a mean squared error of 0.167. The quality is the number of updates until the error on 1,024 other sequences, measured
 * every 25 updates, is below 0.01.
 */
final class Adding implements Anchor {
    static final int LENGTH = 100;
    private static final int BATCH = 32;
    private static final int TEST_BATCHES = 32;
    private static final int LOOK = 25;
    private static final int UPDATES = 3000;
    private static final double SOLVED = 0.01;
    private static final double LEARNING_RATE = 0.01;

    private final Network network;
    private final Random random;
    private final long seed;
    private final float[] targets = new float[BATCH];
    private int solvedAfter = Integer.MAX_VALUE;

    Adding(IntFunction<RecurrentCell> cells, long seed) {
        network = new Network(cells.apply(2), 1, LENGTH, BATCH, LEARNING_RATE, seed + 1);
        random = new Random(seed);
        this.seed = seed;
    }

    @Override
    public String quantity() {
        return "updates until the test MSE is below 0.01";
    }

    @Override
    public int updates() {
        return UPDATES;
    }

    @Override
    public double update() {
        double loss = loss(random);
        network.improve();
        return loss;
    }

    @Override
    public String inspect(int updates) {
        if (updates % LOOK != 0) {
            return "";
        }
        Random others = new Random(-1 - seed);
        double sum = 0;
        for (int i = 0; i < TEST_BATCHES; i++) {
            sum += loss(others);
        }
        double error = sum / TEST_BATCHES;
        if (error < SOLVED && !isSolved()) {
            solvedAfter = updates;
        }
        return updates % (10 * LOOK) == 0 || isSolved() ? "%4d updates: test MSE %.5f".formatted(updates, error) : "";
    }

    @Override
    public boolean isSolved() {
        return solvedAfter < Integer.MAX_VALUE;
    }

    @Override
    public double quality() {
        return isSolved() ? solvedAfter : Double.NaN;
    }

    private double loss(Random source) {
        draw(source, network.xs, targets);
        network.reset();
        int rows = network.forward(LENGTH, new int[0], true);
        return Loss.meanSquaredError(Kernels.best(), network.y, 0, targets, 0, network.dy, 0, rows);
    }

    /** Draws sequences {@code [LENGTH][targets.length][number, mark]} and the sums of their marked numbers. */
    static void draw(Random source, float[] xs, float[] targets) {
        for (int row = 0; row < targets.length; row++) {
            int first = source.nextInt(LENGTH / 2);
            int second = LENGTH / 2 + source.nextInt(LENGTH / 2);
            targets[row] = 0;
            for (int step = 0; step < LENGTH; step++) {
                int at = (step * targets.length + row) * 2;
                boolean marked = step == first || step == second;
                xs[at] = source.nextFloat();
                xs[at + 1] = marked ? 1 : 0;
                targets[row] += marked ? xs[at] : 0;
            }
        }
    }
}
