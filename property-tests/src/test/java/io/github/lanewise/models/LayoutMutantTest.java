package io.github.lanewise.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.io.Direction;
import io.github.lanewise.io.KerasWeights;
import io.github.lanewise.io.OnnxWeights;
import io.github.lanewise.io.PyTorchWeights;
import io.github.lanewise.io.Tensor;
import io.github.lanewise.io.WeightLayout;
import io.github.lanewise.rnn.Bidirectional;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden models see every mistake that a converter can make: a wrong order, matrix, bias or direction is far outside the tolerance. */
class LayoutMutantTest {
    /** A mutant must miss by more than rounding could explain. */
    private static final double CLEARLY_WRONG = 1000;

    private static GoldenModel open(WeightLayout layout) throws IOException {
        return GoldenModel.open(switch (layout) {
            case PYTORCH -> "torch_lstm";
            case KERAS -> "keras_lstm";
            case ONNX -> "onnx_lstm";
        });
    }

    private static Lstm convert(WeightLayout layout, GoldenModel m) {
        return switch (layout) {
            case PYTORCH -> PyTorchWeights.lstm(m.tensors(), "layer", 0);
            case KERAS -> KerasWeights.lstm(m.tensors(), "lstm/lstm_cell");
            case ONNX -> OnnxWeights.lstm(m.tensor("W"), m.tensor("R"), Optional.of(m.tensor("B")), 0);
        };
    }

    private static double excess(GoldenModel m, Lstm lstm) {
        return m.excess("y", m.run(lstm));
    }

    /** The same arrays through each layout: only the framework's own one matches. */
    @ParameterizedTest
    @EnumSource
    void aSwappedLayoutIsSeen(WeightLayout truth) throws IOException {
        try (GoldenModel m = open(truth)) {
            Weights right = convert(truth, m).weights();
            for (WeightLayout layout : WeightLayout.values()) {
                Lstm lstm = Lstm.zero(right.inputs(), right.units());
                layout.load(truth.inputWeights(right), truth.recurrentWeights(right), truth.bias(right), lstm.weights());
                double excess = excess(m, lstm);
                assertEquals(layout == truth, excess <= 1, layout + " for " + truth + ": " + excess);
                assertTrue(layout == truth || excess > CLEARLY_WRONG, layout + " for " + truth + ": " + excess);
            }
        }
    }

    /** All 23 other orders of the gates. */
    @ParameterizedTest
    @EnumSource
    void everyOtherGateOrderIsSeen(WeightLayout layout) throws IOException {
        List<int[]> orders = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            int[] order = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
            if ((1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3]) == 15) {
                orders.add(order);
            }
        }
        assertEquals(24, orders.size());
        int caught = 0;
        try (GoldenModel m = open(layout)) {
            for (int[] order : orders) {
                Lstm lstm = convert(layout, m);
                Weights w = lstm.weights();
                w.setInputWeights(permuted(w.inputWeights(), order));
                w.setRecurrentWeights(permuted(w.recurrentWeights(), order));
                w.setBias(permuted(w.bias(), order));
                caught += excess(m, lstm) > CLEARLY_WRONG ? 1 : 0;
            }
        }
        assertEquals(23, caught);
    }

    private static float[] permuted(float[] values, int... order) {
        int block = values.length / 4;
        float[] to = new float[values.length];
        for (int gate = 0; gate < 4; gate++) {
            System.arraycopy(values, order[gate] * block, to, gate * block, block);
        }
        return to;
    }

    @ParameterizedTest
    @EnumSource
    void aTransposedRecurrentMatrixIsSeen(WeightLayout layout) throws IOException {
        try (GoldenModel m = open(layout)) {
            Lstm lstm = convert(layout, m);
            int units = lstm.units();
            float[] r = lstm.weights().recurrentWeights();
            float[] transposed = new float[r.length];
            for (int i = 0; i < r.length; i++) {
                int inGate = i % (units * units);
                transposed[i - inGate + inGate % units * units + inGate / units] = r[i];
            }
            lstm.weights().setRecurrentWeights(transposed);
            assertTrue(excess(m, lstm) > CLEARLY_WRONG);
        }
    }

    @Test
    void aForgottenBiasIsSeen() throws IOException {
        for (String forgotten : List.of("layer.bias_ih_l0", "layer.bias_hh_l0")) {
            try (GoldenModel m = GoldenModel.open("torch_lstm")) {
                Map<String, Tensor> tensors = new HashMap<>(m.tensors());
                tensors.put(forgotten, Tensor.of(new float[68], 68));
                assertTrue(excess(m, PyTorchWeights.lstm(tensors, "layer", 0)) > CLEARLY_WRONG, forgotten);
            }
        }
        try (GoldenModel m = GoldenModel.open("onnx_lstm")) {
            Tensor firstOnly = Tensor.of(Arrays.copyOf(Arrays.copyOf(m.tensor("B").toFloats(), 68), 136), 1, 136);
            assertTrue(excess(m, OnnxWeights.lstm(m.tensor("W"), m.tensor("R"), Optional.of(firstOnly), 0)) > CLEARLY_WRONG);
        }
    }

    @Test
    void swappedDirectionsAndForgottenLengthsAreSeen() throws IOException {
        try (GoldenModel m = GoldenModel.open("keras_bidirectional")) {
            Lstm forward = KerasWeights.lstm(m.tensors(), "bidirectional/forward_lstm/lstm_cell");
            Lstm reverse = KerasWeights.lstm(m.tensors(), "bidirectional/backward_lstm/lstm_cell");
            assertTrue(m.excess("y", m.run(new Bidirectional(reverse, forward), m.x(), m.lengths())) > CLEARLY_WRONG);
            // Reversed as a whole, padding first. What lies after the end of a row is not looked at.
            float[] y = m.run(new Bidirectional(forward, reverse), m.x());
            for (int i = 0; i < y.length; i++) {
                boolean ended = i / (y.length / GoldenModel.STEPS) >= m.lengths()[i / forward.units() / 2 % GoldenModel.BATCH];
                y[i] = ended ? 0 : y[i];
            }
            assertTrue(m.excess("y", y) > CLEARLY_WRONG);
        }
        try (GoldenModel m = GoldenModel.open("torch_lstm_stack")) {
            float[] y = m.x();
            for (int layer = 0; layer < 2; layer++) {
                Lstm forward = PyTorchWeights.lstm(m.tensors(), "layer", layer);
                y = m.run(new Bidirectional(forward, forward), y, m.lengths());
            }
            assertTrue(m.excess("y", y) > CLEARLY_WRONG, Direction.REVERSE + " not read");
        }
    }
}
