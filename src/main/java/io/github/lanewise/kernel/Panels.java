package io.github.lanewise.kernel;

import java.util.Arrays;

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

    /**
     * Sets every row of a packed matrix to the same values: {@code to[p][row][lane] = values[p * WIDTH + lane]}. A product that adds to it then
     * starts from the bias.
     *
     * @param values one value a column; read only
     * @param offset index of the first value
     * @param columns number of columns
     * @param to packed matrix; written
     * @param toOffset index of its first element
     * @param toRow distance between two rows
     * @param toPanel distance between two panels
     * @param rows number of rows
     */
    public static void fillRows(float[] values, int offset, int columns, float[] to, int toOffset, int toRow, int toPanel, int rows) {
        for (int column = 0; column < columns; column += WIDTH) {
            int width = Math.min(WIDTH, columns - column);
            int start = toOffset + column / WIDTH * toPanel;
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values, offset + column, to, start + row * toRow, width);
            }
        }
    }

    /**
     * Packs rows: {@code to[p][row][lane] = from[row][p * WIDTH + lane]}. Lanes beyond {@code columns} up to the next whole block are set
     * to zero.
     *
     * @param from dense rows [rows][columns]; read only
     * @param offset index of the first element
     * @param rows number of rows
     * @param columns number of columns
     * @param to packed matrix; written
     * @param toOffset index of its first element
     * @param toRow distance between two rows
     * @param toPanel distance between two panels
     */
    public static void pack(float[] from, int offset, int rows, int columns, float[] to, int toOffset, int toRow, int toPanel) {
        for (int row = 0; row < rows; row++) {
            int source = offset + row * columns;
            int target = toOffset + row * toRow;
            for (int column = 0; column < columns; column += WIDTH) {
                System.arraycopy(from, source + column, to, target + column / WIDTH * toPanel, Math.min(WIDTH, columns - column));
            }
            if (columns % BLOCK > 0) {
                int end = target + columns / WIDTH * toPanel;
                Arrays.fill(to, end + columns % WIDTH, end + padded(columns % WIDTH), 0);
            }
        }
    }

    /**
     * Unpacks into dense rows: {@code to[row][p * WIDTH + lane] = from[p][row][lane]}.
     *
     * @param from packed matrix; read only
     * @param offset index of its first element
     * @param fromRow distance between two rows
     * @param fromPanel distance between two panels
     * @param to dense rows [rows][columns]; written
     * @param toOffset index of the first element
     * @param rows number of rows
     * @param columns number of columns
     */
    public static void unpack(float[] from, int offset, int fromRow, int fromPanel, float[] to, int toOffset, int rows, int columns) {
        for (int column = 0; column < columns; column += WIDTH) {
            int width = Math.min(WIDTH, columns - column);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, offset + column / WIDTH * fromPanel + row * fromRow, to, toOffset + row * columns + column, width);
            }
        }
    }

    /** What {@link MatrixKernels#packTiles} means, from a column on. */
    static void packTiles(float[] from, int offset, int fromStep, int fromPanel, int inner, int first, int columns, float[] to, int toOffset) {
        for (int column = first; column < columns; column++) {
            int source = offset + column / WIDTH * fromPanel + column % WIDTH;
            int target = toOffset + column / MatrixKernels.TILE * MatrixKernels.TILE * inner + column % MatrixKernels.TILE;
            for (int k = 0; k < inner; k++) {
                to[target + k * MatrixKernels.TILE] = from[source + k * fromStep];
            }
        }
    }

    /** What {@link MatrixKernels#packTilesOfRows} means, from a row on. */
    static void packTilesOfRows(float[] from, int offset, int fromRow, int fromPanel, int first, int rows, int inner, float[] to, int toOffset) {
        for (int row = first; row < rows; row++) {
            int target = toOffset + row / MatrixKernels.TILE * MatrixKernels.TILE * inner + row % MatrixKernels.TILE;
            for (int k = 0; k < inner; k++) {
                to[target + k * MatrixKernels.TILE] = from[offset + row * fromRow + k / WIDTH * fromPanel + k % WIDTH];
            }
        }
    }

    /** What {@link MatrixKernels#transpose} means, from the row {@code first} on. */
    static void transpose(float[] from, int offset, int fromRow, int fromPanel, int first, int rows, int columns,
                          float[] to, int toOffset, int toRow, int toPanel) {
        int paddedRows = padded(rows);
        // Block by block, so that the lines read and written stay in L1 while they are used.
        for (int row = first; row < paddedRows; row += BLOCK - row % BLOCK) {
            int source = offset + row * fromRow;
            int target = toOffset + row / WIDTH * toPanel + row % WIDTH;
            int lanes = BLOCK - row % BLOCK;
            int height = Math.min(lanes, rows - row);
            for (int column = 0; column < columns; column++) {
                int s = source + column / WIDTH * fromPanel + column % WIDTH;
                int t = target + column * toRow;
                for (int lane = 0; lane < height; lane++) {
                    to[t + lane] = from[s + lane * fromRow];
                }
                for (int lane = height; lane < lanes; lane++) {
                    to[t + lane] = 0;
                }
            }
        }
    }
}
