package io.github.lanewise.io;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Embedding;
import io.github.lanewise.rnn.Layer;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Layers by name with what belongs to them, kept in one safetensors file: saved here and loaded elsewhere, they give the same bits.
 *
 * <p>The tensors have PyTorch's names and layout, so {@code load_state_dict} of a module with the same parts takes the file. What PyTorch does
 * not keep with its tensors, the kinds and activations of the layers, is in the texts {@code lanewise.version} and {@code lanewise.layers}.
 *
 * @param layers by name, which must be neither empty nor have a line break
 * @param tensors what else the model consists of, such as an embedding, by names that no tensor of a layer has
 * @param metadata texts, such as the words of a vocabulary; keys that begin with {@code lanewise.} are reserved
 */
public record Model(Map<String, Layer> layers, Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final String RESERVED = "lanewise.";
    private static final String VERSION = "lanewise.version";
    private static final String LAYERS = "lanewise.layers";
    private static final String CURRENT = "1";

    /**
     * Puts a model together. The maps are copied, the layers and tensors are not.
     *
     * @throws IllegalArgumentException if a name or key is not allowed or a name is used twice
     */
    public Model {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        for (String key : metadata.keySet()) {
            if (key.startsWith(RESERVED)) {
                throw new IllegalArgumentException("metadata key: got \"" + key + "\", wanted none that begins with \"" + RESERVED + "\"");
            }
        }
        Set<String> names = new HashSet<>(tensors.keySet());
        layers.forEach((name, layer) -> {
            if (name.isEmpty() || name.contains("\n")) {
                throw new IllegalArgumentException("layer name: got \"" + name + "\", wanted a text in one line");
            }
            for (String tensor : PyTorchWeights.names(layer, name)) {
                if (!names.add(tensor)) {
                    throw new IllegalArgumentException("tensor name: got \"" + tensor + "\" twice, wanted distinct names");
                }
            }
        });
    }

    /**
     * Puts layers together.
     *
     * @param layers by name, which must be neither empty nor have a line break
     * @return a model of layers alone
     * @throws IllegalArgumentException if a name is not allowed
     */
    public static Model of(Map<String, Layer> layers) {
        return new Model(layers, Map.of(), Map.of());
    }

    /**
     * Saves the model; an older file is replaced when all is written. The same model gives the same bytes.
     *
     * @param file where to; its folder must exist
     * @throws IOException if writing fails
     */
    public void save(Path file) throws IOException {
        save(file, ElementType.F32);
    }

    /**
     * Saves the model with the weights of its layers in a type: {@link ElementType#BF16} halves the file and rounds them to 8 bits.
     *
     * @param file where to; its folder must exist
     * @param type {@link ElementType#F32} or {@link ElementType#BF16}
     * @throws UnsupportedOperationException if it is another type
     * @throws IOException if writing fails
     */
    public void save(Path file, ElementType type) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>(metadata);
        StringJoiner kinds = new StringJoiner("\n");
        layers.forEach((name, layer) -> kinds.add(kind(layer) + " " + name));
        texts.put(VERSION, CURRENT);
        texts.put(LAYERS, kinds.toString());
        Map<String, Tensor> all = new LinkedHashMap<>();
        layers.forEach((name, layer) -> PyTorchWeights.put(layer, name, all));
        all.replaceAll((name, tensor) -> tensor.as(type));
        all.putAll(tensors);
        Safetensors.write(file, all, texts);
    }

    /**
     * Loads a model that {@code save} wrote. For other files see {@link PyTorchWeights}, {@link KerasWeights} and {@link OnnxWeights}.
     *
     * @param file a file of a saved model
     * @return the whole model, in memory
     * @throws MalformedFileException if the content is not what it should be
     * @throws IOException if reading fails
     */
    public static Model load(Path file) throws IOException {
        try (Safetensors in = Safetensors.open(file)) {
            return read(in);
        } catch (IllegalArgumentException | UnsupportedOperationException problem) {
            MalformedFileException malformed = new MalformedFileException(file, Long.BYTES, String.valueOf(problem.getMessage()));
            malformed.initCause(problem);
            throw malformed;
        }
    }

    private static Model read(Safetensors in) {
        Map<String, String> metadata = new LinkedHashMap<>(in.metadata());
        String version = metadata.remove(VERSION);
        String kinds = metadata.remove(LAYERS);
        if (version == null || kinds == null || !version.equals(CURRENT)) {
            throw new IllegalArgumentException(VERSION + ": got " + (version == null ? "none" : version) + ", wanted " + CURRENT
                    + " and " + LAYERS + ", as in files of saved models");
        }
        Map<String, Tensor> rest = new LinkedHashMap<>(in.tensors());
        Map<String, Layer> layers = new LinkedHashMap<>();
        for (String line : kinds.isEmpty() ? new String[0] : kinds.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException(LAYERS + ": got \"" + line + "\", wanted a kind of layer, a space and its name");
            }
            String name = line.substring(space + 1);
            Layer layer = layer(line.substring(0, space), in.tensors(), name);
            if (layers.put(name, layer) != null) {
                throw new IllegalArgumentException(LAYERS + ": got the name \"" + name + "\" twice, wanted distinct names");
            }
            PyTorchWeights.names(layer, name).forEach(rest::remove);
        }
        rest.replaceAll((name, tensor) -> tensor.copy());
        return new Model(layers, rest, metadata);
    }

    /**
     * Returns an LSTM layer.
     *
     * @param name its name
     * @return the layer
     * @throws IllegalArgumentException if there is none of this name and kind
     */
    public Lstm lstm(String name) {
        return layer(name, Lstm.class);
    }

    /**
     * Returns an Elman layer.
     *
     * @param name its name
     * @return the layer
     * @throws IllegalArgumentException if there is none of this name and kind
     */
    public Rnn rnn(String name) {
        return layer(name, Rnn.class);
    }

    /**
     * Returns a dense layer.
     *
     * @param name its name
     * @return the layer
     * @throws IllegalArgumentException if there is none of this name and kind
     */
    public Dense dense(String name) {
        return layer(name, Dense.class);
    }

    /**
     * Returns an embedding.
     *
     * @param name its name
     * @return the layer
     * @throws IllegalArgumentException if there is none of this name and kind
     */
    public Embedding embedding(String name) {
        return layer(name, Embedding.class);
    }

    private <T extends Layer> T layer(String name, Class<T> type) {
        Layer layer = layers.get(name);
        if (!type.isInstance(layer)) {
            throw new IllegalArgumentException("layer \"" + name + "\": got " + (layer == null ? "none among " + layers.keySet() : kind(layer))
                    + ", wanted " + type.getSimpleName());
        }
        return type.cast(layer);
    }

    private static String kind(Layer layer) {
        return switch (layer) {
            case Lstm lstm -> "lstm";
            case Rnn rnn -> "rnn:" + rnn.activation().name().toLowerCase(Locale.ROOT);
            case Dense dense -> "dense:" + dense.activation().name().toLowerCase(Locale.ROOT);
            case Embedding embedding -> "embedding";
        };
    }

    private static Layer layer(String kind, Map<String, Tensor> tensors, String name) {
        if (kind.equals("lstm")) {
            return PyTorchWeights.lstm(tensors, name, 0);
        }
        if (kind.equals("embedding")) {
            return PyTorchWeights.embedding(tensors, name);
        }
        for (Activation activation : Activation.values()) {
            if (kind.equals("rnn:" + activation.name().toLowerCase(Locale.ROOT))) {
                return PyTorchWeights.rnn(tensors, name, 0, activation);
            }
        }
        for (OutputActivation activation : OutputActivation.values()) {
            if (kind.equals("dense:" + activation.name().toLowerCase(Locale.ROOT))) {
                return PyTorchWeights.linear(tensors, name, activation);
            }
        }
        throw new IllegalArgumentException(LAYERS + ": got the kind \"" + kind + "\", wanted lstm, embedding, rnn: or dense: and an activation");
    }
}
