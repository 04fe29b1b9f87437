package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;

/**
 * A {@link Dense} layer for inference with its weights in bfloat16: half the memory. {@link Dense#toBfloat16} makes one.
 *
 * <p>Only the weights are rounded, each to the nearest of 8 bits; biases and all arithmetic stay floats. So it gives the bits of the layer it
 * was made from with weights rounded in the same way, on every backend. The weights never change, so any number of threads may use one layer;
 * each thread holds its own {@link DenseTape}.
 */
public final class Bfloat16Dense {
    private final Bfloat16Weights weights;
    private final OutputActivation activation;
    private final Kernels kernels;

    Bfloat16Dense(Bfloat16Weights weights, OutputActivation activation, Kernels kernels) {
        this.weights = weights;
        this.activation = activation;
        this.kernels = kernels;
    }

    /**
     * Creates the memory for forward passes. A backward pass refuses it: there is none.
     *
     * @param maxRows largest number of rows, at least 1
     * @return a new tape
     * @throws IllegalArgumentException if {@code maxRows < 1}
     * @throws ArithmeticException if an array would need 2^31 floats or more
     */
    public DenseTape newTape(int maxRows) {
        return new DenseTape(weights.layout, maxRows, false);
    }

    /**
     * Computes {@code ys = g(W xs + b)}, one row after the other. Allocates nothing after warm-up. NaN and infinity propagate.
     *
     * @param xs inputs [rows][inputs]; read only
     * @param xOffset index of the first element
     * @param rows number of rows, 1 to {@link DenseTape#maxRows()}
     * @param tape memory of the pass; overwritten
     * @param ys outputs [rows][units]; written
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code rows} is out of range or the tape belongs to a layer of another shape
     * @throws IndexOutOfBoundsException if a range falls outside its array; nothing is written then
     */
    public void forward(float[] xs, int xOffset, int rows, DenseTape tape, float[] ys, int yOffset) {
        tape.begin(weights.layout, xs, xOffset, rows, ys, yOffset);
        weights.product(kernels, tape.x, 0, weights.layout.inputs(), tape.z.data, tape.z.start, rows);
        Dense.finish(kernels, activation, tape, ys, yOffset);
    }
}
