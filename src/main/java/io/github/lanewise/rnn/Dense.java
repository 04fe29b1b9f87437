package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A dense output layer {@code y = g(W x + b)}, row by row; the rows may be the steps and batch rows of a sequence.
 *
 * <p>Weights are only read by {@code forward} and {@code backward}; each thread holds its own {@link DenseTape} and {@link Gradients}. After
 * warm-up nothing is allocated. NaN and infinity propagate. A call that throws has written nothing.
 */
public final class Dense implements Layer {
    private final Kernels kernels;
    private final Layout layout;
    private final Weights weights;
    private final OutputActivation activation;

    private Dense(Layout layout, Weights weights, OutputActivation activation, Kernels kernels) {
        this.layout = layout;
        this.weights = weights;
        this.activation = Objects.requireNonNull(activation, "activation");
        this.kernels = Objects.requireNonNull(kernels, "kernels");
    }

    /**
     * Creates a layer with all weights zero, on the fastest backend.
     *
     * @param inputs number of inputs, at least 1
     * @param units number of outputs, at least 1
     * @param activation the function g
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Dense zero(int inputs, int units, OutputActivation activation) {
        Layout layout = new Layout(inputs, 0, 1, units);
        return new Dense(layout, new Weights(layout), activation, Kernels.best());
    }

    /**
     * Creates a layer with random weights, uniform in +-1/sqrt(inputs).
     *
     * @param inputs number of inputs, at least 1
     * @param units number of outputs, at least 1
     * @param activation the function g
     * @param random source of the weights; the same source gives the same bits on every machine
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Dense create(int inputs, int units, OutputActivation activation, RandomGenerator random) {
        Dense dense = zero(inputs, units, activation);
        Initializer.uniform(dense.weights, (float) (1 / Math.sqrt(inputs)), random);
        return dense;
    }

    /**
     * Returns this layer on another backend. The weights are shared.
     *
     * @param other the kernels to run on
     * @return a layer with the same weights and the same results
     */
    public Dense on(Kernels other) {
        return new Dense(layout, weights, activation, other);
    }

    /**
     * Returns the weights, shared with every layer made from this one by {@link #on}.
     *
     * @return the live weights
     */
    @Override
    public Weights weights() {
        return weights;
    }

    /**
     * Returns the activation function.
     *
     * @return the function g
     */
    public OutputActivation activation() {
        return activation;
    }

    /**
     * Returns a layer for inference with the weights rounded to bfloat16, half as large; it computes in floats. What this layer learns later
     * does not reach it.
     *
     * @return a layer with a rounded copy of the weights, on the same backend
     */
    public Bfloat16Dense toBfloat16() {
        return new Bfloat16Dense(new Bfloat16Weights(weights), activation, kernels);
    }

    /**
     * Creates the memory for passes.
     *
     * @param maxRows largest number of rows, at least 1
     * @return a new tape
     * @throws IllegalArgumentException if {@code maxRows < 1}
     * @throws ArithmeticException if an array would need 2^31 floats or more
     */
    public DenseTape newTape(int maxRows) {
        return new DenseTape(layout, maxRows, true);
    }

    /**
     * Creates zero gradients for the weights.
     *
     * @return new gradients
     */
    public Gradients newGradients() {
        return new Gradients(layout);
    }

