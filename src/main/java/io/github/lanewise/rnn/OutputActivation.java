package io.github.lanewise.rnn;

/** The function g_y of an output layer. */
public enum OutputActivation {
    /** {@code y = z}. */
    IDENTITY,
    /** {@code y = 1 / (1 + exp(-z))}. */
    SIGMOID,
    /** {@code y = tanh(z)}. */
    TANH,
    /** {@code y = exp(z) / sum(exp(z))} over the outputs of a row. */
    SOFTMAX
}
