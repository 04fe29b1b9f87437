package io.github.lanewise.cli.chat;

import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.EncoderDecoderGradients;
import io.github.lanewise.rnn.EncoderDecoderTape;
import java.util.Arrays;
import java.util.List;

/** Examples side by side, as {@link EncoderDecoder} wants them: all memory of a training step but the weights and their gradients. */
final class Batch {
    /** Numbers of tokens: a question, and an answer without start and end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Example(int[] source, int[] target) {}

    private final EncoderDecoder model;
    private final EncoderDecoderTape tape;
    private final int rows;
    private final int[] source;
    private final int[] sourceLengths;
    private final int[] target;
    private final int[] targetLengths;
    private int sourceSteps;
    private int targetSteps;

    Batch(EncoderDecoder model, int rows, int longestSource, int longestTarget) {
        this.model = model;
        this.rows = rows;
        tape = model.newTape(longestSource, longestTarget + 1, rows);
        source = new int[longestSource * rows];
        target = new int[(longestTarget + 2) * rows];
        sourceLengths = new int[rows];
        targetLengths = new int[rows];
    }

    /** Fills in up to as many examples as there are rows; those with long answers come first, so that the rows of a step lie together. */
    void fill(List<Example> examples) {
        List<Example> sorted = examples.stream().sorted((a, b) -> b.target.length - a.target.length).toList();
        sourceSteps = Math.max(1, sorted.stream().mapToInt(e -> e.source.length).max().orElse(1));
        targetSteps = sorted.getFirst().target.length + 1;
        Arrays.fill(source, Words.UNKNOWN);
        Arrays.fill(target, Words.END);
        Arrays.fill(sourceLengths, 0);
        Arrays.fill(targetLengths, 0);
        for (int row = 0; row < sorted.size(); row++) {
            Example example = sorted.get(row);
            sourceLengths[row] = example.source.length;
            targetLengths[row] = example.target.length + 1;
            for (int step = 0; step < example.source.length; step++) {
                source[step * rows + row] = example.source[step];
            }
            target[row] = Words.START;
            for (int step = 0; step < example.target.length; step++) {
                target[(step + 1) * rows + row] = example.target[step];
            }
        }
    }

    /** Tokens that are scored, ends included. */
    int scored() {
        return Arrays.stream(targetLengths).sum();
    }

    /** Tokens that are read or scored. */
    int size() {
        return scored() + Arrays.stream(sourceLengths).sum();
    }

    /** Mean loss of a token. */
    double loss() {
        return model.loss(source, sourceSteps, sourceLengths, target, targetSteps, targetLengths, tape);
    }

    /** Mean loss of a token; {@code gradients +=}. */
    double lossAndGradients(EncoderDecoderGradients gradients) {
        return model.lossAndGradients(source, sourceSteps, sourceLengths, target, targetSteps, targetLengths, tape, gradients);
    }
}
