package io.github.lanewise.io;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Layers from the arrays of ONNX operators: the inputs W, R and B of {@code LSTM} and {@code RNN}, the matrix and bias of {@code Gemm} or of
 * {@code MatMul} and {@code Add}. {@link OnnxFile} finds them in a file.
 *
 * <p>Peepholes (input P), {@code clip}, {@code input_forget} and activations other than the default ones have no counterpart here. The weights are
 * copied; other shapes are an {@link IllegalArgumentException}, types other than floats an {@link UnsupportedOperationException}.
 */
public final class OnnxWeights {
    private static final int LSTM_GATES = 4;

    private OnnxWeights() {}

    /**
     * Returns one direction of an {@code LSTM}.
     *
     * @param w [directions][4 * units][inputs]
     * @param r [directions][4 * units][units]
     * @param b [directions][8 * units], or empty for no bias
     * @param direction index into the first dimension: 0, or 1 for the reverse one of a bidirectional operator
     * @return a new layer
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if there is no such direction
     */
    public static Lstm lstm(Tensor w, Tensor r, Optional<Tensor> b, int direction) {
        return recurrent(w, r, b, direction, LSTM_GATES, Lstm::zero);
    }

    /**
     * Returns one direction of an {@code RNN}.
     *
     * @param w [directions][units][inputs]
     * @param r [directions][units][units]
     * @param b [directions][2 * units], or empty for no bias
     * @param direction index into the first dimension: 0, or 1 for the reverse one of a bidirectional operator
     * @param activation the function of this direction by the attributes of the operator; by default tanh
     * @return a new layer
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if there is no such direction
     */
    public static Rnn rnn(Tensor w, Tensor r, Optional<Tensor> b, int direction, Activation activation) {
        return recurrent(w, r, b, direction, 1, (inputs, units) -> Rnn.zero(inputs, units, activation));
    }

    /**
     * Returns a {@code Gemm} with its attributes alpha and beta 1 and transA 0, or a {@code MatMul} by a constant, as a layer.
     *
     * @param b [inputs][units], or [units][inputs] if transposed
     * @param transposed the attribute transB; false for a {@code MatMul}
     * @param c [units], the input C of the Gemm or the constant that is added after a {@code MatMul}; or empty
     * @param activation what follows
     * @return a new layer
     * @throws IllegalArgumentException if a shape differs
     */
    public static Dense gemm(Tensor b, boolean transposed, Optional<Tensor> c, OutputActivation activation) {
        int rows = NamedTensors.size("B", b, 2, 0);
        int columns = NamedTensors.size("B", b, 2, 1);
        int inputs = transposed ? columns : rows;
        int units = transposed ? rows : columns;
        float[] bias = c.map(tensor -> NamedTensors.values("C", tensor, units)).orElse(new float[0]);
        Dense dense = Dense.zero(inputs, units, activation);
        // A matrix [inputs][units] is what Keras has, [units][inputs] what PyTorch has.
        (transposed ? WeightLayout.PYTORCH : WeightLayout.KERAS).load(b.toFloats(), new float[0], bias, dense.weights());
        return dense;
    }

    private static <T extends RecurrentCell> T recurrent(Tensor w, Tensor r, Optional<Tensor> b, int direction, int gates,
                                                         BiFunction<Integer, Integer, T> maker) {
        int directions = NamedTensors.size("W", w, 3, 0);
        if (directions > 2) {
            throw new IllegalArgumentException("W: got " + directions + " directions, wanted 1 or 2");
        }
        int inputs = NamedTensors.size("W", w, 3, 2);
        int units = NamedTensors.size("R", r, 3, 2);
        long rows = (long) gates * units;
        float[] inputWeights = slice(NamedTensors.values("W", w, directions, rows, inputs), direction, directions);
        float[] recurrentWeights = slice(NamedTensors.values("R", r, directions, rows, units), direction, directions);
        float[] bias = b.map(tensor -> slice(NamedTensors.values("B", tensor, directions, 2 * rows), direction, directions)).orElse(new float[0]);
        T cell = maker.apply(inputs, units);
        WeightLayout.ONNX.load(inputWeights, recurrentWeights, bias, cell.weights());
        return cell;
    }

    private static float[] slice(float[] values, int direction, int directions) {
        int length = values.length / directions;
        return Arrays.copyOfRange(values, Objects.checkIndex(direction, directions) * length, (direction + 1) * length);
    }
}
