package io.github.lanewise.io;

import io.github.lanewise.rnn.Parameters;
import io.github.lanewise.rnn.Weights;

/**
 * How a framework orders the weights of a layer: its gates, rows and columns, and biases. Layers with one gate have no order of gates.
 *
 * <p>Arrays are row-major. Lanewise itself has gates i, f, g, o (g is the candidate, c in Keras and ONNX), matrices
 * [gates * units][inputs] and one bias. The layouts were checked against the frameworks themselves, see the golden models of the tests.
 */
public enum WeightLayout {
    /** {@code torch.nn}: gates i, f, g, o; [gates * units][inputs]; two biases, for inputs and for hidden states, which are added. */
    PYTORCH(false, 2, 0, 1, 2, 3),
    /** Keras: gates i, f, c, o; kernels [inputs][gates * units]; one bias. */
    KERAS(true, 1, 0, 1, 2, 3),
    /** ONNX: gates i, o, f, c; [gates * units][inputs]; two biases in one array, Wb and Rb, which are added. */
    ONNX(false, 2, 0, 3, 1, 2);

    private static final int[] ONE_GATE = {0};

    private final boolean transposed;
    private final int biases;
    /** Our gate at each place of theirs. */
    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final int[] gates;

    WeightLayout(boolean transposed, int biases, int... gates) {
        this.transposed = transposed;
        this.biases = biases;
        this.gates = gates;
    }

    /**
     * Tells which way the matrices lie.
     *
     * @return true for [inputs][gates * units], false for [gates * units][inputs]
     */
    public boolean transposed() {
        return transposed;
    }

    /**
     * Returns how many biases a recurrent unit has for each gate.
     *
     * @return 1 or 2
     */
    public int biases() {
        return biases;
    }

    /**
     * Sets weights from arrays in this layout.
     *
     * @param inputWeights gates * units * inputs values
     * @param recurrentWeights gates * units * units values; none for a dense layer
     * @param bias values [{@link #biases}][gates * units], their sum is taken; or [gates * units]; or none for zeros
     * @param to written
     * @throws IllegalArgumentException if a length differs; nothing is written then
     */
    public void load(float[] inputWeights, float[] recurrentWeights, float[] bias, Weights to) {
        int rows = to.gates() * to.units();
        int recurrent = to.recurrentWeights().length / rows;
        requireLength("input weights", inputWeights.length, rows * to.inputs());
        requireLength("recurrent weights", recurrentWeights.length, rows * recurrent);
        if (bias.length != 0 && bias.length != rows && bias.length != biases * rows) {
            requireLength("bias", bias.length, biases * rows);
        }
        to.setInputWeights(reorder(inputWeights, to, to.inputs(), true));
        to.setRecurrentWeights(reorder(recurrentWeights, to, recurrent, true));
        float[] sum = new float[rows];
        for (int theirs = 0; theirs < rows && bias.length > 0; theirs++) {
            float second = bias.length > rows ? bias[rows + theirs] : 0;
            // A second bias of 0, as export writes it, changes no bit of the first, not even that of -0.
            sum[row(theirs, to)] = second == 0 ? bias[theirs] : bias[theirs] + second;
        }
        to.setBias(sum);
    }

    /**
     * Returns the input weights in this layout.
     *
     * @param from weights or gradients
     * @return a new array of gates * units * inputs values
     */
    public float[] inputWeights(Parameters from) {
        return reorder(from.inputWeights(), from, from.inputs(), false);
    }

    /**
     * Returns the recurrent weights in this layout.
     *
     * @param from weights or gradients
     * @return a new array of gates * units * units values; empty for a dense layer
     */
    public float[] recurrentWeights(Parameters from) {
        float[] ours = from.recurrentWeights();
        return reorder(ours, from, ours.length / (from.gates() * from.units()), false);
    }

    /**
     * Returns the bias in this layout: the first one. A second one is to be zero.
     *
     * @param from weights or gradients
     * @return a new array of gates * units values
     */
    public float[] bias(Parameters from) {
        float[] ours = from.bias();
        float[] theirs = new float[ours.length];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = ours[row(i, from)];
        }
        return theirs;
    }

    /** Our row [gate * units + unit] for one of theirs. */
    private int row(int theirs, Parameters shape) {
        int[] order = shape.gates() == 1 ? ONE_GATE : gates;
        return order[theirs / shape.units()] * shape.units() + theirs % shape.units();
    }

    private float[] reorder(float[] from, Parameters shape, int columns, boolean toOurs) {
        int rows = shape.gates() * shape.units();
        float[] to = new float[from.length];
        for (int row = 0; row < rows; row++) {
            int ourRow = row(row, shape);
            for (int column = 0; column < columns; column++) {
                int theirs = transposed ? column * rows + row : row * columns + column;
                int ours = ourRow * columns + column;
                to[toOurs ? ours : theirs] = from[toOurs ? theirs : ours];
            }
        }
        return to;
    }

    private static void requireLength(String what, int got, int wanted) {
        if (got != wanted) {
            throw new IllegalArgumentException(what + ": got " + got + " values, wanted " + wanted);
        }
    }
}
