package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What recurrent layers refuse, in which words, and that they have written nothing when they do. */
class CellContractTest {
    private final Lstm lstm = Lstm.create(3, 5, new SplitMix64(1));
    private final Rnn rnn = Rnn.create(3, 5, Activation.TANH, new SplitMix64(1));

    @Test
    void sizesMustBePositive() {
        assertMessage("inputs: got 0, wanted >= 1", () -> Lstm.zero(0, 5));
        assertMessage("units: got -1, wanted >= 1", () -> Rnn.zero(3, -1, Activation.RELU));
        assertMessage("batch: got 0, wanted >= 1", () -> lstm.newState(0));
        assertMessage("maximum steps: got 0, wanted >= 1", () -> lstm.newTape(0, 1));
    }

    @Test
    void layersTooLargeForAnArrayAreRefused() {
        assertMessage("layer size: got 40000 inputs and 40000 units, wanted at most 2^31 packed weights", () -> Lstm.zero(40000, 40000));
    }

    @Test
    void stepRefusesShortInputsAndForeignStates() {
        CellState state = lstm.newState(2);
        assertThrows(IndexOutOfBoundsException.class, () -> lstm.step(new float[5], 0, state));
        assertThrows(IndexOutOfBoundsException.class, () -> lstm.step(new float[6], 1, state));
        assertThrows(IndexOutOfBoundsException.class, () -> lstm.step(new float[6], -1, state));
        assertThrows(IllegalArgumentException.class, () -> lstm.step(new float[6], 0, rnn.newState(2)));
    }

    @Test
    void forwardRefusesWhatDoesNotFit() {
        CellTape tape = lstm.newTape(4, 2);
        CellState state = lstm.newState(2);
        float[] xs = new float[4 * 2 * 3];
        float[] ys = new float[4 * 2 * 5];
        Arrays.fill(ys, 7);
        assertMessage("steps: got 5, wanted 1 to 4", () -> lstm.forward(xs, 0, 5, state, tape, ys, 0));
        assertMessage("steps: got 0, wanted 1 to 4", () -> lstm.forward(xs, 0, 0, state, tape, ys, 0));
        assertMessage("lengths: got 3, wanted 2 as the batch has rows, or none",
                () -> lstm.forward(xs, 0, 4, new int[3], state, tape, ys, 0));
        assertMessage("length: got 5, wanted 0 to 4", () -> lstm.forward(xs, 0, 4, new int[] {1, 5}, state, tape, ys, 0));
        assertMessage("batch: got a state of 1 rows, wanted 2 as the tape has", () -> lstm.forward(xs, 0, 4, lstm.newState(), tape, ys, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> lstm.forward(xs, 1, 4, state, tape, ys, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> lstm.forward(xs, 0, 4, state, tape, ys, 1));
        float[] untouched = new float[ys.length];
        Arrays.fill(untouched, 7);
        assertArrayEquals(untouched, ys);
    }

    @Test
    void aTapeServesOneBackwardPassPerForwardPass() {
        CellTape tape = rnn.newTape(2, 1);
        float[] dys = new float[2 * 5];
        Gradients gradients = rnn.newGradients();
        assertThrows(IllegalStateException.class, () -> rnn.backward(dys, 0, tape, rnn.newState(), gradients));
        rnn.forward(new float[6], 0, 2, rnn.newState(), tape, new float[10], 0);
        rnn.backward(dys, 0, tape, rnn.newState(), gradients);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> rnn.backward(dys, 0, tape, rnn.newState(), gradients));
        assertEquals("tape: got no forward pass, wanted one that backward has not consumed yet", e.getMessage());
    }

    @Test
    void gradientsOfAnotherShapeAreRefused() {
        CellTape tape = rnn.newTape(2, 1);
        rnn.forward(new float[6], 0, 2, rnn.newState(), tape, new float[10], 0);
        assertThrows(IllegalArgumentException.class, () -> rnn.backward(new float[10], 0, tape, rnn.newState(), lstm.newGradients()));
    }

    @Test
    void weightsComeBackAsTheyWereSet() {
        float[] input = counting(4 * 5 * 3);
        float[] recurrent = counting(4 * 5 * 5);
        float[] bias = counting(4 * 5);
        lstm.weights().setInputWeights(input);
        lstm.weights().setRecurrentWeights(recurrent);
        lstm.weights().setBias(bias);
        assertArrayEquals(input, lstm.weights().inputWeights());
        assertArrayEquals(recurrent, lstm.weights().recurrentWeights());
        assertArrayEquals(bias, lstm.weights().bias());
        assertMessage("bias: got 19 values, wanted 20", () -> lstm.weights().setBias(new float[19]));
    }

    @Test
    void statesComeBackAsTheyWereSet() {
        CellState state = lstm.newState(2);
        state.setH(counting(10), 0);
        state.setC(counting(10), 0);
        float[] h = new float[11];
        float[] c = new float[10];
        state.copyH(h, 1);
        state.copyC(c, 0);
        assertArrayEquals(counting(10), Arrays.copyOfRange(h, 1, 11));
        assertArrayEquals(counting(10), c);
        assertEquals(7, state.h(1, 2));
        CellState copy = lstm.newState(2);
        copy.copyFrom(state);
        assertEquals(7, copy.h(1, 2));
        state.reset();
        assertEquals(0, state.h(1, 2));
        assertThrows(IllegalStateException.class, () -> rnn.newState().setC(new float[5], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> state.h(0, 5));
    }

    @Test
    void aLayerOnAnotherBackendSharesItsWeights() {
        Lstm scalar = lstm.on(Kernels.scalar());
        lstm.weights().setBias(counting(20));
        assertArrayEquals(counting(20), scalar.weights().bias());
    }

    @Test
    void notANumberPropagates() {
        CellState state = lstm.newState();
        lstm.step(new float[] {Float.NaN, 0, 0}, 0, state);
        assertTrue(Float.isNaN(state.h(0, 0)));
    }

    private static float[] counting(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i;
        }
        return values;
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
