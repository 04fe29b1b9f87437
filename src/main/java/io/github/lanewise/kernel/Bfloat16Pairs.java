package io.github.lanewise.kernel;

/**
 * How {@link Bfloat16Kernels#affineBfloat16} wants a matrix: rounded to bfloat16, two columns in an int.
 *
 * <p>The columns are taken in groups of 8 vectors, of which the last may have less. A group of {@code w} columns is stored as
 * {@code [rows][half]}, and {@code pair[row][lane]} has column {@code lane} of the group in its low 16 bits and column {@code half + lane} in
 * its high 16 bits, zero where there is none. So a vector of ints becomes two vectors of columns without moving from lane to lane, and a group
 * is read in one stream. Groups of 128 for all vectors made narrow ones read strips, a quarter slower with AVX2; so the order depends on the
 * vectors of this JVM, and what is packed stays in it.
 */
public final class Bfloat16Pairs {
    /** Columns in a group: 32, 64 or 128. */
    static final int GROUP = 8 * Math.max(4, Backend.best().vectorBits() / Float.SIZE);

    private Bfloat16Pairs() {}

    /**
     * Rounds a packed matrix.
     *
     * @param from packed matrix; read only
     * @param offset index of its first element
     * @param fromRow distance between two rows
     * @param fromPanel distance between two panels
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0, a multiple of {@link Panels#BLOCK}
     * @param lead ints to leave free in front of the first pair
     * @return a new array of {@code lead} zeros and the pairs
     * @throws ArithmeticException if the array would need 2^31 ints or more
     */
    public static int[] pack(float[] from, int offset, int fromRow, int fromPanel, int rows, int columns, int lead) {
        int[] to = new int[Math.toIntExact(lead + count(rows, columns))];
        int pair = lead;
        for (int group = 0; group < columns; group += GROUP) {
            int width = Math.min(GROUP, columns - group);
            int half = half(width);
            for (int row = 0; row < rows; row++) {
                for (int lane = 0; lane < width; lane++) {
                    int column = group + lane;
                    short bits = Bfloat16.nearest(from[offset + column / Panels.WIDTH * fromPanel + row * fromRow + column % Panels.WIDTH]);
                    if (lane < half) {
                        to[pair + lane] = Short.toUnsignedInt(bits);
                    } else {
                        to[pair + lane - half] |= bits << Short.SIZE;
                    }
                }
                pair += half;
            }
        }
        return to;
    }

    /** Number of pairs of a matrix. */
    static long count(int rows, int columns) {
        return (long) rows * (columns / GROUP * (GROUP / 2) + half(columns % GROUP));
    }

    /** Pairs in a row of a group: half of its columns in whole blocks, but one panel if it reaches into the next. */
    static int half(int width) {
        return width > Panels.WIDTH ? Panels.WIDTH : Panels.padded(width / 2);
    }

    /** From the first column of a group to its column {@code half}, in a row of panels. */
    static int highOffset(int half, int panelStride) {
        return half == Panels.WIDTH ? panelStride : half;
    }
}
