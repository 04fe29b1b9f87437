package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adam (Kingma and Ba 2015), and with a weight decay AdamW (Loshchilov and Hutter 2019): moments {@code m = b1 m + (1 - b1) g} and
 * {@code v = b2 v + (1 - b2) g^2}, both corrected for their zero start, then {@code w = w (1 - rate * decay) - rate * m / (sqrt(v) + epsilon)}.
 */
public final class Adam extends Optimizer {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private final Piece[] first;
    private final Piece[] second;
    /** beta1^t and beta2^t, multiplied up: StrictMath.pow allocates until C2 has compiled it. */
    private double power1 = 1;
    private double power2 = 1;
    private long steps;

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
        advance();
        double stepSize = learningRate() / (1 - power1);
        double rootCorrection = 1 / Math.sqrt(1 - power2);
        for (int i = 0; i < layers.length; i++) {
            Weights w = layers[i].weights();
            Gradients g = layers[i].gradients();
            Piece m = first[i];
            Piece v = second[i];
            kernels.adam((float) stepSize, (float) rootCorrection, (float) beta1, (float) (1 - beta1), (float) beta2, (float) (1 - beta2),
                    (float) epsilon, (float) (1 - learningRate() * weightDecay), g.data, g.start, m.data, m.start, v.data, v.start,
                    w.data, w.start, w.layout.length());
        }
    }

    private void advance() {
        steps++;
        power1 *= beta1;
        power2 *= beta2;
    }

    /**
     * Returns how many steps were made.
     *
     * @return number of calls of {@link #step}, those before {@link #restore} included
     */
    public long steps() {
        return steps;
    }

    /**
     * Returns what is to be kept, with {@link #steps} and the weights, to go on later with the same bits.
     *
     * @return copies of the first moments of each layer, then of the second moments, in an order that only {@link #restore} needs to know
     */
    public List<float[]> moments() {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).map(Piece::copy).toList();
    }

    /**
     * Goes back to where {@link #moments} were taken.
     *
     * @param madeSteps steps made until then, at least 0
     * @param moments as {@link #moments} returned them, of an optimizer for layers of the same shapes; copied
     * @throws IllegalArgumentException if the number is negative or the lengths differ; then nothing has changed
     */
    public void restore(long madeSteps, List<float[]> moments) {
        Piece[] own = Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(Piece[]::new);
        if (madeSteps < 0) {
            throw new IllegalArgumentException("steps: got " + madeSteps + ", wanted >= 0");
        }
        if (moments.size() != own.length) {
            throw new IllegalArgumentException("moments: got " + moments.size() + " arrays, wanted " + own.length);
        }
        for (int i = 0; i < own.length; i++) {
            if (moments.get(i).length != own[i].length) {
                throw new IllegalArgumentException("moments, array " + i + ": got " + moments.get(i).length + " numbers, wanted " + own[i].length);
            }
        }
        for (int i = 0; i < own.length; i++) {
            own[i].set(moments.get(i));
        }
        steps = 0;
        power1 = 1;
        power2 = 1;
        while (steps < madeSteps) {
            advance();
        }
    }
}
