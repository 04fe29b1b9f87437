package io.github.lanewise.kernel;

/**
 * Rows of a table by number: looked up, and the way back of gradients into the table.
 *
 * <p>Row {@code r} of the table is the {@code length} floats from {@code tableOffset + r * tableRow} on. The numbers may repeat and come in any
 * order. Rows that are written must not overlap each other (strides of at least {@code length}) or any other argument. Counts and lengths may
 * be 0. Nothing is allocated; methods are thread-safe for distinct outputs. They throw {@link IndexOutOfBoundsException} before anything is
 * written when a number is not one of a row or a range falls outside its array, and {@link IllegalArgumentException} for a negative size.
 */
public sealed interface EmbeddingKernels permits Kernels, ScalarEmbeddings, VectorEmbeddings {

    /**
     * {@code to row i = table row rows[i]} for each {@code i < count}.
     *
     * @param table the table; read only
     * @param tableOffset index of the first element of row 0
     * @param tableRow distance between two rows
     * @param tableRows number of rows
     * @param rows numbers of rows; read only
     * @param rowsOffset index of the first number
     * @param count how many numbers
     * @param to written
     * @param toOffset index of its first element
     * @param toRow distance between two rows of {@code to}
     * @param length floats in a row
     */
    void gatherRows(float[] table, int tableOffset, int tableRow, int tableRows, int[] rows, int rowsOffset, int count,
                    float[] to, int toOffset, int toRow, int length);

    /**
     * {@code table row rows[i] += from row i} for each {@code i < count}, in ascending order of {@code i}: a row that is named several times
     * is one chain of additions.
     *
     * @param from addends; read only
     * @param fromOffset index of the first element
     * @param fromRow distance between two rows of {@code from}
     * @param rows numbers of rows; read only
     * @param rowsOffset index of the first number
     * @param count how many numbers
     * @param table the table; updated
     * @param tableOffset index of the first element of row 0
     * @param tableRow distance between two rows
     * @param tableRows number of rows
     * @param length floats in a row
     */
    void scatterAddRows(float[] from, int fromOffset, int fromRow, int[] rows, int rowsOffset, int count,
                        float[] table, int tableOffset, int tableRow, int tableRows, int length);
}
