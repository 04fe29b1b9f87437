package io.github.lanewise.rnn;

/**
 * The weights and biases of one layer. Only read by {@code step}, {@code forward} and {@code backward}: one layer serves any number of
 * threads, as long as nobody writes (an optimizer's step, a setter) at the same time.
 */
public final class Weights extends Parameters {
    Weights(Layout layout) {
        super(layout);
    }
}
