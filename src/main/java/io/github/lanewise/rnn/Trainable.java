package io.github.lanewise.rnn;

import java.util.Objects;

/**
 * A layer's weights with their gradients, which an {@link Optimizer} updates together.
 *
 * @param weights the weights
 * @param gradients their gradients, of the same shape
 */
public record Trainable(Weights weights, Gradients gradients) {
    /**
     * Pairs weights and gradients.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public Trainable {
        Objects.requireNonNull(weights, "weights");
        gradients.requireLayout(weights.layout);
    }
}
