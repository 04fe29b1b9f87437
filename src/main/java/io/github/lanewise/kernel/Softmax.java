package io.github.lanewise.kernel;

/** Softmax and its cross-entropy, composed once from kernels of either backend. */
sealed interface Softmax extends ActivationKernels, ReductionKernels, UpdateKernels permits ScalarActivations, VectorActivations {

    /**
     * Returns the largest element; -infinity for length 0. With a NaN among the elements the result is not specified: the difference to
     * that element is NaN whatever the result.
     */
    float max(float[] x, int xOffset, int length);

    /** {@code y = exp(x - shift)}. */
    void expOfDifference(float[] x, int xOffset, float shift, float[] y, int yOffset, int length);

    @Override
    default void softmax(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.positive("length", length);
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        expOfDifference(x, xOffset, max(x, xOffset, length), y, yOffset, length);
        scale(1 / sum(y, yOffset, length), y, yOffset, length);
    }

    @Override
    default float softmaxCrossEntropy(float[] x, int xOffset, int target, float[] dx, int dxOffset, int length) {
        Checks.positive("length", length);
        Checks.range("x", x, xOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        Checks.index("target", target, length);
        float max = max(x, xOffset, length);
        float distance = max - x[xOffset + target];
        expOfDifference(x, xOffset, max, dx, dxOffset, length);
        float sum = sum(dx, dxOffset, length);
        scale(1 / sum, dx, dxOffset, length);
        dx[dxOffset + target] -= 1;
        return distance + (float) StrictMath.log(sum);
    }
}
