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
    final float[] data;

    Rows(Layout layout, int count) {
        inputs = layout.inputs();
        units = layout.recurrent();
        int lead = -inputs & (Panels.BLOCK - 1);
        offset = Layout.ALIGN + lead;
        stride = Panels.BLOCK * ((lead + inputs + Panels.padded(units)) / Panels.BLOCK | 1);
        data = new float[Math.addExact(offset, Math.multiplyExact(count, stride))];
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
