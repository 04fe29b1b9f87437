package io.github.lanewise.models;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.io.Direction;
import io.github.lanewise.io.KerasWeights;
import io.github.lanewise.io.OnnxWeights;
import io.github.lanewise.io.PyTorchWeights;
import io.github.lanewise.io.Tensor;
import io.github.lanewise.kernel.Activation;
import io.github.lanewise.rnn.Bidirectional;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of PyTorch, Keras and ONNX give here what they give there. */
class ConverterTest {
    /** A golden model and how it is built and run here. */
    record Case(String model, String answer, Function<GoldenModel, float[]> run) {
        @Override
        public String toString() {
            return model + " " + answer;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("torch_lstm", "y", m -> m.run(PyTorchWeights.lstm(m.tensors(), "layer", 0))),
                new Case("torch_lstm_nobias", "y", m -> m.run(PyTorchWeights.lstm(m.tensors(), "layer", 0))),
                new Case("torch_lstm_stack", "y", ConverterTest::lstmStack),
                new Case("torch_lstm_stack", "z",
                        m -> GoldenModel.run(PyTorchWeights.linear(m.tensors(), "head", OutputActivation.IDENTITY), lstmStack(m))),
                new Case("torch_rnn_tanh", "y", m -> m.run(PyTorchWeights.rnn(m.tensors(), "layer", 0, Activation.TANH))),
                new Case("torch_rnn_relu_stack", "y", ConverterTest::rnnStack),
                new Case("torch_rnn_relu_stack", "z",
                        m -> GoldenModel.run(PyTorchWeights.linear(m.tensors(), "head", OutputActivation.IDENTITY), rnnStack(m))),
                new Case("keras_lstm", "y", m -> m.run(KerasWeights.lstm(m.tensors(), "lstm/lstm_cell"))),
                new Case("keras_lstm_nobias", "y", m -> m.run(KerasWeights.lstm(m.tensors(), "lstm/lstm_cell"))),
                new Case("keras_bidirectional", "y", m -> m.run(new Bidirectional(
                        KerasWeights.lstm(m.tensors(), "bidirectional/forward_lstm/lstm_cell"),
                        KerasWeights.lstm(m.tensors(), "bidirectional/backward_lstm/lstm_cell")), m.x(), m.lengths())),
                new Case("keras_rnn_tanh", "y", m -> m.run(KerasWeights.simpleRnn(m.tensors(), "simple_rnn/simple_rnn_cell", Activation.TANH))),
                new Case("keras_rnn_relu", "y", m -> m.run(KerasWeights.simpleRnn(m.tensors(), "simple_rnn/simple_rnn_cell", Activation.RELU))),
                new Case("keras_dense", "y", m -> GoldenModel.run(KerasWeights.dense(m.tensors(), "dense", OutputActivation.SOFTMAX), m.x())),
                new Case("onnx_lstm", "y", m -> m.run(onnxLstm(m, 0))),
                new Case("onnx_lstm_nobias", "y", m -> m.run(onnxLstm(m, 0))),
                new Case("onnx_lstm_bidirectional", "y", m -> m.run(new Bidirectional(onnxLstm(m, 0), onnxLstm(m, 1)), m.x())),
                new Case("onnx_rnn_tanh", "y", m -> m.run(onnxRnn(m, 0, Activation.TANH))),
                new Case("onnx_rnn_relu_bidirectional", "y",
                        m -> m.run(new Bidirectional(onnxRnn(m, 0, Activation.RELU), onnxRnn(m, 1, Activation.RELU)), m.x())),
                new Case("onnx_gemm", "y", m -> GoldenModel.run(gemm(m, false), m.x())),
                new Case("onnx_gemm_transposed", "y", m -> GoldenModel.run(gemm(m, true), m.x())));
    }

    private static float[] lstmStack(GoldenModel m) {
        assertEquals(2, PyTorchWeights.layers(m.tensors(), "layer"));
        float[] y = m.x();
        for (int layer = 0; layer < 2; layer++) {
            y = m.run(new Bidirectional(PyTorchWeights.lstm(m.tensors(), "layer", layer),
                    PyTorchWeights.lstm(m.tensors(), "layer", layer, Direction.REVERSE)), y, m.lengths());
        }
        return y;
    }

    private static float[] rnnStack(GoldenModel m) {
        float[] y = m.x();
        for (int layer = 0; layer < 2; layer++) {
            Rnn reverse = PyTorchWeights.rnn(m.tensors(), "layer", layer, Direction.REVERSE, Activation.RELU);
            y = m.run(new Bidirectional(PyTorchWeights.rnn(m.tensors(), "layer", layer, Activation.RELU), reverse), y, m.lengths());
        }
        return y;
    }

