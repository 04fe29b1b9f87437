package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;

/** The order of cell states: [blocks of 16 units][rows][16], as the kernels go through them. */
final class Cells {
    private Cells() {}

    /** Floats of a block of so many rows: the distance of two blocks, and where row {@code rows} begins in a block. */
    static int block(int rows) {
        return rows * Panels.BLOCK;
    }

    /** {@code to = from}, the units of one row; the blocks of one row alone lie side by side, {@code block(1)} apart. */
    static void copyRow(float[] from, int fromOffset, int fromBlock, float[] to, int toOffset, int toBlock, int units) {
        for (int unit = 0; unit < units; unit += Panels.BLOCK) {
            int block = unit / Panels.BLOCK;
            System.arraycopy(from, fromOffset + block * fromBlock, to, toOffset + block * toBlock, Math.min(Panels.BLOCK, units - unit));
        }
    }
}
