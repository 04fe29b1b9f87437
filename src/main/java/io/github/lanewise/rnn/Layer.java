package io.github.lanewise.rnn;

/** What has weights: a recurrent or a dense layer. */
public sealed interface Layer permits RecurrentCell, Dense {
    /**
     * Returns the weights.
     *
     * @return the live weights, which also tell the shape of the layer
     */
    Weights weights();
}
