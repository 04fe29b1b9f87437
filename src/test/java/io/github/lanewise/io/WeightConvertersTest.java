package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.Rnn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What converters refuse, in which words, and that a layout undoes itself. That they are right is shown by golden models of the frameworks. */
class WeightConvertersTest {
    private final Map<String, Tensor> tensors = new HashMap<>();

    @ParameterizedTest
    @EnumSource
    void aLayoutUndoesItself(WeightLayout layout) {
        for (int units : new int[] {1, 5, 16, 19}) {
            Lstm from = Lstm.create(3, units, new SplitMix64(units));
            Lstm to = Lstm.zero(3, units);
            layout.load(layout.inputWeights(from.weights()), layout.recurrentWeights(from.weights()), layout.bias(from.weights()), to.weights());
            assertArrayEquals(from.weights().inputWeights(), to.weights().inputWeights());
            assertArrayEquals(from.weights().recurrentWeights(), to.weights().recurrentWeights());
            assertArrayEquals(from.weights().bias(), to.weights().bias());
        }
    }

    @Test
    void wrongLengthsAreRefusedBeforeAnythingIsWritten() {
        Rnn rnn = Rnn.zero(2, 3, Activation.TANH);
        float[] nine = new float[9];
        nine[0] = 7;
        assertMessage("input weights: got 9 values, wanted 6", () -> WeightLayout.KERAS.load(nine, nine, new float[3], rnn.weights()));
        assertMessage("recurrent weights: got 6 values, wanted 9", () -> WeightLayout.KERAS.load(new float[6], new float[6], nine, rnn.weights()));
        assertMessage("bias: got 4 values, wanted 6", () -> WeightLayout.ONNX.load(new float[6], nine, new float[4], rnn.weights()));
        assertArrayEquals(new float[9], rnn.weights().recurrentWeights());
    }

    @Test
    void missingTensorsAreNamed() {
        put("a.weight_ih_l0", 4, 1);
        assertMessage("tensor: got no \"a.weight_hh_l0\" among [a.weight_ih_l0], wanted it", () -> PyTorchWeights.lstm(tensors, "a", 0));
        put("a.weight_hh_l0", 4, 1);
        put("a.bias_ih_l0", 4);
        tensors.remove("a.weight_ih_l0");
        put("a.weight_ih_l0", 4, 1);
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, () -> PyTorchWeights.lstm(tensors, "a", 0)).getMessage())
                .startsWith("tensor: got no \"a.bias_hh_l0\" among ["));
        assertMessage("layer: got -1, wanted >= 0", () -> PyTorchWeights.lstm(tensors, "a", -1));
        assertEquals(1, PyTorchWeights.layers(tensors, "a"));
        assertEquals(0, PyTorchWeights.layers(tensors, ""));
    }

    @Test
    void otherShapesAreNamed() {
        put("weight_ih_l0", 6, 5);
        put("weight_hh_l0", 6, 2);
        // Three gates: a GRU.
        assertMessage("weight_ih_l0: got F32 [6, 5], wanted the shape [8, 5]", () -> PyTorchWeights.lstm(tensors, "", 0));
        put("weight_ih_l0", 8);
        assertMessage("weight_ih_l0: got F32 [8], wanted 2 dimensions of 1 to 2^31 - 1", () -> PyTorchWeights.lstm(tensors, "", 0));
        put("weight_ih_l0", 8, 0);
        assertMessage("weight_ih_l0: got F32 [8, 0], wanted 2 dimensions of 1 to 2^31 - 1", () -> PyTorchWeights.lstm(tensors, "", 0));
        put("d/kernel", 2, 3);
        put("d/bias", 2);
        assertMessage("d/bias: got F32 [2], wanted the shape [3]", () -> KerasWeights.dense(tensors, "d", OutputActivation.TANH));
    }

    @Test
    void projectionsAreRefused() {
        put("m.weight_hr_l0", 2, 3);
        assertMessage("m.weight_hr_l0: got a layer with projections (proj_size), wanted one without", () -> PyTorchWeights.lstm(tensors, "m", 0));
    }

    @Test
    void onnxDirectionsAreChecked() {
        Tensor w = Tensor.of(new float[8], 1, 8, 1);
        Tensor r = Tensor.of(new float[16], 1, 8, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> OnnxWeights.lstm(w, r, Optional.empty(), 1));
        assertMessage("W: got 3 directions, wanted 1 or 2",
                () -> OnnxWeights.lstm(Tensor.of(new float[24], 3, 8, 1), r, Optional.empty(), 0));
        assertMessage("B: got F32 [1, 8], wanted the shape [1, 16]",
                () -> OnnxWeights.lstm(w, r, Optional.of(Tensor.of(new float[8], 1, 8)), 0));
    }

    private void put(String name, int... shape) {
        long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
        tensors.put(name, Tensor.of(new float[(int) Tensor.size(dimensions)], dimensions));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
