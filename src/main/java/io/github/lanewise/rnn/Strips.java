package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/**
 * Rows of activations transposed into strips [strips][inner][16], for backends that prefer it. What the longest chain reads of a strip are 16 KiB, which
 * stay in L1 (strips of 64: 8 % slower).
 */
final class Strips {
    /** Rows from which on the copy is worth it: one register tile. */
    private static final int FEWEST = 6;
    /** Rows transposed together, as many as a forward pass of one sequence projects at once. */
    static final int MOST = 128;

    private Strips() {}

    /** Whether products of so many rows are better done with strips. */
    static boolean preferred(Kernels kernels, int rows) {
        return rows >= FEWEST && kernels.prefersTransposedRows();
    }

    /** Floats of scratch memory for the strips of at most so many rows, which may be more than {@link #MOST}; 0 if none will be filled. */
    static int length(int rows, int inner) {
        return rows < FEWEST ? 0 : Math.multiplyExact(Math.min(MOST, Panels.padded(rows)), Panels.padded(inner));
    }

    /** {@code strips = } at most {@link #MOST} rows, stored in panels so far apart. Whole blocks of {@code inner} are read. */
    static void fill(Kernels kernels, float[] a, int aOffset, int aRow, int aPanel, int rows, int inner, Piece strips) {
        int padded = Panels.padded(inner);
        for (int row = 0; row < rows; row += Panels.BLOCK) {
            kernels.transpose(a, aOffset + row * aRow, aRow, aPanel, Math.min(Panels.BLOCK, rows - row), padded,
                    strips.data, strips.at(row * padded), Panels.BLOCK, 0);
        }
    }

    /** {@code c += a * b}, where {@code a} are {@code inner} of the {@code length} inner indices in the strips, the index {@code from} first; panel by panel. */
    static void multiply(Kernels kernels, Piece strips, int rows, int length, int from, int inner,
                         float[] b, int bOffset, int bPanel, int bStep, float[] c, int cOffset, int cRow, int cPanel, int columns) {
        int padded = Panels.padded(length);
        for (int column = 0; column < columns; column += Panels.WIDTH) {
            int bi = bOffset + column / Panels.WIDTH * bPanel;
            int ci = cOffset + column / Panels.WIDTH * cPanel;
            int width = Math.min(Panels.WIDTH, columns - column);
            for (int k = 0; k < inner; k += CHAIN) {
                for (int row = 0; row < rows; row += Panels.BLOCK) {
                    kernels.matmul(strips.data, strips.at(row * padded + (from + k) * Panels.BLOCK), 1, Panels.BLOCK, b, bi + k * bStep, 0, bStep,
                            c, ci + row * cRow, cRow, 0, Math.min(Panels.BLOCK, rows - row), width, Math.min(CHAIN, inner - k));
                }
            }
        }
    }
}
