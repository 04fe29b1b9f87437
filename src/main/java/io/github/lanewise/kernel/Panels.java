package io.github.lanewise.kernel;

/**
 * The layout that all matrices share: blocks of 16 floats, panels of 64 columns.
 *
 * <p>16 floats are one cache line, one 512-bit vector, two of 256 or four of 128 bits. Sizes are padded to blocks with zeros, so no kernel has
 * a tail. A packed matrix of {@code rows x columns} stores panel after panel, each {@code [rows][width]}.
 */
public final class Panels {
    /** Floats in a block. */
    public static final int BLOCK = 16;
    /** Columns in a panel. */
    public static final int WIDTH = 64;

    private Panels() {}

    /**
     * Returns the next multiple of {@link #BLOCK}.
     *
     * @param size a size, at least 0
     * @return {@code size} rounded up
     * @throws ArithmeticException if the result does not fit an int
     */
    public static int padded(int size) {
        return Math.addExact(size, BLOCK - 1) & -BLOCK;
    }

    /**
     * Returns the number of panels that hold this many columns.
     *
     * @param columns number of columns, at least 0
     * @return {@code columns / WIDTH}, rounded up
     */
    public static int count(int columns) {
        return (columns + WIDTH - 1) / WIDTH;
    }
}
