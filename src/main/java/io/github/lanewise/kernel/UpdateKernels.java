package io.github.lanewise.kernel;

/**
 * Updates of parameter arrays: scaling, adding, and the steps of the optimizers.
 *
 * <p>Arrays come as (array, offset) with one common length, which may be 0. Each element is handled alone, so every split of an array into
 * calls gives the same bits. Arrays that are written must not overlap others. Methods allocate nothing and are thread-safe for distinct
 * outputs. They throw {@link IndexOutOfBoundsException} before anything is written when a range falls outside its array.
 */
public sealed interface UpdateKernels permits Kernels, Softmax, ScalarUpdates, VectorUpdates {

    /**
     * {@code y += alpha * x}, as {@code y = fma(alpha, x, y)}.
     *
     * @param alpha the factor
     * @param x addend; read only
     * @param xOffset index of its first element
     * @param y sum; updated
     * @param yOffset index of its first element
     * @param length number of elements
     */
    void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code y = alpha * y}.
     *
     * @param alpha the factor
     * @param y array; updated
     * @param yOffset index of the first element
     * @param length number of elements
     */
    void scale(float alpha, float[] y, int yOffset, int length);

    /**
     * SGD with momentum: {@code v = fma(momentum, v, g)}, then {@code w = fma(-learningRate, v, w)}.
     *
     * @param learningRate step size
     * @param momentum decay of the velocity, 0 for none
     * @param gradient gradients g; read only
     * @param gradientOffset index of the first element
     * @param velocity velocities v; updated
     * @param velocityOffset index of the first element
     * @param weights weights w; updated
     * @param weightsOffset index of the first element
     * @param length number of elements
     */
    void momentum(float learningRate, float momentum, float[] gradient, int gradientOffset, float[] velocity, int velocityOffset,
                  float[] weights, int weightsOffset, int length);

    /**
     * Adagrad (Duchi et al. 2011): {@code s = fma(g, g, s)}, then {@code w = w - (learningRate * g) / (sqrt(s) + epsilon)}.
     *
     * @param learningRate step size
     * @param epsilon added to the root, so that nothing is divided by zero
     * @param gradient gradients g; read only
     * @param gradientOffset index of the first element
     * @param squares sums of squares s; updated
     * @param squaresOffset index of the first element
     * @param weights weights w; updated
     * @param weightsOffset index of the first element
     * @param length number of elements
     */
    void adagrad(float learningRate, float epsilon, float[] gradient, int gradientOffset, float[] squares, int squaresOffset,
                 float[] weights, int weightsOffset, int length);

    /**
     * Adam (Kingma and Ba 2015) with decoupled weight decay (AdamW, Loshchilov and Hutter 2019):
     *
     * <pre>{@code
     * m = fma(beta1, m, gain1 * g)        v = fma(beta2, v, (gain2 * g) * g)
     * w = fma(w, decay, -((stepSize * m) / fma(sqrt(v), rootCorrection, epsilon)))
     * }</pre>
     *
     * <p>The caller computes in double and passes, rounded once: {@code gain1 = 1 - beta1}, {@code gain2 = 1 - beta2} (a difference of floats
     * would be off by 5e-5), and the corrections of step t: {@code stepSize = learningRate / (1 - beta1^t)},
     * {@code rootCorrection = 1 / sqrt(1 - beta2^t)}, {@code decay = 1 - learningRate * weightDecay} (1 for plain Adam).
     *
     * @param stepSize corrected step size
     * @param rootCorrection correction of the root of v
     * @param beta1 decay of the first moment
     * @param gain1 weight of the gradient in the first moment, 1 - beta1
     * @param beta2 decay of the second moment
     * @param gain2 weight of the squared gradient in the second moment, 1 - beta2
     * @param epsilon added to the root, so that nothing is divided by zero
     * @param decay factor of the weights before the step
     * @param gradient gradients g; read only
     * @param gradientOffset index of the first element
     * @param first first moments m; updated
     * @param firstOffset index of the first element
     * @param second second moments v; updated
     * @param secondOffset index of the first element
     * @param weights weights w; updated
     * @param weightsOffset index of the first element
     * @param length number of elements
     */
    void adam(float stepSize, float rootCorrection, float beta1, float gain1, float beta2, float gain2, float epsilon, float decay,
              float[] gradient, int gradientOffset, float[] first, int firstOffset, float[] second, int secondOffset,
              float[] weights, int weightsOffset, int length);
}
