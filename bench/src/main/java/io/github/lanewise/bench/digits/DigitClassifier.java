package io.github.lanewise.bench.digits;

import io.github.lanewise.bench.digits.Recordings.Recording;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Trainable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A recurrent layer that reads a recording, and a dense layer that names the digit from its last hidden state. Trained in batches. */
final class DigitClassifier {
    private static final int DIGITS = 10;
    private static final double CLIP = 1;

    private final RecurrentCell cell;
    private final Dense output;
    private final int batch;
    private final CellState state;
    private final CellState dState;
    private final CellTape tape;
    private final DenseTape outputTape;
    private final Gradients gradients;
    private final Gradients outputGradients;
    private final float[] xs;
    private final float[] ys;
    private final float[] dys;
    private final float[] h;
    private final float[] dh;
    private final float[] logits;
    private final float[] dLogits;
    private final int[] lengths;
    private final int[] digits;

    DigitClassifier(RecurrentCell cell, long seed, int batch, int longest) {
        this.cell = cell;
        this.batch = batch;
        output = Dense.create(cell.units(), DIGITS, OutputActivation.IDENTITY, new SplitMix64(seed));
        state = cell.newState(batch);
        dState = cell.newState(batch);
        tape = cell.newTape(longest, batch);
        outputTape = output.newTape(batch);
        gradients = cell.newGradients();
        outputGradients = output.newGradients();
        xs = new float[longest * batch * LogBands.BANDS];
        ys = new float[longest * batch * cell.units()];
        // Only the last state counts: no gradient comes from the outputs of the steps.
        dys = new float[ys.length];
        h = new float[batch * cell.units()];
        dh = new float[h.length];
        logits = new float[batch * DIGITS];
        dLogits = new float[logits.length];
        lengths = new int[batch];
        digits = new int[batch];
    }

    Adam newAdam(double learningRate) {
        return new Adam(Kernels.best(), learningRate,
                List.of(new Trainable(cell.weights(), gradients), new Trainable(output.weights(), outputGradients)));
    }

    /** Improves the weights on one batch and returns its loss, in nats. */
    double update(List<Recording> recordings, Adam adam) {
        read(recordings);
        adam.zeroGradients();
        double loss = Loss.softmaxCrossEntropy(Kernels.best(), logits, 0, digits, 0, dLogits, 0, batch, DIGITS);
        output.backward(dLogits, 0, outputTape, outputGradients, dh, 0);
        dState.reset();
        dState.setH(dh, 0);
        cell.backward(dys, 0, tape, dState, gradients);
        adam.clipGlobalNorm(CLIP);
        adam.step();
        return loss;
    }

    /** The share of the recordings whose digit is named rightly. */
    double accuracy(List<Recording> recordings) {
        int right = 0;
        for (int from = 0; from < recordings.size(); from += batch) {
            List<Recording> part = recordings.subList(from, Math.min(from + batch, recordings.size()));
            read(part);
            // The rows are in the order of the sorted batch; surplus rows are empty.
            for (int row = 0; row < part.size(); row++) {
                int best = 0;
                for (int digit = 1; digit < DIGITS; digit++) {
                    best = logits[row * DIGITS + digit] > logits[row * DIGITS + best] ? digit : best;
                }
                right += best == digits[row] ? 1 : 0;
            }
        }
        return (double) right / recordings.size();
    }

    /** A forward pass, longest recording first: so the rows that still run are neighbours, and one product serves them. */
    private void read(List<Recording> recordings) {
        Recording[] rows = recordings.toArray(new Recording[0]);
        Arrays.sort(rows, Comparator.comparingInt(Recording::length).reversed());
        Arrays.fill(lengths, 0);
        Arrays.fill(digits, 0);
        int steps = rows[0].length();
        for (int row = 0; row < rows.length; row++) {
            lengths[row] = rows[row].length();
            digits[row] = rows[row].digit;
            for (int step = 0; step < lengths[row]; step++) {
                System.arraycopy(rows[row].frames, step * LogBands.BANDS, xs, (step * batch + row) * LogBands.BANDS, LogBands.BANDS);
            }
        }
        state.reset();
        cell.forward(xs, 0, steps, lengths, state, tape, ys, 0);
        state.copyH(h, 0);
        output.forward(h, 0, batch, outputTape, logits, 0);
    }
}
