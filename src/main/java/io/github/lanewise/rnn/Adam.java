package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015), and with a weight decay AdamW (Loshchilov and Hutter 2019): moments {@code m = b1 m + (1 - b1) g} and
 * {@code v = b2 v + (1 - b2) g^2}, both corrected for their zero start, then {@code w = w (1 - rate * decay) - rate * m / (sqrt(v) + epsilon)}.
 */
public final class Adam extends Optimizer {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private final float[][] first;
    private final float[][] second;
    /** beta1^t and beta2^t, multiplied up: StrictMath.pow allocates until C2 has compiled it. */
    private double power1 = 1;
    private double power2 = 1;

    /**
     * Creates Adam with the usual settings: beta1 0.9, beta2 0.999, epsilon 1e-8, no weight decay.
     *
     * @param kernels the kernels to run on
     * @param learningRate step size
     * @param layers what to update
     * @throws IllegalArgumentException if a number is out of range
     */
    public Adam(Kernels kernels, double learningRate, List<Trainable> layers) {
        this(kernels, learningRate, 0.9, 0.999, 1e-8, 0, layers);
    }

    /**
     * Creates the optimizer with zero moments.
     *
     * @param kernels the kernels to run on
     * @param learningRate step size
     * @param beta1 decay of the first moment, at least 0 and below 1
     * @param beta2 decay of the second moment, at least 0 and below 1
     * @param epsilon added to the root, above 0
     * @param weightDecay decay of the weights per unit of learning rate, 0 for plain Adam
     * @param layers what to update
     * @throws IllegalArgumentException if a number is out of range
     */
    public Adam(Kernels kernels, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, List<Trainable> layers) {
        super(kernels, learningRate, layers);
        this.beta1 = requireRange("beta1", beta1, Math.nextDown(1.0));
        this.beta2 = requireRange("beta2", beta2, Math.nextDown(1.0));
        this.epsilon = requireRange("epsilon", epsilon, Double.MAX_VALUE);
        this.weightDecay = requireRange("weight decay", weightDecay, Double.MAX_VALUE);
        if ((float) epsilon == 0) {
            throw new IllegalArgumentException("epsilon: got " + epsilon + ", wanted a float above 0: padding would become 0 / 0");
        }
        this.first = newMoments();
        this.second = newMoments();
    }

    @Override
    public void step() {
        power1 *= beta1;
        power2 *= beta2;
        double stepSize = learningRate() / (1 - power1);
        double rootCorrection = 1 / Math.sqrt(1 - power2);
        for (int i = 0; i < layers.length; i++) {
            float[] w = layers[i].weights().data;
            kernels.adam((float) stepSize, (float) rootCorrection, (float) beta1, (float) (1 - beta1), (float) beta2, (float) (1 - beta2),
                    (float) epsilon, (float) (1 - learningRate() * weightDecay), layers[i].gradients().data, 0, first[i], 0, second[i], 0,
                    w, 0, w.length);
        }
    }
}
