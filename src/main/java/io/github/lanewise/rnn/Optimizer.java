package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.List;

/**
 * Updates weights from their gradients. A training step is: zero the gradients, backward, clip if wanted, step.
 *
 * <p>An optimizer holds its own moments for every layer. It is used by one thread; while it steps, nobody may read the weights. Nothing is
 * allocated after construction.
 */
public abstract sealed class Optimizer permits Sgd, Adagrad, Adam {
    final Kernels kernels;
    final Trainable[] layers;
    private double learningRate;

    Optimizer(Kernels kernels, double learningRate, List<Trainable> layers) {
        this.kernels = kernels;
        this.layers = layers.toArray(new Trainable[0]);
        setLearningRate(learningRate);
    }

    /**
     * Updates all weights from the current gradients.
     */
    public abstract void step();

    /**
     * Returns the step size.
     *
     * @return learning rate of the next step
     */
    public final double learningRate() {
        return learningRate;
    }

    /**
     * Sets the step size, for schedules.
     *
     * @param rate learning rate, finite, at least 0
     * @throws IllegalArgumentException if the rate is out of range
     */
    public final void setLearningRate(double rate) {
        learningRate = requireRange("learning rate", rate, Double.MAX_VALUE);
    }

    /** Sets all gradients to zero. */
    public final void zeroGradients() {
        for (Trainable layer : layers) {
            layer.gradients().zero();
        }
    }

    /**
     * Scales all gradients by one factor such that their common Euclidean norm is at most {@code maxNorm} (Pascanu et al. 2013), by
     * {@code maxNorm / (norm + 1e-6)}. A norm that is not finite leaves the gradients alone: look at the result.
     *
     * @param maxNorm largest norm, at least 0
     * @return the norm before
     * @throws IllegalArgumentException if {@code maxNorm} is negative or NaN
     */
    public final double clipGlobalNorm(double maxNorm) {
        requireRange("maximum norm", maxNorm, Double.POSITIVE_INFINITY);
        double sum = 0;
        for (Trainable layer : layers) {
            Gradients g = layer.gradients();
            sum += kernels.sumOfSquares(g.data, g.start, g.layout.length());
        }
        double norm = Math.sqrt(sum);
        if (norm > maxNorm && norm < Double.POSITIVE_INFINITY) {
            float factor = (float) (maxNorm / (norm + 1e-6));
            for (Trainable layer : layers) {
                Gradients g = layer.gradients();
                kernels.scale(factor, g.data, g.start, g.layout.length());
            }
        }
        return norm;
    }

    static double requireRange(String what, double got, double most) {
        if (!(got >= 0 && got <= most)) {
            throw new IllegalArgumentException(what + ": got " + got + ", wanted 0 to " + most);
        }
        return got;
    }

    /** Zeros for each layer, as many as its packed weights. */
    final Piece[] newMoments() {
        Piece[] moments = new Piece[layers.length];
        for (int i = 0; i < layers.length; i++) {
            moments[i] = Slabs.piece(layers[i].weights().layout.length());
        }
        return moments;
    }
}
