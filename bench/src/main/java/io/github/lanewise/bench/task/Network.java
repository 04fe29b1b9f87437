package io.github.lanewise.bench.task;

import io.github.lanewise.kernel.SplitMix64;

/**
 * One recurrent layer with fixed random weights, uniform in +-1/sqrt(hidden). All matrices are row-major; rows are ordered by gate, then unit.
 *
 * @param cell kind of layer
 * @param inputs number of inputs
 * @param hidden number of hidden units
 */
public record Network(Cell cell, int inputs, int hidden) {
    /** Reads a shape {@code IxH}. */
    public static Network of(String cell, String shape) {
        int x = shape.indexOf('x');
        return new Network(Cell.of(cell), Integer.parseInt(shape.substring(0, x)), Integer.parseInt(shape.substring(x + 1)));
    }

    /** The shape {@code IxH}. */
    public String shape() {
        return inputs + "x" + hidden;
    }

    /** Rows of the weight matrices. */
    public int rows() {
        return cell.gates() * hidden;
    }

    /** [gates * hidden][inputs]. */
    public float[] inputWeights() {
        return random(2, rows() * inputs, (float) (1 / Math.sqrt(hidden)));
    }

    /** [gates * hidden][hidden]. */
    public float[] recurrentWeights() {
        return random(3, rows() * hidden, (float) (1 / Math.sqrt(hidden)));
    }

    /** [gates * hidden]. */
    public float[] bias() {
        return random(4, rows(), (float) (1 / Math.sqrt(hidden)));
    }

    /** Inputs in +-1: [steps][batch][inputs]. */
    public float[] input(int steps, int batch) {
        return random(5, steps * batch * inputs, 1);
    }

    /** Gradients of the outputs in +-1: [steps][batch][hidden]. */
    public float[] outputGradient(int steps, int batch) {
        return random(6, steps * batch * hidden, 1);
    }

    /** Bytes of all weights. */
    public double bytes() {
        return 4.0 * rows() * (inputs + hidden + 1);
    }

    /** Floating-point operations of the products of one step of one row. */
    public double flops() {
        return 2.0 * rows() * (inputs + hidden);
    }

    private static float[] random(long seed, int length, float scale) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = scale * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
