package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.List;

/** Stochastic gradient descent, with momentum if wanted: {@code v = momentum * v + g}, {@code w -= rate * v}. */
public final class Sgd extends Optimizer {
    private final float momentum;
    private final Piece[] velocities;

    /**
     * Creates the optimizer with zero velocities.
     *
     * @param kernels the kernels to run on
     * @param learningRate step size
     * @param momentum decay of the velocity, 0 for plain gradient descent
     * @param layers what to update
     * @throws IllegalArgumentException if a number is out of range
     */
    public Sgd(Kernels kernels, double learningRate, double momentum, List<Trainable> layers) {
        super(kernels, learningRate, layers);
        this.momentum = (float) requireRange("momentum", momentum, 1);
        this.velocities = momentum == 0 ? new Piece[0] : newMoments();
    }

    @Override
    public void step() {
        float rate = (float) learningRate();
        for (int i = 0; i < layers.length; i++) {
            Weights w = layers[i].weights();
            Gradients g = layers[i].gradients();
            if (velocities.length == 0) {
                kernels.axpy(-rate, g.data, g.start, w.data, w.start, w.layout.length());
            } else {
                Piece v = velocities[i];
                kernels.momentum(rate, momentum, g.data, g.start, v.data, v.start, w.data, w.start, w.layout.length());
            }
        }
    }
}
