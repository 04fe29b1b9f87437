package io.github.lanewise.bench.anchors;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.RecurrentCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A text, character by character (char-rnn, Karpathy 2015): the next one from all before it, in nats. The text is cut into 32 streams that are
 * read side by side, 50 characters an update, the state carried on; the last tenth is the test.
 */
final class Characters implements EpochAnchor {
    private static final int BATCH = 32;
    private static final int STEPS = 50;
    private static final int EPOCHS = 2;
    private static final double LEARNING_RATE = 0.002;

    private final int[] text;
    private final int trainingLength;
    private final int alphabet;
    private final Network network;
    private final int[] targets = new int[STEPS * BATCH];
    private int next;
    private double quality = Double.NaN;

    Characters(Path file, IntFunction<RecurrentCell> cells, long seed) throws IOException {
        String characters = Files.readString(file);
        int[] known = characters.chars().sorted().distinct().toArray();
        alphabet = known.length;
        text = characters.chars().map(c -> Arrays.binarySearch(known, c)).toArray();
        trainingLength = (int) (text.length * 9L / 10);
        int shortest = (BATCH * STEPS + 1) * 10;
        if (text.length < shortest) {
            throw new IOException(file + ": got " + text.length + " characters, wanted at least " + shortest);
        }
        network = new Network(cells.apply(alphabet), alphabet, STEPS, BATCH, LEARNING_RATE, seed + 1);
    }

    @Override
    public String quantity() {
        return "test loss, nats a character";
    }

    @Override
    public int epochs() {
        return EPOCHS;
    }

    @Override
    public int updatesPerEpoch() {
        return updates(0, trainingLength);
    }

    private static int updates(int from, int to) {
        return (to - from - 1) / BATCH / STEPS;
    }

    @Override
    public double update() {
        int rows = forward(0, trainingLength, next);
        next = (next + 1) % updatesPerEpoch();
        double loss = Loss.softmaxCrossEntropy(Kernels.best(), network.y, 0, targets, 0, network.dy, 0, rows, alphabet);
        network.improve();
        return loss;
    }

    @Override
    public String inspectEpoch(int epochs) {
        double sum = 0;
        int count = updates(trainingLength, text.length);
        for (int i = 0; i < count; i++) {
            int rows = forward(trainingLength, text.length, i);
            sum += Loss.softmaxCrossEntropy(Kernels.best(), network.y, 0, targets, 0, network.dy, 0, rows, alphabet);
        }
        quality = sum / count;
        return "epoch %d: test %.4f".formatted(epochs, quality);
    }

    @Override
    public double quality() {
        return quality;
    }

    /** Reads the next characters of all streams of a part of the text. */
    private int forward(int from, int to, int update) {
        if (update == 0) {
            network.reset();
        }
        int stream = (to - from - 1) / BATCH;
        Arrays.fill(network.xs, 0);
        for (int step = 0; step < STEPS; step++) {
            for (int row = 0; row < BATCH; row++) {
                int at = from + row * stream + update * STEPS + step;
                network.xs[(step * BATCH + row) * alphabet + text[at]] = 1;
                targets[step * BATCH + row] = text[at + 1];
            }
        }
        return network.forward(STEPS);
    }
}
