package io.github.lanewise.bench.digits;

import io.github.lanewise.bench.digits.Recordings.Recording;
import io.github.lanewise.kernel.Diagnostics;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.Lstm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Trains an LSTM to name spoken digits and fails if it gets fewer than 95 % of the test recordings right. {@code spoken_digits.py} does the same
 * with PyTorch.
 *
 * <p>Arguments: the dataset as tar.xz or folder, then a seed if wanted.
 */
public final class SpokenDigits {
    private static final int HIDDEN = 64;
    private static final int BATCH = 32;
    private static final int EPOCHS = 30;
    private static final double LEARNING_RATE = 0.005;
    private static final double WANTED = 0.95;

    private SpokenDigits() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        if (args.length < 1 || args.length > 2) {
            out.println("usage: SpokenDigits RECORDINGS [SEED], the free spoken digit dataset as tar.xz or folder");
            System.exit(2);
        }
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        List<Recording> training = new ArrayList<>();
        List<Recording> test = new ArrayList<>();
        Recordings.read(Path.of(args[0])).forEach(recording -> (recording.test ? test : training).add(recording));
        if (training.size() < BATCH || test.isEmpty()) {
            out.println(args[0] + ": got " + training.size() + " recordings to train on and " + test.size() + " to test on, wanted at least " + BATCH + " and 1");
            System.exit(2);
        }
        standardize(training, test);
        int longest = Math.max(longest(training), longest(test));
        DigitClassifier classifier = new DigitClassifier(Lstm.create(LogBands.BANDS, HIDDEN, new SplitMix64(seed)), seed + 1, BATCH, longest);
        Adam adam = classifier.newAdam(LEARNING_RATE);
        Random random = new Random(seed);
        int updates = training.size() / BATCH;
        long start = System.nanoTime();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Collections.shuffle(training, random);
            double loss = 0;
            for (int update = 0; update < updates; update++) {
                adam.setLearningRate(LEARNING_RATE * 0.5 * (1 + StrictMath.cos(Math.PI * (epoch + (double) update / updates) / EPOCHS)));
                loss += classifier.update(training.subList(update * BATCH, (update + 1) * BATCH), adam);
            }
            out.printf("epoch %2d: loss %.4f, %.2f s%n", epoch + 1, loss / updates, (System.nanoTime() - start) / 1e9);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double accuracy = classifier.accuracy(test);
        out.printf("LSTM, %d hidden units, %d bands: %.2f %% of %d recordings right (training: %.2f %% of %d); trained in %.2f s, %s%n", HIDDEN, LogBands.BANDS,
                100 * accuracy, test.size(), 100 * classifier.accuracy(training), training.size(), seconds, Diagnostics.current().backend());
        if (accuracy < WANTED) {
            out.printf("got %.2f %%, wanted at least %.0f %%%n", 100 * accuracy, 100 * WANTED);
            System.exit(1);
        }
    }

    private static int longest(List<Recording> recordings) {
        return recordings.stream().mapToInt(Recording::length).max().orElseThrow();
    }

    /** Shifts and scales every band to mean 0 and deviation 1 over the training recordings. */
    private static void standardize(List<Recording> training, List<Recording> test) {
        for (int band = 0; band < LogBands.BANDS; band++) {
            double sum = 0;
            double squares = 0;
            long count = 0;
            for (Recording recording : training) {
                for (int i = band; i < recording.frames.length; i += LogBands.BANDS) {
                    sum += recording.frames[i];
                    squares += (double) recording.frames[i] * recording.frames[i];
                    count++;
                }
            }
            double mean = sum / count;
            double deviation = Math.sqrt(squares / count - mean * mean);
            for (List<Recording> part : List.of(training, test)) {
                for (Recording recording : part) {
                    for (int i = band; i < recording.frames.length; i += LogBands.BANDS) {
                        recording.frames[i] = (float) ((recording.frames[i] - mean) / deviation);
                    }
                }
            }
        }
    }
}
