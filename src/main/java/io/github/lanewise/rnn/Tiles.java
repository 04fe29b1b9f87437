package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;
import static io.github.lanewise.kernel.MatrixKernels.TILE;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/** A factor packed for {@link Kernels#matmulTiles}, each chain for itself: [chains][tiles of columns][inner indices of the chain][TILE]. */
final class Tiles {
    /** Columns, 192 KiB of whole chains, that are multiplied with every strip before the next ones: they stay in L2. */
    private static final int GROUP = 32 * TILE;

    private Tiles() {}

    /** Floats of a packed factor. */
    static int length(int inner, int columns) {
        return Math.multiplyExact(inner, width(columns));
    }

    /** Columns, and what the last tile has beyond them. */
    private static int width(int columns) {
        return Math.ceilDiv(columns, TILE) * TILE;
    }

    /** Packs the columns of a matrix in panels. */
    static void pack(Kernels kernels, float[] from, int offset, int fromRow, int fromPanel, int inner, int columns, float[] to, int toOffset) {
        for (int k = 0; k < inner; k += CHAIN) {
            kernels.packTiles(from, offset + k * fromRow, fromRow, fromPanel, Math.min(CHAIN, inner - k), columns, to, toOffset + k * width(columns));
        }
    }

    /** Packs the rows of a matrix in panels; its columns, whole blocks of them, are the inner indices. */
    static void packRows(Kernels kernels, float[] from, int offset, int fromRow, int fromPanel, int rows, int inner, float[] to, int toOffset) {
        for (int k = 0; k < inner; k += CHAIN) {
            kernels.packTilesOfRows(from, offset + k / Panels.WIDTH * fromPanel, fromRow, fromPanel, rows, Math.min(CHAIN, inner - k),
                    to, toOffset + k * width(rows));
        }
    }

    /**
     * One chain of all columns for each row in some strips: {@code c[strip][column] = from[strip][column] + chain}, blocks of 16 rows.
     *
     * @param tiles the packed factor, {@code inner} indices of each column from the multiple {@code k} of a chain on
     * @param strips [rows / 16][inner, padded][16]
     */
    static void multiply(Kernels kernels, float[] tiles, int tOffset, int columns, int k, int inner, float[] strips, int sOffset, int rows,
                         float[] from, int fromOffset, int fromStrip, float[] c, int cOffset, int cStrip, int cRow) {
        int ti = tOffset + k * width(columns);
        for (int column = 0; column < columns; column += GROUP) {
            for (int row = 0; row < rows; row += Panels.BLOCK) {
                int strip = row / Panels.BLOCK;
                kernels.matmulTiles(tiles, ti + column * inner, strips, sOffset + row * Panels.padded(inner),
                        from, fromOffset + strip * fromStrip + column * cRow, c, cOffset + strip * cStrip + column * cRow, cRow,
                        Math.min(GROUP, columns - column), Math.min(Panels.BLOCK, rows - row), inner);
            }
        }
    }
}
