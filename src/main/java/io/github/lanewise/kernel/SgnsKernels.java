package io.github.lanewise.kernel;

/**
 * The steps of word2vec with negative sampling, on rows of the caller's arrays.
 *
 * <p>A row is a run of {@code length} floats that begins at an offset; {@code aRows} holds the offsets of the rows of {@code a}. One training
 * step is two calls: {@link #rowGradients} of inputs and targets, and {@link #rowUpdate} of all rows by them (skip-gram), or {@link #hiddenUpdate}
 * (CBOW, whose hidden row is {@link #meanOfRows}). With one input row that is the rule of word2vec.c; with all words of a window as inputs and shared
 * negatives it is the rule of Ji et al., "Parallelizing Word2Vec in Shared and Distributed Memory"
 * (arXiv 1604.04661).
 *
 * <p>Lengths are multiples of 16. Rows that are written must not overlap each other or any other argument, unless a method allows it. Counts may be 0. Nothing is allocated;
 * methods are thread-safe for distinct outputs. All throw {@link IndexOutOfBoundsException} before anything is written when a row falls outside
 * its array or an array is too short, and {@link IllegalArgumentException} when a length is not a multiple of 16 or a count is negative.
 */
public sealed interface SgnsKernels permits Kernels, ScalarSgns, VectorSgns {
    /** Entries of the table of sigmoid values. */
    int TABLE_SIZE = 1000;
    /** The table covers arguments from minus this to this. */
    int TABLE_LIMIT = 6;

    /**
     * {@code dots[i * bCount + t] = dot(a row i, b row t)}, in the order of {@link ReductionKernels#dot}.
     *
     * @param a left rows; read only
     * @param aRows offsets of the left rows
     * @param aCount number of left rows
     * @param b right rows; read only
     * @param bRows offsets of the right rows
     * @param bCount number of right rows
     * @param length floats in a row, a multiple of 16
     * @param scratch room for {@code 16 * Panels.padded(aCount * bCount)} floats; overwritten
     * @param dots room for {@code Panels.padded(aCount * bCount)} floats; written, values after the last product are unspecified
     */
    void rowDots(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch, float[] dots);

    /**
     * {@code gradient[i] = (labels[i] - sigmoid(dots[i])) * rate}: how far each row moves along its partner to make the labels likelier.
     * The sigmoid is that of {@link ActivationKernels#sigmoid}.
     *
     * @param dots dot products; read only
     * @param labels 1 for a true pair, 0 for a sampled one; read only
     * @param rate learning rate
     * @param gradient written, may be {@code dots}
     * @param count number of products
     */
    void sgnsGradient(float[] dots, float[] labels, float rate, float[] gradient, int count);

    /**
     * {@code gradient[i] = (labels[i] - s(dots[i])) * rate} with the sigmoid table of word2vec.c. Its 1000 entries cover -6 to 6, but its index is
     * {@code (int) ((f + 6) * 83)}, because 1000 / 6 / 2 is an integer division there; so s(0) is 0.494. Beyond 6, s is 1, below -6 it is 0
     * (word2vec.c saturates; gensim leaves such updates out). NaN takes the first entry, as {@code (int) NaN} is 0.
     *
     * @param dots dot products; read only
     * @param labels 1 for a true pair, 0 for a sampled one; read only
     * @param rate learning rate
     * @param gradient written, may be {@code dots}
     * @param count number of products
     */
    void sgnsTableGradient(float[] dots, float[] labels, float rate, float[] gradient, int count);

    /**
     * {@code gradient[i * bCount + t] = (labels[i * bCount + t] - sigmoid(dot(a row i, b row t))) * rate}: {@link #rowDots} and {@link #sgnsGradient} in one
     * call, to the bit.
     *
     * @param a left rows; read only
     * @param aRows offsets of the left rows
     * @param aCount number of left rows
     * @param b right rows; read only
     * @param bRows offsets of the right rows
     * @param bCount number of right rows
     * @param length floats in a row, a multiple of 16
     * @param labels 1 for a true pair, 0 for a sampled one; room for {@code Panels.padded(aCount * bCount)} floats; read only
     * @param rate learning rate
     * @param scratch room for {@code 16 * Panels.padded(aCount * bCount)} floats; overwritten
     * @param gradient room for {@code Panels.padded(aCount * bCount)} floats; written, values after the last product are unspecified
     */
    void rowGradients(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] labels, float rate,
                      float[] scratch, float[] gradient);

    /**
     * {@code a row i += sum over t of gradient[i * bCount + t] * b row t} and at the same time
     * {@code b row t += sum over i of gradient[i * bCount + t] * a row i}, with the old rows on both right sides. Each element is one chain of fused
     * multiply-adds in ascending order of {@code t} or {@code i} that starts from the old value.
     *
     * @param gradient {@code [aCount, bCount]}; read only
     * @param a left rows, distinct; updated
     * @param aRows offsets of the left rows
     * @param aCount number of left rows
     * @param b right rows, distinct; updated
     * @param bRows offsets of the right rows
     * @param bCount number of right rows
     * @param length floats in a row, a multiple of 16
     * @param scratch room for {@code 16 * aCount} floats; overwritten
     */
    void rowUpdate(float[] gradient, float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch);

    /**
     * {@code mean = (a row 0 + a row 1 + ...) * (1 / aCount)}, added in this order.
     *
     * @param a rows; read only, may be equal
     * @param aRows offsets of the rows
     * @param aCount number of rows, at least 1
     * @param length floats in a row, a multiple of 16
     * @param mean written
     * @param meanOffset index of the first element
     */
    void meanOfRows(float[] a, int[] aRows, int aCount, int length, float[] mean, int meanOffset);

    /**
     * {@code error = sum over t of gradient[t] * b row t}, {@code b row t += gradient[t] * hidden}, and {@code a row i += share * error} for each i, with
     * the old b rows on the right side. {@code error} is one chain of fused multiply-adds in ascending order that starts from 0. A row that occurs
     * twice in {@code aRows} is updated twice.
     *
     * @param gradient one for each right row; read only
     * @param hidden the hidden row; read only
     * @param hiddenOffset index of its first element
     * @param share 1 for the rule of word2vec.c, {@code 1 / aCount} for the true gradient of a mean
     * @param a rows that made the hidden row; updated
     * @param aRows offsets of these rows
     * @param aCount number of these rows
     * @param b right rows, distinct; updated
     * @param bRows offsets of the right rows
     * @param bCount number of right rows
     * @param length floats in a row, a multiple of 16
     */
    void hiddenUpdate(float[] gradient, float[] hidden, int hiddenOffset, float share, float[] a, int[] aRows, int aCount,
                      float[] b, int[] bRows, int bCount, int length);
}
