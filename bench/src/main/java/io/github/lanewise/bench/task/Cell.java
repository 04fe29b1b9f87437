package io.github.lanewise.bench.task;

import java.util.Locale;

/** A kind of recurrent layer. */
public enum Cell {
    /** Four gates, in the order i, f, g, o. */
    LSTM(4),
    /** One tanh. */
    ELMAN(1);

    private final int gates;

    Cell(int gates) {
        this.gates = gates;
    }

    /** Pre-activations per unit. */
    public int gates() {
        return gates;
    }

    /** The name in reports and parameters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The inverse of {@link #label}. */
    public static Cell of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
