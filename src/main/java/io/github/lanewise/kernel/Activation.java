package io.github.lanewise.kernel;

/** The function that follows a matrix product. */
public enum Activation {
    /** {@code f(x) = x}. */
    IDENTITY,
    /** {@code f(x) = tanh(x)}. */
    TANH,
    /** {@code f(x) = 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** {@code f(x) = max(0, x)}. */
    RELU
}
