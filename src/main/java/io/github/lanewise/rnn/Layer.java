package io.github.lanewise.rnn;

/** What has weights: a recurrent layer, a dense layer or an embedding. */
public sealed interface Layer permits RecurrentCell, Dense, Embedding {
    /**
     * Returns the weights.
     *
     * @return the live weights, which also tell the shape of the layer
     */
    Weights weights();
}
