package io.github.lanewise.oracle;

import java.util.Arrays;

/**
 * Double-precision reference of an encoder-decoder: embedding, LSTM that reads, LSTM that writes from its last state, dense layer, softmax
 * cross-entropy over the scored tokens.
 *
 * <p>Parameters in one list: vectors [tokens][dimension]; W_ih, W_hh, b of the encoder; those of the decoder; W [tokens][hidden] and b of the output.
 */
public record Translator(int tokens, int dimension, int hidden) {
    /** Tokens [steps][batch] as the library has them; the target has one step more than are scored. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Sequences(int batch, int sourceSteps, int[] source, int[] sourceLengths, int targetSteps, int[] target, int[] targetLengths) {
    }

    /** Loss and the gradients in the order of the parameters. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Result(double loss, double[][] gradients) {
    }

    /** Returns the lengths of the parameters. */
    public int[] sizes() {
        int rows = 4 * hidden;
        return new int[] {tokens * dimension, rows * dimension, rows * hidden, rows, rows * dimension, rows * hidden, rows, tokens * hidden, tokens};
    }

    /** Loss and gradients. */
    public Result run(double[][] p, Sequences s) {
        LstmLayer encoder = new LstmLayer(dimension, hidden, p[1], p[2], p[3]);
        LstmLayer decoder = new LstmLayer(dimension, hidden, p[4], p[5], p[6]);
        DenseLayer output = new DenseLayer(hidden, tokens, p[7], p[8]);
        int states = s.batch * hidden;
        Batch read = new Batch(s.sourceSteps, s.sourceLengths, lookUp(p[0], s.source, s.sourceSteps * s.batch), new double[states], new double[states]);
        RecurrentLayer.Forward readForward = encoder.forward(read);
        Batch write = new Batch(s.targetSteps, s.targetLengths, lookUp(p[0], s.target, s.targetSteps * s.batch), readForward.hT(), readForward.cT());
        RecurrentLayer.Forward writeForward = decoder.forward(write);
        int[] scored = new int[s.targetSteps * s.batch];
        int count = 0;
        for (int at = 0; at < scored.length; at++) {
            if (at / s.batch < s.targetLengths[at % s.batch]) {
                scored[count++] = at;
            }
        }
        double[] x = new double[count * hidden];
        int[] wanted = new int[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(writeForward.y(), scored[i] * hidden, x, i * hidden, hidden);
            wanted[i] = s.target[scored[i] + s.batch];
        }
        Loss loss = Loss.softmaxCrossEntropy(output.preActivation(x), tokens, wanted);
        DenseLayer.Gradients dOutput = output.backward(x, loss.gradient());
        double[] dy = new double[writeForward.y().length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(dOutput.x(), i * hidden, dy, scored[i] * hidden, hidden);
        }
        RecurrentLayer.Gradients dWrite = decoder.backward(write, writeForward, dy, new double[states], new double[states]);
        RecurrentLayer.Gradients dRead = encoder.backward(read, readForward, new double[s.sourceSteps * states], dWrite.h0(), dWrite.c0());
        double[] dVectors = new double[p[0].length];
        addBack(dVectors, s.source, dRead.x());
        addBack(dVectors, s.target, dWrite.x());
        return new Result(loss.value(), new double[][] {dVectors, dRead.wIh(), dRead.wHh(), dRead.bias(), dWrite.wIh(), dWrite.wHh(), dWrite.bias(),
            dOutput.w(), dOutput.bias()});
    }

    private double[] lookUp(double[] vectors, int[] numbers, int count) {
        double[] x = new double[count * dimension];
        Arrays.setAll(x, i -> vectors[numbers[i / dimension] * dimension + i % dimension]);
        return x;
    }

    private void addBack(double[] dVectors, int[] numbers, double[] dx) {
        for (int i = 0; i < dx.length; i++) {
            dVectors[numbers[i / dimension] * dimension + i % dimension] += dx[i];
        }
    }
}
