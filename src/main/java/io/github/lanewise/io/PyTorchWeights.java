package io.github.lanewise.io;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Embedding;
import io.github.lanewise.rnn.Layer;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Layers from and to the tensors of a PyTorch {@code state_dict}, by PyTorch's names, such as {@code encoder.weight_ih_l0} for the first layer
 * of a {@code torch.nn.LSTM} called {@code encoder}; an empty prefix for a model that is one layer.
 *
 * <p>In Python: {@code safetensors.torch.save_file(model.state_dict(), "model.safetensors")}; here {@link Safetensors#open}. Biases may be
 * missing ({@code bias=False}). Layers with projections ({@code proj_size}) are refused. The weights are copied; missing tensors, other shapes and
 * types other than floats are an {@link IllegalArgumentException} or {@link UnsupportedOperationException} that names the tensor.
 */
public final class PyTorchWeights {
    private static final String INPUT = "weight_ih";
    private static final String RECURRENT = "weight_hh";
    private static final String INPUT_BIAS = "bias_ih";
    private static final String RECURRENT_BIAS = "bias_hh";
    private static final int LSTM_GATES = 4;

    private PyTorchWeights() {}

    /**
     * Counts the layers of a {@code torch.nn.LSTM} or {@code torch.nn.RNN}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @return number of layers, 0 if there is no such module
     */
    public static int layers(Map<String, Tensor> tensors, String prefix) {
        NamedTensors named = named(tensors, prefix);
        int layer = 0;
        while (named.has(INPUT + suffix(layer, Direction.FORWARD))) {
            layer++;
        }
        return layer;
    }

    /**
     * Returns one layer of a {@code torch.nn.LSTM}, its forward direction.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @param layer number of the layer, from 0
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Lstm lstm(Map<String, Tensor> tensors, String prefix, int layer) {
        return lstm(tensors, prefix, layer, Direction.FORWARD);
    }

    /**
     * Returns one direction of one layer of a {@code torch.nn.LSTM}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @param layer number of the layer, from 0
     * @param direction which of the two, when the module is bidirectional
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Lstm lstm(Map<String, Tensor> tensors, String prefix, int layer, Direction direction) {
        return lstm(named(tensors, prefix), suffix(layer, direction));
    }

    /**
     * Returns a {@code torch.nn.LSTMCell}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Lstm lstmCell(Map<String, Tensor> tensors, String prefix) {
        return lstm(named(tensors, prefix), "");
    }

    /**
     * Returns one layer of a {@code torch.nn.RNN}, its forward direction.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @param layer number of the layer, from 0
     * @param activation what the module was made with ({@code nonlinearity}); the tensors do not tell
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Rnn rnn(Map<String, Tensor> tensors, String prefix, int layer, Activation activation) {
        return rnn(tensors, prefix, layer, Direction.FORWARD, activation);
    }

    /**
     * Returns one direction of one layer of a {@code torch.nn.RNN}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @param layer number of the layer, from 0
     * @param direction which of the two, when the module is bidirectional
     * @param activation what the module was made with ({@code nonlinearity}); the tensors do not tell
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Rnn rnn(Map<String, Tensor> tensors, String prefix, int layer, Direction direction, Activation activation) {
        return rnn(named(tensors, prefix), suffix(layer, direction), activation);
    }

    /**
     * Returns a {@code torch.nn.RNNCell}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @param activation what the module was made with ({@code nonlinearity}); the tensors do not tell
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Rnn rnnCell(Map<String, Tensor> tensors, String prefix, Activation activation) {
        return rnn(named(tensors, prefix), "", activation);
    }

    /**
     * Returns a {@code torch.nn.Linear}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @param activation what follows it; {@link OutputActivation#IDENTITY} for the module alone
     * @return a new layer
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public static Dense linear(Map<String, Tensor> tensors, String prefix, OutputActivation activation) {
        NamedTensors named = named(tensors, prefix);
        int inputs = named.size("weight", 1);
        int units = named.size("weight", 0);
        float[] weight = named.values("weight", units, inputs);
        float[] bias = named.has("bias") ? named.values("bias", units) : new float[0];
        Dense dense = Dense.zero(inputs, units, activation);
        WeightLayout.PYTORCH.load(weight, new float[0], bias, dense.weights());
        return dense;
    }

    /**
     * Returns a {@code torch.nn.Embedding}.
     *
     * @param tensors by name
     * @param prefix name of the module, or empty
     * @return a new layer
     * @throws IllegalArgumentException if the tensor is missing or has another shape
     */
    public static Embedding embedding(Map<String, Tensor> tensors, String prefix) {
        NamedTensors named = named(tensors, prefix);
        int tokens = named.size("weight", 0);
        int dimension = named.size("weight", 1);
        float[] vectors = named.values("weight", tokens, dimension);
        Embedding embedding = Embedding.zero(tokens, dimension);
        embedding.setVectors(vectors);
        return embedding;
    }

    /**
     * Puts the tensors of a recurrent layer into a map, as the forward direction of layer 0; see the method with a direction.
     *
     * @param cell the layer
     * @param prefix name of the module, or empty
     * @param into receives four tensors
     */
    public static void put(RecurrentCell cell, String prefix, Map<String, Tensor> into) {
        put(cell, prefix, 0, Direction.FORWARD, into);
    }

    /**
     * Puts the tensors of a recurrent layer into a map: weights of inputs and of hidden states, the bias, and zeros for the second bias that
     * PyTorch has. {@link Safetensors#write} makes a file that {@code load_state_dict} takes.
     *
     * @param cell the layer
     * @param prefix name of the module, or empty
     * @param layer number of the layer, from 0
     * @param direction which of the two, when the module is bidirectional
     * @param into receives four tensors
     */
    public static void put(RecurrentCell cell, String prefix, int layer, Direction direction, Map<String, Tensor> into) {
        List<String> names = names(prefix, suffix(layer, direction));
        int rows = cell.weights().gates() * cell.units();
        WeightLayout torch = WeightLayout.PYTORCH;
        into.put(names.get(0), Tensor.of(torch.inputWeights(cell.weights()), rows, cell.inputs()));
        into.put(names.get(1), Tensor.of(torch.recurrentWeights(cell.weights()), rows, cell.units()));
        into.put(names.get(2), Tensor.of(torch.bias(cell.weights()), rows));
        into.put(names.get(3), Tensor.of(new float[rows], rows));
    }

    /**
     * Puts the tensors of a dense layer into a map, as those of a {@code torch.nn.Linear}.
     *
     * @param dense the layer; its activation is not part of the tensors
     * @param prefix name of the module, or empty
     * @param into receives two tensors
     */
    public static void put(Dense dense, String prefix, Map<String, Tensor> into) {
        List<String> names = names(prefix);
        int units = dense.weights().units();
        into.put(names.get(0), Tensor.of(WeightLayout.PYTORCH.inputWeights(dense.weights()), units, dense.weights().inputs()));
        into.put(names.get(1), Tensor.of(WeightLayout.PYTORCH.bias(dense.weights()), units));
    }

    /**
     * Puts the tensor of an embedding into a map, as that of a {@code torch.nn.Embedding}.
     *
     * @param embedding the layer
     * @param prefix name of the module, or empty
     * @param into receives one tensor
     */
    public static void put(Embedding embedding, String prefix, Map<String, Tensor> into) {
        into.put(start(prefix) + "weight", Tensor.of(embedding.vectors(), embedding.tokens(), embedding.dimension()));
    }

    /** The names under which {@code put} puts the tensors of a layer. */
    static List<String> names(Layer layer, String prefix) {
        return switch (layer) {
            case RecurrentCell cell -> names(prefix, suffix(0, Direction.FORWARD));
            case Dense dense -> names(prefix);
            case Embedding embedding -> List.of(start(prefix) + "weight");
        };
    }

    private static List<String> names(String prefix, String suffix) {
        return Stream.of(INPUT, RECURRENT, INPUT_BIAS, RECURRENT_BIAS).map(name -> start(prefix) + name + suffix).toList();
    }

    private static List<String> names(String prefix) {
        return List.of(start(prefix) + "weight", start(prefix) + "bias");
    }

    private static String start(String prefix) {
        return prefix.isEmpty() ? "" : prefix + ".";
    }

    /** Puts either kind of layer. */
    static void put(Layer layer, String prefix, Map<String, Tensor> into) {
        switch (layer) {
            case RecurrentCell cell -> put(cell, prefix, into);
            case Dense dense -> put(dense, prefix, into);
            case Embedding embedding -> put(embedding, prefix, into);
        }
    }

    private static Lstm lstm(NamedTensors named, String suffix) {
        return recurrent(named, suffix, LSTM_GATES, Lstm::zero);
    }

    private static Rnn rnn(NamedTensors named, String suffix, Activation activation) {
        return recurrent(named, suffix, 1, (inputs, units) -> Rnn.zero(inputs, units, activation));
    }

    private static <T extends RecurrentCell> T recurrent(NamedTensors named, String suffix, int gates, BiFunction<Integer, Integer, T> maker) {
        if (named.has("weight_hr" + suffix)) {
            throw named.refuse("weight_hr" + suffix, "got a layer with projections (proj_size), wanted one without");
        }
        int inputs = named.size(INPUT + suffix, 1);
        int units = named.size(RECURRENT + suffix, 1);
        long rows = (long) gates * units;
        float[] inputWeights = named.values(INPUT + suffix, rows, inputs);
        float[] recurrentWeights = named.values(RECURRENT + suffix, rows, units);
        float[] bias = new float[0];
        if (named.has(INPUT_BIAS + suffix) || named.has(RECURRENT_BIAS + suffix)) {
            float[] second = named.values(RECURRENT_BIAS + suffix, rows);
            bias = Arrays.copyOf(named.values(INPUT_BIAS + suffix, rows), 2 * second.length);
            System.arraycopy(second, 0, bias, second.length, second.length);
        }
        T cell = maker.apply(inputs, units);
        WeightLayout.PYTORCH.load(inputWeights, recurrentWeights, bias, cell.weights());
        return cell;
    }

    private static NamedTensors named(Map<String, Tensor> tensors, String prefix) {
        return new NamedTensors(tensors, prefix, ".");
    }

    private static String suffix(int layer, Direction direction) {
        if (layer < 0) {
            throw new IllegalArgumentException("layer: got " + layer + ", wanted >= 0");
        }
        return "_l" + layer + (direction == Direction.REVERSE ? "_reverse" : "");
    }
}
