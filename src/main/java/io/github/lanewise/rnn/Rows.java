package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;

/**
 * Rows [x | h], the left factors of a layer's products.
 *
 * <p>The input of a step and the hidden state before it lie side by side, so that one product serves both, and one product over all steps
 * yields the gradients of both. The first hidden unit lies on a cache line; the distance of two rows is an odd number of lines, because with
 * a power of two the rows of a register tile would compete for the same set of the cache.
 */
final class Rows {
    final int inputs;
    final int units;
    /** Index of the first input of row 0. */
    final int offset;
    /** Distance between two rows. */
    final int stride;
    final Piece piece;
    final float[] data;

    /** Rows at the beginning of a piece of at least {@link #length} floats. */
    Rows(Layout layout, Piece piece) {
        inputs = layout.inputs();
        units = layout.recurrent();
        offset = piece.at(lead(layout));
        stride = stride(layout);
        this.piece = piece;
        data = piece.data;
    }

    /** Floats that so many rows need, whole blocks. */
    static int length(Layout layout, int count) {
        return Math.multiplyExact(count, stride(layout));
    }

    /** Floats in front of the inputs of a row. */
    private static int lead(Layout layout) {
        return -layout.inputs() & (Panels.BLOCK - 1);
    }

    private static int stride(Layout layout) {
        return Panels.BLOCK * ((lead(layout) + layout.inputs() + Panels.padded(layout.recurrent())) / Panels.BLOCK | 1);
    }

    /** Index of the first input of a row. */
    int input(int row) {
        return offset + row * stride;
    }

    /** Index of the first hidden unit of a row. */
    int hidden(int row) {
        return offset + inputs + row * stride;
    }

    void setInput(int row, float[] from, int fromOffset) {
        System.arraycopy(from, fromOffset, data, input(row), inputs);
    }

    void copyHidden(int row, int count, float[] to, int toOffset) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, hidden(row + i), to, toOffset + i * units, units);
        }
    }
}
