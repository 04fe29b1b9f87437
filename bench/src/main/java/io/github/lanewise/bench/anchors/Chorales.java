package io.github.lanewise.bench.anchors;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.RecurrentCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Bach's chorales, one frame of 88 keys a quarter note: the next frame from those before it, in nats a frame (Boulanger-Lewandowski, Bengio and
 * Vincent 2012). The file is JSON: {@code train}, {@code valid}, {@code test}, each a list of chorales, a chorale a list of frames, a frame a list
 * of MIDI notes. The quality is that of the test part at the epoch with the best validation.
 */
final class Chorales implements EpochAnchor {
    private static final int KEYS = 88;
    private static final int LOWEST = 21;
    private static final int BATCH = 2;
    private static final int EPOCHS = 40;
    private static final double LEARNING_RATE = 0.003;

    private final List<int[][]> training;
    private final List<int[][]> validation;
    private final List<int[][]> test;
    private final Network network;
    private final Random random;
    private final float[] targets;
    private final int[] lengths = new int[BATCH];
    private int next;
    private double bestValidation = Double.POSITIVE_INFINITY;
    private double testAtBest = Double.NaN;

    /** The parts of the file. */
    private static final class Parts {
        @SerializedName("train")
        int[][][] training = {};
        @SerializedName("valid")
        int[][][] validation = {};
        @SerializedName("test")
        int[][][] test = {};
    }

    Chorales(Path file, IntFunction<RecurrentCell> cells, long seed) throws IOException {
        Parts parts = read(file);
        training = new ArrayList<>(List.of(parts.training));
        validation = List.of(parts.validation);
        test = List.of(parts.test);
        int longest = 0;
        for (List<int[][]> part : List.of(training, validation, test)) {
            for (int[][] chorale : part) {
                longest = Math.max(longest, chorale.length - 1);
            }
        }
        network = new Network(cells.apply(KEYS), KEYS, longest, BATCH, LEARNING_RATE, seed + 1);
        targets = new float[longest * BATCH * KEYS];
        random = new Random(seed);
    }

    private static Parts read(Path file) throws IOException {
        Parts parts;
        try {
            parts = new Gson().fromJson(Files.readString(file), Parts.class);
        } catch (JsonParseException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (parts == null || parts.training.length < BATCH || parts.validation.length == 0 || parts.test.length == 0) {
            throw new IOException(file + ": wanted JSON with train (at least " + BATCH + " chorales), valid and test");
        }
        for (int[][][] part : List.of(parts.training, parts.validation, parts.test)) {
            for (int[][] chorale : part) {
                if (chorale.length < 2) {
                    throw new IOException(file + ": got a chorale of " + chorale.length + " frames, wanted at least 2");
                }
                for (int[] frame : chorale) {
                    for (int note : frame) {
                        if (note < LOWEST || note >= LOWEST + KEYS) {
                            throw new IOException(file + ": got note " + note + ", wanted " + LOWEST + " to " + (LOWEST + KEYS - 1));
                        }
                    }
                }
            }
        }
        return parts;
    }

    @Override
    public String quantity() {
        return "test negative log-likelihood, nats a frame";
    }

    @Override
    public int epochs() {
        return EPOCHS;
    }

    @Override
    public int updatesPerEpoch() {
        return training.size() / BATCH;
    }

    @Override
    public double update() {
        if (next == 0) {
            Collections.shuffle(training, random);
        }
        int frames = forward(training.subList(next * BATCH, (next + 1) * BATCH));
        next = (next + 1) % updatesPerEpoch();
        int numbers = frames * KEYS;
        double loss = KEYS * Loss.binaryCrossEntropy(Kernels.best(), network.y, 0, targets, 0, network.dy, 0, numbers);
        // The mean is over frames, not over keys.
        Kernels.best().scale(KEYS, network.dy, 0, numbers);
        network.improve();
        return loss;
    }

    @Override
    public String inspectEpoch(int epochs) {
        double valid = mean(validation);
        if (valid < bestValidation) {
            bestValidation = valid;
            testAtBest = mean(test);
        }
        return "epoch %2d: validation %.4f, best %.4f, test at the best %.4f".formatted(epochs, valid, bestValidation, testAtBest);
    }

    @Override
    public double quality() {
        return testAtBest;
    }

    private double mean(List<int[][]> chorales) {
        double sum = 0;
        long count = 0;
        for (int from = 0; from < chorales.size(); from += BATCH) {
            int frames = forward(chorales.subList(from, Math.min(from + BATCH, chorales.size())));
            sum += frames * KEYS * Loss.binaryCrossEntropy(Kernels.best(), network.y, 0, targets, 0, network.dy, 0, frames * KEYS);
            count += frames;
        }
        return sum / count;
    }

    /** A pass, longest chorale first: so the rows that still run are neighbours, and one product serves them. */
    private int forward(List<int[][]> chorales) {
        int[][][] rows = chorales.toArray(new int[0][][]);
        Arrays.sort(rows, Comparator.comparingInt((int[][] chorale) -> chorale.length).reversed());
        int steps = rows[0].length - 1;
        Arrays.fill(network.xs, 0, steps * BATCH * KEYS, 0);
        Arrays.fill(lengths, 0);
        int frames = 0;
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < rows.length && step < rows[row].length - 1; row++) {
                press(rows[row][step], network.xs, (step * BATCH + row) * KEYS);
                Arrays.fill(targets, frames * KEYS, (frames + 1) * KEYS, 0);
                press(rows[row][step + 1], targets, frames * KEYS);
                frames++;
                lengths[row] = step + 1;
            }
        }
        network.reset();
        return network.forward(steps, lengths, false);
    }

    private static void press(int[] notes, float[] keys, int offset) {
        for (int note : notes) {
            keys[offset + note - LOWEST] = 1;
        }
    }
}
