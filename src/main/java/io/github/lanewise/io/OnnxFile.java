package io.github.lanewise.io;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.rnn.RecurrentCell;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The recurrent layers and constants of an ONNX file, opened for reading. It does not run graphs: what lies between the layers is up to the caller,
 * and so are first states and the lengths of sequences.
 *
 * <p>Read are the {@code LSTM} and {@code RNN} operators of the main graph and its constants of float types. Sparse constants and those in other
 * files are left out. What Lanewise cannot compute is refused by its name when the layer is asked for. The file is mapped: constants take no heap
 * until they are copied out, and can be read until it is closed. Safe for any number of threads.
 *
 * <p>What a file makes {@link #open} keep on the heap is bounded, whatever it says: its own texts, and at most about 64 MB beside them. No length in the
 * file is believed before the bytes are there. A file is refused that has more than 65,536 constants, one of them with more than 16 dimensions; more than
 * 4,096 recurrent operators, one of them with more than 8 inputs, 16 attributes or 8 values of an attribute; or a name of more than 4,096 bytes.
 * {@link #layers} takes a few times the heap of the weights that are in the file.
 */
public final class OnnxFile implements AutoCloseable {
    private static final Map<Long, ElementType> TYPES = Map.of(1L, ElementType.F32, 10L, ElementType.F16, 11L, ElementType.F64, 16L, ElementType.BF16);
    /** Attributes that say nothing more than the shapes, or that hold for what the caller does. */
    private static final Set<String> HARMLESS = Set.of("hidden_size", "output_sequence", "direction");
    private static final List<String> DIRECTIONS = List.of("forward", "reverse", "bidirectional");
    private static final int SEQUENCE_LENGTHS = 4;
    private static final int PEEPHOLES = 7;
    private static final int MAX_CONSTANTS = 1 << 16;
    private static final int MAX_DIMENSIONS = 16;
    private static final int MAX_LAYERS = 1 << 12;
    /** The last input of an LSTM is the eighth. */
    private static final int MAX_INPUTS = PEEPHOLES + 1;
    private static final int MAX_ATTRIBUTES = 16;
    /** Two directions with three activations each have six. */
    private static final int MAX_VALUES = 8;

    private final Arena arena;
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, Node> layers = new LinkedHashMap<>();

    private OnnxFile(Arena arena) {
        this.arena = arena;
    }

    /** An operator; attributes hold numbers and texts as texts. */
    private record Node(String type, List<String> inputs, Map<String, List<String>> attributes) {}

    /**
     * Opens a file.
     *
     * @param file a regular file
     * @return its layers and constants, until it is closed
     * @throws MalformedFileException if the content is not what it should be
     * @throws IOException if reading fails
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena lives as long as what is returned
    public static OnnxFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": got " + (Files.exists(file) ? "no regular file" : "no such file") + ", wanted an ONNX file");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            OnnxFile opened = new OnnxFile(arena);
            boolean graph = false;
            for (ProtobufCursor model = ProtobufCursor.of(file, bytes); model.next();) {
                if (model.field() == 7) {
                    graph = true;
                    opened.readGraph(model.message());
                }
            }
            if (!graph) {
                throw new MalformedFileException(file, bytes.byteSize(), "got no graph, wanted one: no ONNX model");
            }
            return opened;
        } catch (IOException | RuntimeException | Error problem) {
            arena.close();
            throw problem;
        }
    }

    private void readGraph(ProtobufCursor graph) throws MalformedFileException {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> readNode(graph.message());
                case 5 -> readTensor(graph.message(), "");
                default -> { }
            }
        }
    }

    private void readNode(ProtobufCursor node) throws MalformedFileException {
        String name = "";
        String type = "";
        String output = "";
        for (ProtobufCursor first = node.fromStart(); first.next();) {
            switch (first.field()) {
                case 2 -> output = output.isEmpty() ? first.text() : output;
                case 3 -> name = first.text();
                case 4 -> type = first.text();
                default -> { }
            }
        }
        boolean constant = type.equals("Constant");
        if (!constant && !type.equals("LSTM") && !type.equals("RNN")) {
            return;
        }
        List<String> inputs = new ArrayList<>();
        Map<String, List<String>> values = new LinkedHashMap<>();
        while (node.next()) {
            switch (node.field()) {
                case 1 -> add(node, inputs, node.text(), MAX_INPUTS, "inputs");
                case 5 -> {
                    readAttribute(node.message(), values, constant ? output : "");
                    atMost(node, values.size(), MAX_ATTRIBUTES, "attributes");
                }
                default -> { }
            }
        }
        if (!constant && layers.put(name.isEmpty() ? output : name, new Node(type, inputs, values)) != null) {
            throw node.malformed("got two operators with the name \"" + name + "\", wanted distinct names");
        }
        atMost(node, layers.size(), MAX_LAYERS, "recurrent operators");
    }

    private static <T> void add(ProtobufCursor where, List<T> list, T item, int most, String what) throws MalformedFileException {
        atMost(where, list.size() + 1, most, what);
        list.add(item);
    }

    private static void atMost(ProtobufCursor where, int count, int most, String what) throws MalformedFileException {
        if (count > most) {
            throw where.malformed("got more than " + most + " " + what + ", wanted at most as many");
        }
    }

    private void readAttribute(ProtobufCursor attribute, Map<String, List<String>> into, String constant) throws MalformedFileException {
        String name = "";
        List<String> values = new ArrayList<>();
        while (attribute.next()) {
            switch (attribute.field()) {
                case 1 -> name = attribute.text();
                case 3 -> add(attribute, values, Long.toString(attribute.number()), MAX_VALUES, "values");
                case 4, 9 -> {
                    if (constant.isEmpty()) {
                        add(attribute, values, attribute.text(), MAX_VALUES, "values");
                    }
                }
                case 5 -> {
                    if (!constant.isEmpty()) {
                        readTensor(attribute.message(), constant);
                    }
                }
                default -> { }
            }
        }
        into.put(name, values);
    }

    /** Keeps a tensor of a float type whose data lies in one piece. */
    private void readTensor(ProtobufCursor tensor, String constantName) throws MalformedFileException {
        String name = constantName;
        long type = 0;
        List<Long> shape = new ArrayList<>();
        MemorySegment data = null;
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> {
                    if (tensor.hasLength()) {
                        for (ProtobufCursor packed = tensor.message(); !packed.atEnd();) {
                            add(tensor, shape, packed.packed(), MAX_DIMENSIONS, "dimensions");
                        }
                    } else {
                        add(tensor, shape, tensor.number(), MAX_DIMENSIONS, "dimensions");
                    }
                }
                case 2 -> type = tensor.number();
                case 8 -> name = constantName.isEmpty() ? tensor.text() : name;
                // float_data and double_data are little-endian as raw_data is, when they are packed.
                case 4, 9, 10 -> data = tensor.data();
                default -> { }
            }
        }
        ElementType kind = TYPES.get(type);
        if (kind == null || data == null) {
            return;
        }
        long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
        long bytes;
        try {
            bytes = Math.multiplyExact(Tensor.size(dimensions), kind.bits() / Byte.SIZE);
        } catch (ArithmeticException | IllegalArgumentException wrong) {
            bytes = -1;
        }
        if (bytes != data.byteSize()) {
            throw tensor.malformed("tensor \"" + name + "\": got " + data.byteSize() + " bytes, wanted as many as " + kind + " " + shape + " has");
        }
        constants.put(name, new Tensor(kind, dimensions, data));
        atMost(tensor, constants.size(), MAX_CONSTANTS, "constants");
    }

    /**
     * Returns the constants of float types: initializers and outputs of {@code Constant} operators, by name.
     *
     * @return an unmodifiable map; its tensors can be read until this file is closed
     */
    public Map<String, Tensor> constants() {
        return Collections.unmodifiableMap(constants);
    }

    /**
     * Returns the names of the {@code LSTM} and {@code RNN} operators, in the order of the graph; the name of its first output for one without name.
     *
     * @return names for {@link #layers}
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(layers.keySet());
    }

    /**
     * Tells whether the first layer of an operator runs from the last step to the first.
     *
     * @param name one of {@link #names}
     * @return {@link Direction#REVERSE} if the attribute {@code direction} is {@code reverse}; else FORWARD, also for a bidirectional operator
     * @throws IllegalArgumentException if there is no such operator
     */
    public Direction direction(String name) {
        return attribute(node(name), "direction", "forward").equals("reverse") ? Direction.REVERSE : Direction.FORWARD;
    }

    /**
     * Returns the layers of an operator, an {@link io.github.lanewise.rnn.Lstm} or {@link io.github.lanewise.rnn.Rnn} for each direction.
     *
     * @param name one of {@link #names}
     * @return one layer, or for a bidirectional operator two: forward and reverse, for {@link io.github.lanewise.rnn.Bidirectional}
     * @throws IllegalArgumentException if there is no such operator, its weights are not constants or of another shape, or it uses what has no
     *     counterpart here: peepholes, {@code sequence_lens}, {@code clip}, {@code input_forget}, {@code layout} 1, unknown attributes or other
     *     activations
     */
    public List<RecurrentCell> layers(String name) {
        Node node = node(name);
        boolean lstm = node.type.equals("LSTM");
        String where = node.type + " \"" + name + "\": ";
        int directions = attribute(node, "direction", "forward").equals("bidirectional") ? 2 : 1;
        List<String> wanted = Collections.nCopies(directions, "Sigmoid,Tanh,Tanh");
        List<String> activations = node.attributes.getOrDefault("activations", lstm ? List.of(String.join(",", wanted).split(",", -1))
                : Collections.nCopies(directions, "Tanh"));
        refuse(where, node);
        if (lstm && !String.join(",", activations).equals(String.join(",", wanted))) {
            throw new IllegalArgumentException(where + "activations: got " + activations + ", wanted Sigmoid, Tanh, Tanh");
        }
        if (!lstm && activations.size() != directions) {
            throw new IllegalArgumentException(where + "activations: got " + activations + ", wanted " + directions);
        }
        Tensor w = constant(where, node, 1, "W");
        if (w.shape().length != 3 || w.shape()[0] != directions) {
            throw new IllegalArgumentException(where + "input W: got " + w + ", wanted 3 dimensions, the first " + directions);
        }
        Tensor r = constant(where, node, 2, "R");
        Optional<Tensor> b = input(node, 3).isEmpty() ? Optional.empty() : Optional.of(constant(where, node, 3, "B"));
        List<RecurrentCell> cells = new ArrayList<>();
        for (int direction = 0; direction < directions; direction++) {
            cells.add(lstm ? OnnxWeights.lstm(w, r, b, direction)
                    : OnnxWeights.rnn(w, r, b, direction, activation(where, activations.get(direction))));
        }
        return List.copyOf(cells);
    }

    private static void refuse(String where, Node node) {
        if (!input(node, SEQUENCE_LENGTHS).isEmpty()) {
            throw new IllegalArgumentException(where + "got the input sequence_lens, wanted none: give the lengths to forward");
        }
        if (!input(node, PEEPHOLES).isEmpty()) {
            throw new IllegalArgumentException(where + "got the input P (peepholes), wanted none");
        }
        if (!DIRECTIONS.contains(attribute(node, "direction", "forward"))) {
            throw new IllegalArgumentException(where + "direction: got " + attribute(node, "direction", "forward") + ", wanted one of " + DIRECTIONS);
        }
        node.attributes.forEach((attribute, values) -> {
            boolean zero = (attribute.equals("input_forget") || attribute.equals("layout")) && values.stream().allMatch("0"::equals);
            if (!zero && !HARMLESS.contains(attribute) && !attribute.equals("activations")) {
                throw new IllegalArgumentException(where + "got the attribute " + attribute + (values.isEmpty() ? "" : " " + values) + ", wanted none");
            }
        });
    }

    private static Activation activation(String where, String name) {
        for (Activation activation : List.of(Activation.TANH, Activation.RELU, Activation.SIGMOID)) {
            if (activation.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return activation;
            }
        }
        throw new IllegalArgumentException(where + "activations: got " + name + ", wanted Tanh, Relu or Sigmoid");
    }

    private Node node(String name) {
        Node node = layers.get(name);
        if (node == null) {
            throw new IllegalArgumentException("operator: got \"" + name + "\", wanted one of " + layers.keySet());
        }
        return node;
    }

    private Tensor constant(String where, Node node, int index, String what) {
        Tensor tensor = constants.get(input(node, index));
        if (tensor == null) {
            throw new IllegalArgumentException(where + "input " + what + ": got \"" + input(node, index) + "\", wanted the name of a constant of floats");
        }
        return tensor;
    }

    private static String input(Node node, int index) {
        return index < node.inputs.size() ? node.inputs.get(index) : "";
    }

    private static String attribute(Node node, String name, String otherwise) {
        List<String> values = node.attributes.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : values.get(0);
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        arena.close();
    }
}
