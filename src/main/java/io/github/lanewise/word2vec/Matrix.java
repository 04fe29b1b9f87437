package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Panels;
import java.util.Objects;

/**
 * A matrix of float rows, one per word, that may hold more than 2^31 floats.
 *
 * <p>Each row is padded with zeros to {@link #stride} floats, a multiple of 16, and lies contiguously in {@link #array array(row)} from
 * {@link #offset offset(row)} on. As many rows as possible share one array; rows beyond lie in further arrays. The first row starts 12 floats
 * into its array: the data of a large {@code float[]} starts 16 bytes into a cache line, so every row begins with a line of its own.
 *
 * <p>The padding belongs to the library: whoever writes to the arrays directly keeps it zero. The class does no locking.
 */
public final class Matrix {
    /** Floats before the first row. */
    private static final int LEAD = 12;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 63;

    private final int rows;
    private final int dimension;
    private final int stride;
    private final int shift;
    private final int mask;
    private final float[][] arrays;

    private Matrix(int rows, int dimension, int largestArray) {
        if (rows < 0 || dimension < 1) {
            throw new IllegalArgumentException("matrix: got " + rows + " rows of dimension " + dimension + ", wanted >= 0 rows, dimension >= 1");
        }
        this.rows = rows;
        this.dimension = dimension;
        stride = Panels.padded(dimension);
        int fitting = (largestArray - LEAD) / stride;
        if (fitting < 1) {
            throw new IllegalArgumentException("dimension: got " + dimension + ", wanted at most " + (largestArray - LEAD));
        }
        int perArray = rows <= fitting ? Math.max(rows, 1) : Integer.highestOneBit(fitting);
        shift = rows <= fitting ? Integer.SIZE - 1 : Integer.numberOfTrailingZeros(perArray);
        mask = rows <= fitting ? Integer.MAX_VALUE : perArray - 1;
        arrays = new float[(int) ((rows + (long) perArray - 1) / perArray)][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new float[LEAD + Math.min(perArray, rows - i * perArray) * stride];
        }
    }

    /**
     * Creates a matrix of zeros.
     *
     * @param rows number of rows, at least 0
     * @param dimension floats in a row, at least 1
     * @return a new matrix
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Matrix create(int rows, int dimension) {
        return new Matrix(rows, dimension, LARGEST_ARRAY);
    }

    /** Creates a matrix whose arrays hold at most so many floats: tests see many arrays without gigabytes. */
    static Matrix create(int rows, int dimension, int largestArray) {
        return new Matrix(rows, dimension, largestArray);
    }

    /**
     * Returns the number of rows.
     *
     * @return the number of rows
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the number of floats in a row, without padding.
     *
     * @return the dimension
     */
    public int dimension() {
        return dimension;
    }

    /**
     * Returns the number of floats in a row with its padding: the distance of neighbouring rows in an array.
     *
     * @return the dimension, rounded up to a multiple of 16
     */
    public int stride() {
        return stride;
    }

    /**
     * Returns the array that holds a row. Not a copy.
     *
     * @param row row number
     * @return the array
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public float[] array(int row) {
        Objects.checkIndex(row, rows);
        return arrays[row >>> shift];
    }

    /**
     * Returns where a row begins in {@link #array array(row)}.
     *
     * @param row row number; not checked
     * @return index of the first float of the row
     */
    public int offset(int row) {
        return LEAD + (row & mask) * stride;
    }

    /**
     * Returns how many rows from this one on lie one after another in the same array.
     *
     * @param row row number
     * @return at least 1
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public int run(int row) {
        Objects.checkIndex(row, rows);
        return Math.min(rows - row, arrays.length == 1 ? rows : mask + 1 - (row & mask));
    }

    /** Whether all rows lie in one array. */
    boolean isContiguous() {
        return arrays.length == 1;
    }

    /**
     * Copies a row without its padding into {@code into}.
     *
     * @param row row number
     * @param into receives {@link #dimension} floats
     * @param intoOffset index of the first float written
     * @throws IndexOutOfBoundsException if there is no such row or no room
     */
    public void copyRow(int row, float[] into, int intoOffset) {
        System.arraycopy(array(row), offset(row), into, intoOffset, dimension);
    }

    /**
     * Overwrites a row; its padding stays zero.
     *
     * @param row row number
     * @param from holds {@link #dimension} floats
     * @param fromOffset index of the first float read
     * @throws IndexOutOfBoundsException if there is no such row or too little to read
     */
    public void setRow(int row, float[] from, int fromOffset) {
        System.arraycopy(from, fromOffset, array(row), offset(row), dimension);
    }
}
