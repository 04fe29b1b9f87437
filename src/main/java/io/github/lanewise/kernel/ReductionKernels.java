package io.github.lanewise.kernel;

/**
 * Sums over arrays in one canonical order.
 *
 * <p>The order is the same on every backend and width: 16 interleaved chains of fused multiply-adds (element {@code i} belongs to chain
 * {@code i % 16}), each starting from +0, then a fixed tree: {@code s[j] += s[j + 8]} for {@code j < 8}, then 4, 2, 1. Lengths may be 0.
 * Methods allocate nothing and are thread-safe. They throw {@link IndexOutOfBoundsException} when a range falls outside its array.
 */
public sealed interface ReductionKernels permits Kernels, Softmax, ScalarReductions, VectorReductions, ScalarSgns {

    /**
     * Returns the dot product of two arrays, in canonical order; {@code +0} for length 0.
     *
     * @param a first factor; read only
     * @param aOffset index of its first element
     * @param b second factor; read only
     * @param bOffset index of its first element
     * @param length number of elements
     * @return the sum of {@code a[i] * b[i]}
     */
    float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

    /**
     * Returns the sum of an array, in canonical order with each fma a plain addition; {@code +0} for length 0.
     *
     * @param a addends; read only
     * @param aOffset index of the first element
     * @param length number of elements
     * @return the sum of {@code a[i]}
     */
    float sum(float[] a, int aOffset, int length);

    /**
     * Returns the sum of squares of an array, in canonical order. The same bits as {@code dot} of the array with itself.
     *
     * @param a addends; read only
     * @param aOffset index of the first element
     * @param length number of elements
     * @return the sum of {@code a[i] * a[i]}
     */
    float sumOfSquares(float[] a, int aOffset, int length);
}
