package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;

/** The gradients of one layer's weights and biases, which {@code backward} adds to. One thread writes at a time. */
public final class Gradients extends Parameters {
    Gradients(Layout layout) {
        super(layout);
    }

    /** Sets all gradients to zero. Allocates nothing. */
    public void zero() {
        piece.zero();
    }

    /**
     * Adds gradients of the same shape: {@code this += other}. Allocates nothing. Adding the parts of several threads in a fixed order keeps
     * the bits independent of timing.
     *
     * @param other addend
     * @throws IllegalArgumentException if the shapes differ
     */
    public void add(Gradients other) {
        other.requireLayout(layout);
        Kernels.best().axpy(1, other.data, other.start, data, start, layout.length());
    }
}
