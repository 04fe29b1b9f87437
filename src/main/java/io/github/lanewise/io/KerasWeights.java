package io.github.lanewise.io;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Layers from the variables of a Keras model (2 or 3), by their paths, such as {@code lstm/lstm_cell/kernel}: the prefix is what stands before
 * {@code /kernel}, {@code /recurrent_kernel} and {@code /bias}.
 *
 * <p>In Python: {@code safetensors.numpy.save_file({v.path: v.numpy() for v in model.weights}, "model.safetensors")}; here
 * {@link Safetensors#open}. Biases may be missing ({@code use_bias=False}). A {@code Bidirectional} wrapper has the layers {@code forward_lstm} and
 * {@code backward_lstm}, to be composed by {@link io.github.lanewise.rnn.Bidirectional}. An {@code LSTM} must have the activations it is made with by
 * default, tanh and sigmoid: the variables do not tell. The weights are copied; missing tensors, other shapes and types other than floats are an
 * {@link IllegalArgumentException} or {@link UnsupportedOperationException} that names the tensor.
 */
public final class KerasWeights {
    private static final String KERNEL = "kernel";
    private static final String RECURRENT = "recurrent_kernel";
    private static final String BIAS = "bias";
    private static final int LSTM_GATES = 4;

    private KerasWeights() {}

    /**
     * Returns an {@code LSTM} layer.
     *
     * @param tensors by path
     * @param prefix path of its cell, such as {@code lstm/lstm_cell}, or empty
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Lstm lstm(Map<String, Tensor> tensors, String prefix) {
        return recurrent(tensors, prefix, LSTM_GATES, Lstm::zero);
    }

    /**
     * Returns a {@code SimpleRNN} layer.
     *
     * @param tensors by path
     * @param prefix path of its cell, such as {@code simple_rnn/simple_rnn_cell}, or empty
     * @param activation what the layer was made with; the tensors do not tell
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Rnn simpleRnn(Map<String, Tensor> tensors, String prefix, Activation activation) {
        return recurrent(tensors, prefix, 1, (inputs, units) -> Rnn.zero(inputs, units, activation));
    }

    /**
     * Returns a {@code Dense} layer.
     *
     * @param tensors by path
     * @param prefix path of the layer, or empty
     * @param activation what the layer was made with; the tensors do not tell
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Dense dense(Map<String, Tensor> tensors, String prefix, OutputActivation activation) {
        NamedTensors named = new NamedTensors(tensors, prefix, "/");
        int inputs = named.size(KERNEL, 0);
        int units = named.size(KERNEL, 1);
        float[] kernel = named.values(KERNEL, inputs, units);
        float[] bias = named.has(BIAS) ? named.values(BIAS, units) : new float[0];
        Dense dense = Dense.zero(inputs, units, activation);
        WeightLayout.KERAS.load(kernel, new float[0], bias, dense.weights());
        return dense;
    }

    private static <T extends RecurrentCell> T recurrent(Map<String, Tensor> tensors, String prefix, int gates, BiFunction<Integer, Integer, T> maker) {
        NamedTensors named = new NamedTensors(tensors, prefix, "/");
        int inputs = named.size(KERNEL, 0);
        int units = named.size(RECURRENT, 0);
        long columns = (long) gates * units;
        float[] kernel = named.values(KERNEL, inputs, columns);
        float[] recurrent = named.values(RECURRENT, units, columns);
        float[] bias = named.has(BIAS) ? named.values(BIAS, columns) : new float[0];
        T cell = maker.apply(inputs, units);
        WeightLayout.KERAS.load(kernel, recurrent, bias, cell.weights());
        return cell;
    }
}
