package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;

/**
 * Where each parameter of a layer lies in its one packed piece: {@code [bias | panels of the matrix]}.
 *
 * <p>The matrix has a row for each input and then one for each hidden unit, and a column for each gate of each padded unit. With four gates
 * a panel holds 16 units: their blocks i, f, g, o side by side, so that one pass yields everything a unit needs. Nobody outside this class
 * and the kernels knows this order.
 *
 * @param inputs number of inputs
 * @param recurrent number of hidden units fed back, 0 for a dense layer
 * @param gates 1 or 4
 * @param units number of outputs
 */
record Layout(int inputs, int recurrent, int gates, int units) {
    Layout {
        require("inputs", inputs, 1);
        require("units", units, 1);
        require("recurrent units", recurrent, 0);
        long length = Slab.FIRST + (long) gates * Panels.padded(units) * (inputs + recurrent + 2L) + Panels.WIDTH * (inputs + (long) recurrent);
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("layer size: got " + inputs + " inputs and " + units + " units, wanted at most 2^31 packed weights");
        }
    }

    static int require(String what, int got, int least) {
        if (got < least) {
            throw new IllegalArgumentException(what + ": got " + got + ", wanted >= " + least);
        }
        return got;
    }

    /** Number of units, padded to whole blocks. */
    int padded() {
        return Panels.padded(units);
    }

    /** Number of columns of the packed matrix. */
    int columns() {
        return gates * padded();
    }

    /** Number of columns of the panels {@code from .. to - 1}. */
    int columns(int from, int to) {
        return Math.min(to * Panels.WIDTH, columns()) - from * Panels.WIDTH;
    }

    /** Number of rows of the packed matrix. */
    int rows() {
        return inputs + recurrent;
    }

    /** Number of panels. */
    int panels() {
        return Panels.count(columns());
    }

    /** Floats in a row of a panel: the distance between two rows of the matrix. */
    int width() {
        return Math.min(Panels.WIDTH, columns());
    }

    /** Index of the first weight. */
    int matrix() {
        return columns();
    }

    /** Distance between two panels of the matrix. */
    int panelStride() {
        return rows() * width();
    }

    /** Number of floats, a multiple of the block: kernels over them have no tail. */
    int length() {
        return matrix() + panels() * panelStride();
    }

    /** Bytes of the packed matrix, padding included. */
    long bytes() {
        return (long) Float.BYTES * rows() * columns();
    }

    /** Bytes of the weights of the hidden units, padding included. */
    long recurrentBytes() {
        return (long) Float.BYTES * recurrent * columns();
    }

    /** Column of the packed matrix that belongs to a row of the usual [gates * units] order. */
    int column(int gateUnit) {
        int gate = gateUnit / units;
        int unit = gateUnit % units;
        return gates == 1 ? unit : unit / Panels.BLOCK * Panels.WIDTH + gate * Panels.BLOCK + unit % Panels.BLOCK;
    }

    /** Index of a bias. */
    int bias(int gateUnit) {
        return column(gateUnit);
    }

    /** Index of a weight. */
    int weight(int gateUnit, int row) {
        int column = column(gateUnit);
        return matrix() + column / Panels.WIDTH * panelStride() + row * width() + column % Panels.WIDTH;
    }
}
