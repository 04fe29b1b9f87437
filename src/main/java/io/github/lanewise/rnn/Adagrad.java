package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.List;

/** Adagrad (Duchi, Hazan and Singer 2011): {@code s += g^2}, {@code w -= rate * g / (sqrt(s) + epsilon)}. */
public final class Adagrad extends Optimizer {
    private final float epsilon;
    private final Piece[] squares;

    /**
     * Creates the optimizer with zero sums of squares.
     *
     * @param kernels the kernels to run on
     * @param learningRate step size
     * @param epsilon added to the root, for example 1e-10
     * @param layers what to update
     * @throws IllegalArgumentException if a number is out of range
     */
    public Adagrad(Kernels kernels, double learningRate, double epsilon, List<Trainable> layers) {
        super(kernels, learningRate, layers);
        this.epsilon = (float) requireRange("epsilon", epsilon, Double.MAX_VALUE);
        this.squares = newMoments();
        if (this.epsilon == 0) {
            throw new IllegalArgumentException("epsilon: got " + epsilon + ", wanted a float above 0: padding would become 0 / 0");
        }
    }

    @Override
    public void step() {
        for (int i = 0; i < layers.length; i++) {
            Weights w = layers[i].weights();
            Gradients g = layers[i].gradients();
            Piece s = squares[i];
            kernels.adagrad((float) learningRate(), epsilon, g.data, g.start, s.data, s.start, w.data, w.start, w.layout.length());
        }
    }
}