    /**
     * Computes {@code ys = g(W xs + b)}.
     *
     * @param xs inputs [rows][inputs]; read only
     * @param xOffset index of the first element
     * @param rows number of rows, 1 to {@link DenseTape#maxRows()}
     * @param tape memory of the pass; overwritten
     * @param ys outputs [rows][units]; written
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code rows} is out of range or the tape belongs to a layer of another shape
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void forward(float[] xs, int xOffset, int rows, DenseTape tape, float[] ys, int yOffset) {
        tape.begin(layout, xs, xOffset, rows, ys, yOffset);
        int inputs = layout.inputs();
        int width = layout.width();
        if (TiledProducts.preferredForward(kernels, layout, rows)) {
            TiledProducts.pack(kernels, weights, false, tape.packed);
            TiledProducts.affine(kernels, tape.x, 0, inputs, layout, tape.packed, tape.z.data, tape.z.start, rows * width, rows, 0, tape.copy);
        } else {
            RowProducts.affine(kernels, tape.x, 0, inputs, weights, tape.z.data, tape.z.start, rows * width, rows, inputs, 0, tape.copy);
        }
        finish(kernels, activation, tape, ys, yOffset);
    }

    /** From pre-activations on the tape to outputs. */
    static void finish(Kernels kernels, OutputActivation activation, DenseTape tape, float[] ys, int yOffset) {
        int rows = tape.rows;
        int units = tape.layout.units();
        int width = tape.layout.width();
        Panels.unpack(tape.z.data, tape.z.start, width, rows * width, tape.y, 0, rows, units);
        switch (activation) {
            case IDENTITY -> { }
            case SIGMOID -> kernels.sigmoid(tape.y, 0, tape.y, 0, rows * units);
            case TANH -> kernels.tanh(tape.y, 0, tape.y, 0, rows * units);
            case SOFTMAX -> {
                for (int row = 0; row < rows; row++) {
                    kernels.softmax(tape.y, row * units, tape.y, row * units, units);
                }
            }
        }
        System.arraycopy(tape.y, 0, ys, yOffset, rows * units);
        tape.filled = tape.dx.length > 0;
    }

    /**
     * The backward pass of the last {@link #forward} on this tape: {@code gradients +=} those of the weights.
     *
     * @param dys gradients of the outputs [rows][units]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param gradients gradients of the weights; added to
     * @throws IllegalStateException if the tape holds no forward pass
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void backward(float[] dys, int dyOffset, DenseTape tape, Gradients gradients) {
        requireBackward(dys, dyOffset, tape, gradients);
        addGradients(dys, dyOffset, tape, gradients);
    }

    /**
     * The backward pass of the last {@link #forward} on this tape: {@code gradients +=} those of the weights, {@code dxs =} those of the inputs.
     *
     * @param dys gradients of the outputs [rows][units]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param gradients gradients of the weights; added to
     * @param dxs gradients of the inputs [rows][inputs]; written
     * @param dxOffset index of the first element
     * @throws IllegalStateException if the tape holds no forward pass
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void backward(float[] dys, int dyOffset, DenseTape tape, Gradients gradients, float[] dxs, int dxOffset) {
        requireBackward(dys, dyOffset, tape, gradients);
        Objects.checkFromIndexSize(dxOffset, tape.rows * layout.inputs(), dxs.length);
        addGradients(dys, dyOffset, tape, gradients);
        Transposed.inputGradients(kernels, tape.z, tape.rows * layout.width(), weights, tape.packed, tape.dx, dxs, dxOffset, tape.rows,
                tape.copy);
    }

    private void addGradients(float[] dys, int dyOffset, DenseTape tape, Gradients gradients) {
        int rows = tape.rows;
        int units = layout.units();
        int width = layout.width();
        tape.filled = false;
        switch (activation) {
            case IDENTITY -> System.arraycopy(dys, dyOffset, tape.dz, 0, rows * units);
            case SIGMOID -> kernels.sigmoidBackward(tape.y, 0, dys, dyOffset, tape.dz, 0, rows * units);
            case TANH -> kernels.tanhBackward(tape.y, 0, dys, dyOffset, tape.dz, 0, rows * units);
            case SOFTMAX -> {
                for (int row = 0; row < rows; row++) {
                    kernels.softmaxBackward(tape.y, row * units, dys, dyOffset + row * units, tape.dz, row * units, units);
                }
            }
        }
        Panels.pack(tape.dz, 0, rows, units, tape.z.data, tape.z.start, width, rows * width);
        WeightGradients.add(kernels, tape.x, 0, layout.inputs(), tape.z, rows * width, rows, tape.copy, gradients);
    }

    private void requireBackward(float[] dys, int dyOffset, DenseTape tape, Gradients gradients) {
        tape.requireLayout(layout);
        gradients.requireLayout(layout);
        if (!tape.filled) {
            throw new IllegalStateException("tape: got no forward pass, wanted one that backward has not consumed yet");
        }
        Objects.checkFromIndexSize(dyOffset, tape.rows * layout.units(), dys.length);
    }
}
