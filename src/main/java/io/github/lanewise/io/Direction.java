package io.github.lanewise.io;

/** Which of the two layers of a bidirectional one: see {@link io.github.lanewise.rnn.Bidirectional}. */
public enum Direction {
    /** From the first step to the last. */
    FORWARD,
    /** From the last step to the first. */
    REVERSE
}
