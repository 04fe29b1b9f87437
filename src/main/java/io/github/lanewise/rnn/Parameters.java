package io.github.lanewise.rnn;

import java.util.Objects;

/**
 * The parameters of one layer, or their gradients, in one packed array, read and written in the usual row-major order.
 *
 * <p>Rows are ordered by gate, then by unit: {@code row = gate * units + unit}. An {@link Lstm} has the gates i, f, g, o (PyTorch's order),
 * {@link Rnn} and {@link Dense} have one. These methods convert element by element; they are for loading, saving and tests, not for hot loops.
 */
public abstract sealed class Parameters permits Weights, Gradients {
    final Layout layout;
    final Piece piece;
    /** Holds the packed values from {@link #start} on; what lies between the parameters is padding and stays zero. */
    final float[] data;
    /** Index of the first bias. */
    final int start;
    /** Index of the first weight. */
    final int matrix;

    Parameters(Layout layout) {
        this.layout = layout;
        this.piece = Slabs.piece(layout.length());
        this.data = piece.data;
        this.start = piece.start;
        this.matrix = start + layout.matrix();
    }

    /**
     * Returns the number of inputs.
     *
     * @return inputs of the layer
     */
    public int inputs() {
        return layout.inputs();
    }

    /**
     * Returns the number of outputs.
     *
     * @return units of the layer
     */
    public int units() {
        return layout.units();
    }

    /**
     * Returns the number of gates: 4 for an {@link Lstm}, else 1.
     *
     * @return gates per unit
     */
    public int gates() {
        return layout.gates();
    }

    /**
     * Returns a copy of the input weights.
     *
     * @return [gates * units][inputs]
     */
    public float[] inputWeights() {
        return read(0, layout.inputs());
    }

    /**
     * Returns a copy of the recurrent weights; empty for a {@link Dense} layer.
     *
     * @return [gates * units][units]
     */
    public float[] recurrentWeights() {
        return read(layout.inputs(), layout.recurrent());
    }

    /**
     * Returns a copy of the biases.
     *
     * @return [gates * units]
     */
    public float[] bias() {
        float[] to = new float[layout.gates() * layout.units()];
        for (int row = 0; row < to.length; row++) {
            to[row] = data[bias(row)];
        }
        return to;
    }

    /**
     * Sets the input weights.
     *
     * @param from [gates * units][inputs]
     * @throws IllegalArgumentException if the length differs
     */
    public void setInputWeights(float[] from) {
        write("input weights", from, 0, layout.inputs());
    }

    /**
     * Sets the recurrent weights.
     *
     * @param from [gates * units][units]
     * @throws IllegalArgumentException if the length differs
     */
    public void setRecurrentWeights(float[] from) {
        write("recurrent weights", from, layout.inputs(), layout.recurrent());
    }

    /**
     * Sets the biases. A model with two biases per gate passes their sum.
     *
     * @param from [gates * units]
     * @throws IllegalArgumentException if the length differs
     */
    public void setBias(float[] from) {
        requireLength("bias", from, layout.gates() * layout.units());
        for (int row = 0; row < from.length; row++) {
            data[bias(row)] = from[row];
        }
    }

    /**
     * Copies all values of parameters of the same shape.
     *
     * @param from source, of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public void copyFrom(Parameters from) {
        requireLayout(from.layout);
        System.arraycopy(from.data, from.start, data, start, layout.length());
    }

    /** Index of a bias. */
    final int bias(int gateUnit) {
        return start + layout.bias(gateUnit);
    }

    /** Index of a weight. */
    final int weight(int gateUnit, int row) {
        return start + layout.weight(gateUnit, row);
    }

    final void requireLayout(Layout wanted) {
        if (!layout.equals(wanted)) {
            throw new IllegalArgumentException("shape: got " + layout + ", wanted " + wanted);
        }
    }

    private float[] read(int firstRow, int rows) {
        float[] to = new float[Math.multiplyExact(layout.gates() * layout.units(), rows)];
        for (int i = 0; i < to.length; i++) {
            to[i] = data[weight(i / rows, firstRow + i % rows)];
        }
        return to;
    }

    private void write(String what, float[] from, int firstRow, int rows) {
        requireLength(what, from, Math.multiplyExact(layout.gates() * layout.units(), rows));
        for (int i = 0; i < from.length; i++) {
            data[weight(i / rows, firstRow + i % rows)] = from[i];
        }
    }

    private static void requireLength(String what, float[] from, int wanted) {
        Objects.requireNonNull(from, what);
        if (from.length != wanted) {
            throw new IllegalArgumentException(what + ": got " + from.length + " values, wanted " + wanted);
        }
    }
}
