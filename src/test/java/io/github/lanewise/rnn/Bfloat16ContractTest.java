package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What layers with bfloat16 weights refuse, in which words, and that they have written nothing when they do. */
class Bfloat16ContractTest {
    private final Lstm lstm = Lstm.create(3, 5, new SplitMix64(1));
    private final Dense dense = Dense.create(3, 5, OutputActivation.TANH, new SplitMix64(1));

    @Test
    void stepRefusesShortInputsAndForeignStates() {
        Bfloat16Cell cell = lstm.toBfloat16();
        assertEquals(3, cell.inputs());
        assertEquals(5, cell.units());
        CellState state = cell.newState(2);
        float[] h = new float[10];
        Arrays.fill(h, 0.5f);
        state.setH(h, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> cell.step(new float[5], 0, state));
        assertThrows(IndexOutOfBoundsException.class, () -> cell.step(new float[6], 1, state));
        assertThrows(IndexOutOfBoundsException.class, () -> cell.step(new float[6], -1, state));
        CellState foreign = Rnn.create(3, 5, Activation.TANH, new SplitMix64(1)).newState(2);
        assertMessage("state: got one of Layout[inputs=3, recurrent=5, gates=1, units=5], wanted one of Layout[inputs=3, recurrent=5, gates=4, units=5]",
                () -> cell.step(new float[6], 0, foreign));
        assertMessage("batch: got 0, wanted >= 1", () -> cell.newState(0));
        float[] after = new float[10];
        state.copyH(after, 0);
        assertArrayEquals(h, after);
        foreign.copyH(after, 0);
        assertArrayEquals(new float[10], after);
    }

    @Test
    void forwardRefusesWhatDoesNotFit() {
        Bfloat16Dense half = dense.toBfloat16();
        DenseTape tape = half.newTape(2);
        float[] y = new float[10];
        Arrays.fill(y, 7);
        assertMessage("rows: got 3, wanted 1 to 2", () -> half.forward(new float[9], 0, 3, tape, y, 0));
        assertMessage("rows: got 0, wanted 1 to 2", () -> half.forward(new float[9], 0, 0, tape, y, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> half.forward(new float[6], 1, 2, tape, y, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> half.forward(new float[6], 0, 2, tape, y, 1));
        assertThrows(IllegalArgumentException.class, () -> half.forward(new float[6], 0, 2, Dense.zero(4, 5, OutputActivation.TANH).newTape(2), y, 0));
        assertMessage("maximum rows: got 0, wanted >= 1", () -> half.newTape(0));
        float[] untouched = new float[10];
        Arrays.fill(untouched, 7);
        assertArrayEquals(untouched, y);
    }

    /** The memory of a backward pass can be as much as that of the weights, so a tape for inference has none. */
    @Test
    void aTapeForInferenceServesNoBackwardPass() {
        DenseTape tape = dense.toBfloat16().newTape(1);
        float[] y = new float[5];
        dense.forward(new float[3], 0, 1, tape, y, 0);
        assertThrows(IllegalStateException.class, () -> dense.backward(y, 0, tape, dense.newGradients()));
        assertEquals(0, tape.packed.length);
    }

    @Test
    void whatALayerLearnsLaterDoesNotReachItsCopy() {
        Bfloat16Cell cell = lstm.toBfloat16();
        float[] before = run(cell);
        lstm.weights().setBias(new float[20]);
        lstm.weights().setInputWeights(new float[60]);
        assertArrayEquals(before, run(cell));
    }

    private static float[] run(Bfloat16Cell cell) {
        CellState state = cell.newState();
        cell.step(new float[] {1, -1, 0.5f}, 0, state);
        float[] h = new float[5];
        state.copyH(h, 0);
        return h;
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