    private static Lstm onnxLstm(GoldenModel m, int direction) {
        return OnnxWeights.lstm(m.tensor("W"), m.tensor("R"), Optional.ofNullable(m.tensors().get("B")), direction);
    }

    private static Rnn onnxRnn(GoldenModel m, int direction, Activation activation) {
        return OnnxWeights.rnn(m.tensor("W"), m.tensor("R"), Optional.ofNullable(m.tensors().get("B")), direction, activation);
    }

    private static Dense gemm(GoldenModel m, boolean transposed) {
        return OnnxWeights.gemm(m.tensor("B"), transposed, Optional.of(m.tensor("C")), OutputActivation.IDENTITY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAreThoseOfTheFramework(Case c) throws IOException {
        try (GoldenModel model = GoldenModel.open(c.model)) {
            double excess = model.excess(c.answer, c.run.apply(model));
            System.out.printf("%s: error %.2f times what it may be%n", c, excess);
            assertTrue(excess <= 1, () -> c + ": error " + excess + " times what it may be");
        }
    }

    @Test
    void everyModelIsCompared() throws IOException {
        Set<String> compared = new HashSet<>(Set.of("torch_cells", "types"));
        cases().forEach(c -> compared.add(c.model));
        try (Stream<Path> files = Files.list(GoldenModel.path("types").getParent())) {
            assertEquals(compared, files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".safetensors"))
                    .map(file -> file.replace(".safetensors", "")).collect(toSet()));
        }
    }

    @Test
    void lastStatesAreThoseOfPyTorch() throws IOException {
        try (GoldenModel model = GoldenModel.open("torch_lstm")) {
            Lstm lstm = PyTorchWeights.lstm(model.tensors(), "layer", 0);
            CellState state = lstm.newState(GoldenModel.BATCH);
            float[] last = new float[GoldenModel.BATCH * lstm.units()];
            lstm.forward(model.x(), 0, GoldenModel.STEPS, state, lstm.newTape(GoldenModel.STEPS, GoldenModel.BATCH),
                    new float[GoldenModel.STEPS * last.length], 0);
            state.copyH(last, 0);
            assertTrue(model.excess("hT", last) <= 1);
            state.copyC(last, 0);
            assertTrue(model.excess("cT", last) <= 1);
        }
    }

    @Test
    void cellsAreThoseOfPyTorch() throws IOException {
        try (GoldenModel model = GoldenModel.open("torch_cells")) {
            Lstm lstm = PyTorchWeights.lstmCell(model.tensors(), "lstm");
            Rnn rnn = PyTorchWeights.rnnCell(model.tensors(), "rnn", Activation.TANH);
            CellState state = lstm.newState(GoldenModel.BATCH);
            CellState second = rnn.newState(GoldenModel.BATCH);
            float[] h = new float[GoldenModel.BATCH * lstm.units()];
            lstm.step(model.x(), 0, state);
            state.copyC(h, 0);
            assertTrue(model.excess("c", h) <= 1);
            state.copyH(h, 0);
            rnn.step(h, 0, second);
            float[] y = new float[GoldenModel.BATCH * rnn.units()];
            second.copyH(y, 0);
            assertTrue(model.excess("h", y) <= 1);
        }
    }

    /** What goes back has the names, shapes and numbers that came; only the two biases have become one. */
    @Test
    void exportIsWhatPyTorchHad() throws IOException {
        try (GoldenModel model = GoldenModel.open("torch_lstm_stack")) {
            Map<String, Tensor> exported = new HashMap<>();
            for (int layer = 0; layer < 2; layer++) {
                for (Direction direction : Direction.values()) {
                    PyTorchWeights.put(PyTorchWeights.lstm(model.tensors(), "layer", layer, direction), "layer", layer, direction, exported);
                }
            }
            PyTorchWeights.put(PyTorchWeights.linear(model.tensors(), "head", OutputActivation.IDENTITY), "head", exported);
            Set<String> names = new HashSet<>(model.tensors().keySet());
            names.removeIf(name -> name.matches("(in|f32|f64)\\..*"));
            assertEquals(names, exported.keySet());
            exported.forEach((name, tensor) -> {
                float[] wanted = model.tensor(name).toFloats();
                assertArrayEquals(model.tensor(name).shape(), tensor.shape(), name);
                if (name.contains("bias_ih")) {
                    float[] second = model.tensor(name.replace("bias_ih", "bias_hh")).toFloats();
                    for (int i = 0; i < wanted.length; i++) {
                        wanted[i] += second[i];
                    }
                }
                assertArrayEquals(name.contains("bias_hh") ? new float[wanted.length] : wanted, tensor.toFloats(), name);
            });
        }
    }
}
