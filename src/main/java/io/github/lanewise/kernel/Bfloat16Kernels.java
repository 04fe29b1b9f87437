package io.github.lanewise.kernel;

/**
 * The pre-activations with weights stored as bfloat16, two in an int; the arithmetic stays that of floats.
 *
 * <p>A bfloat16 is the upper half of a float, so it becomes a float by a shift, exactly. A product that is bound by reading its weights
 * reads half as much.
 */
public sealed interface Bfloat16Kernels permits Kernels, ScalarBfloat16, VectorBfloat16 {

    /**
     * {@code c = (bias + a1 * b1) + a2 * b2}, as {@link MatrixKernels#affine} with the floats that the bfloat16 of {@code b} stand for, to the bit.
     *
     * <p>{@code c} must not overlap {@code a} or {@code bias}. Allocates nothing. Thread-safe for distinct {@code c}. Made for one row: several are
     * computed one after the other.
     *
     * @param a left factor [rows][first + second], any values; read only
     * @param aOffset index of its first element
     * @param aRow distance between two rows of {@code a}
     * @param b right factor [first + second][columns] as {@link Bfloat16Pairs#pack} stores it; read only
     * @param bOffset index of its first pair
     * @param bias one value a column; read only
     * @param biasOffset index of its first element
     * @param c result [rows][columns] in panels; written
     * @param cOffset index of its first element
     * @param cRow distance between two rows of {@code c}
     * @param cPanel distance between two panels of {@code c}
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0, a multiple of {@link Panels#BLOCK}
     * @param first inner indices of the first product, at least 0
     * @param second inner indices of the second product, at least 0
     * @throws IllegalArgumentException if a count or stride is negative or {@code columns} is not a multiple of {@link Panels#BLOCK}
     * @throws IndexOutOfBoundsException if an index would fall outside its array; nothing is written then
     */
    void affineBfloat16(float[] a, int aOffset, int aRow, int[] b, int bOffset, float[] bias, int biasOffset,
                        float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second);
}
