package io.github.lanewise.kernel;

/**
 * Element-wise functions and their derivatives.
 *
 * <p>Arrays come as (array, offset, length); the array that is written comes last. {@code x} and {@code y} may be the same array at the same
 * offset (in place); other overlaps give unspecified values. Derivatives are taken from the function's <em>result</em> {@code y}.
 * Lengths may be 0. Nothing is allocated; methods are thread-safe for distinct outputs. All throw {@link IndexOutOfBoundsException}
 * before anything is written when a range falls outside its array, and {@link IllegalArgumentException} when a length is negative.
 *
 * <p>exp, tanh and sigmoid are this library's own: exp by the reduction of Cody and Waite (Software Manual for the Elementary Functions, 1980)
 * and a minimax polynomial, the other two from it. Their errors are given in units in the last place (ULP) of the float nearest to the
 * exact result, measured against double over all 2^32 inputs. All three are monotone, map NaN to NaN, and handle subnormal inputs and results.
 */
public sealed interface ActivationKernels permits Kernels, Softmax, Elman {

    /**
     * {@code y = tanh(x)}, error below 0.98 ULP; exactly odd, tanh(-0) is -0, and exactly 1 from 9.02 up.
     *
     * @param x arguments, any values; read only
     * @param xOffset index of the first element
     * @param y results; written
     * @param yOffset index of the first element
     * @param length number of elements
     */
    void tanh(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code y = 1 / (1 + exp(-x))}, error below 0.99 ULP for results above 2^-126 and below 1.12 ULP for subnormal ones. The relative accuracy
     * holds all the way down: sigmoid(-87) is 1.6e-38 and not 0; it is 0 from -104 down and exactly 1 from 17.4 up.
     *
     * @param x arguments, any values; read only
     * @param xOffset index of the first element
     * @param y results; written
     * @param yOffset index of the first element
     * @param length number of elements
     */
    void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code y = exp(x)}, error below 0.90 ULP; infinite above 88.7228, 0 below -103.972.
     *
     * @param x arguments, any values; read only
     * @param xOffset index of the first element
     * @param y results; written
     * @param yOffset index of the first element
     * @param length number of elements
     */
    void exp(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code y = x <= 0 ? 0 : x}: NaN stays NaN and -0 becomes +0.
     *
     * @param x arguments, any values; read only
     * @param xOffset index of the first element
     * @param y results; written
     * @param yOffset index of the first element
     * @param length number of elements
     */
    void relu(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code dx = dy * (1 - y * y)}, {@code 1 - y * y} as one fma.
     *
     * @param y results of {@link #tanh}; read only
     * @param yOffset index of the first element
     * @param dy gradients of the results; read only
     * @param dyOffset index of the first element
     * @param dx gradients of the arguments; written, may be {@code dy} or {@code y} at the same offset
     * @param dxOffset index of the first element
     * @param length number of elements
     */
    void tanhBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length);

    /**
     * {@code dx = dy * (y * (1 - y))}.
     *
     * @param y results of {@link #sigmoid}; read only
     * @param yOffset index of the first element
     * @param dy gradients of the results; read only
     * @param dyOffset index of the first element
     * @param dx gradients of the arguments; written, may be {@code dy} or {@code y} at the same offset
     * @param dxOffset index of the first element
     * @param length number of elements
     */
    void sigmoidBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length);

    /**
     * {@code dx = dy * y}.
     *
     * @param y results of {@link #exp}; read only
     * @param yOffset index of the first element
     * @param dy gradients of the results; read only
     * @param dyOffset index of the first element
     * @param dx gradients of the arguments; written, may be {@code dy} or {@code y} at the same offset
     * @param dxOffset index of the first element
     * @param length number of elements
     */
    void expBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length);

    /**
     * {@code dx = y > 0 ? dy : 0}.
     *
     * @param y results of {@link #relu}; read only
     * @param yOffset index of the first element
     * @param dy gradients of the results; read only
     * @param dyOffset index of the first element
     * @param dx gradients of the arguments; written, may be {@code dy} or {@code y} at the same offset
     * @param dxOffset index of the first element
     * @param length number of elements
     */
    void reluBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length);

    /**
     * {@code y = exp(x - max(x)) / sum(exp(x - max(x)))} over one row: {@code e = exp(x - max)}, {@code s = 1 / sum(e)}, {@code y = e * s},
     * with {@link #exp} and the canonical order of {@link ReductionKernels#sum}. A row that holds NaN or +infinity, or nothing but -infinity,
     * becomes all NaN; a single -infinity becomes 0.
     *
     * @param x arguments; read only
     * @param xOffset index of the first element
     * @param y probabilities; written, may be {@code x} at the same offset
     * @param yOffset index of the first element
     * @param length number of elements, at least 1
     * @throws IllegalArgumentException if {@code length < 1}
     */
    void softmax(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * {@code dx = y * (dy - dot(y, dy))} over one row; the dot product is {@link ReductionKernels#dot}.
     *
     * @param y results of {@link #softmax}; read only
     * @param yOffset index of the first element
     * @param dy gradients of the results; read only
     * @param dyOffset index of the first element
     * @param dx gradients of the arguments; written, may be {@code dy} or {@code y} at the same offset
     * @param dxOffset index of the first element
     * @param length number of elements
     */
    void softmaxBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length);

    /**
     * Softmax and cross-entropy of one row: returns {@code -log softmax(x)[target]} in nats and writes its gradient
     * {@code dx = softmax(x) - onehot(target)}.
     *
     * <p>The loss is {@code (max(x) - x[target]) + (float) log(sum(e))} with the sum of {@link #softmax} and the logarithm of {@link StrictMath} in
     * double, so it stays finite and exact for targets whose probability underflows. A row of which {@link #softmax} is NaN gives NaN for both.
     *
     * @param x arguments (logits); read only
     * @param xOffset index of the first element
     * @param target index of the true class within the row
     * @param dx gradients of the arguments; written, may be {@code x} at the same offset
     * @param dxOffset index of the first element
     * @param length number of elements, at least 1
     * @return the loss in nats
     * @throws IllegalArgumentException if {@code length < 1}
     * @throws IndexOutOfBoundsException if {@code target} is not below {@code length}, or a range falls outside its array
     */
    float softmaxCrossEntropy(float[] x, int xOffset, int target, float[] dx, int dxOffset, int length);
}
