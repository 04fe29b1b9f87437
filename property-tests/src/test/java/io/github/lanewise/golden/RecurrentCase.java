package io.github.lanewise.golden;

import io.github.lanewise.oracle.Activation;
import java.util.Locale;
import java.util.stream.IntStream;

/** A golden case read as a recurrent layer: its kind and sizes, and bias as the one sum b_ih + b_hh. */
public record RecurrentCase(GoldenCase golden) {
    /** Returns whether a golden case is a recurrent layer. */
    public static boolean matches(GoldenCase golden) {
        return golden.name().startsWith("rnn_") || golden.name().startsWith("lstm_");
    }

    /** Is it an LSTM (else an Elman layer)? */
    public boolean lstm() {
        return golden.name().startsWith("lstm_");
    }

    /** The activation of an Elman layer. */
    public Activation activation() {
        return Activation.valueOf(golden.name().split("_", -1)[1].toUpperCase(Locale.ROOT));
    }

    /** Number of steps. */
    public int steps() {
        return golden.input("x").dimensions()[0];
    }

    /** Number of sequences. */
    public int batch() {
        return golden.input("x").dimensions()[1];
    }

    /** Size of an input. */
    public int inputs() {
        return golden.input("x").dimensions()[2];
    }

    /** Size of the hidden state. */
    public int hidden() {
        return golden.input("h0").dimensions()[1];
    }

    /** Blocks of rows: 4 gates or 1. */
    public int blocks() {
        return lstm() ? 4 : 1;
    }

    /** Has the layer biases? */
    public boolean hasBias() {
        return golden.inputs().containsKey("b_ih");
    }

    /** Length of every sequence. */
    public int[] lengths() {
        return golden.inputs().containsKey("lengths")
                ? IntStream.range(0, batch()).map(n -> (int) values("lengths")[n]).toArray()
                : IntStream.range(0, batch()).map(n -> steps()).toArray();
    }

    /** The values of an input; c0 and dcT are empty for an Elman layer. */
    public double[] values(String tensor) {
        return golden.inputs().containsKey(tensor) ? golden.input(tensor).values() : new double[0];
    }

    /** b_ih + b_hh, zero without bias. */
    public double[] bias() {
        double[] sum = new double[blocks() * hidden()];
        for (int i = 0; hasBias() && i < sum.length; i++) {
            sum[i] = values("b_ih")[i] + values("b_hh")[i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return golden.name();
    }
}
