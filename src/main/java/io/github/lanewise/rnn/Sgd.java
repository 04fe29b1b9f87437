package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.List;

/** Stochastic gradient descent, with momentum if wanted: {@code v = momentum * v + g}, {@code w -= rate * v}. */
public final class Sgd extends Optimizer {
    private final float momentum;
    private final float[][] velocities;

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
        this.velocities = momentum == 0 ? new float[0][] : newMoments();
    }

    @Override
    public void step() {
        float rate = (float) learningRate();
        for (int i = 0; i < layers.length; i++) {
            float[] w = layers[i].weights().data;
            float[] g = layers[i].gradients().data;
            if (velocities.length == 0) {
                kernels.axpy(-rate, g, 0, w, 0, w.length);
            } else {
                kernels.momentum(rate, momentum, g, 0, velocities[i], 0, w, 0, w.length);
            }
        }
    }
}
