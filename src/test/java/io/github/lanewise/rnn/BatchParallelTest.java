package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What passes over slices of a batch refuse, and that gradients stay whole when a slice fails. */
class BatchParallelTest {
    private static final int STEPS = 4;
    private static final int BATCH = 5;

    private final Team team = new Team(2);
    private final Lstm lstm = Lstm.create(3, 6, new SplitMix64(1));
    private final BatchParallel parallel = new BatchParallel(lstm, 3, team);
    private final BatchParallelTape tape = parallel.newTape(STEPS, BATCH);
    private final float[] xs = filled(STEPS * BATCH * 3, 0.5f);
    private final float[] ys = filled(STEPS * BATCH * 6, 7);
    private final float[] dxs = filled(xs.length, 7);

    @AfterEach
    void close() {
        team.close();
    }

    @Test
    void sizesAreChecked() {
        assertEquals(STEPS, tape.maxSteps());
        assertEquals(BATCH, tape.batch());
        assertMessage("slices: got 0, wanted >= 1", () -> new BatchParallel(lstm, 0, team));
        assertMessage("batch: got 2, wanted >= 3", () -> parallel.newTape(STEPS, 2));
        assertMessage("maximum steps: got 0, wanted >= 1", () -> parallel.newTape(0, BATCH));
    }

    @Test
    void forwardRefusesWhatDoesNotFitAndHasWrittenNothing() {
        CellState state = lstm.newState(BATCH);
        assertMessage("steps: got 5, wanted 1 to 4", () -> parallel.forward(xs, 0, 5, state, tape, ys, 0));
        assertMessage("lengths: got 3, wanted 5 as the batch has rows, or none", () -> parallel.forward(xs, 0, STEPS, new int[3], state, tape, ys, 0));
        assertMessage("batch: got a state of 1 rows, wanted 5 as the tape has", () -> parallel.forward(xs, 0, STEPS, lstm.newState(), tape, ys, 0));
        assertMessage("tape: got one of 2 slices, wanted one of 3",
                () -> parallel.forward(xs, 0, STEPS, state, new BatchParallel(lstm, 2, team).newTape(STEPS, BATCH), ys, 0));
        BatchParallel other = new BatchParallel(Lstm.zero(4, 6), 3, team);
        assertThrows(IllegalArgumentException.class, () -> other.forward(xs, 0, STEPS, state, tape, ys, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> parallel.forward(xs, 1, STEPS, state, tape, ys, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> parallel.forward(xs, 0, STEPS, state, tape, ys, 1));
        team.close();
        assertThrows(IllegalStateException.class, () -> parallel.forward(xs, 0, STEPS, state, tape, ys, 0));
        assertArrayEquals(filled(ys.length, 7), ys);
        assertEquals(0, state.h(0, 0));
    }

    @Test
    void backwardRefusesWhatDoesNotFitAndHasWrittenNothing() {
        CellState dState = lstm.newState(BATCH);
        Gradients gradients = lstm.newGradients();
        assertThrows(IllegalStateException.class, () -> parallel.backward(ys, 0, tape, dState, gradients));
        parallel.forward(xs, 0, STEPS, lstm.newState(BATCH), tape, ys, 0);
        assertThrows(IllegalArgumentException.class, () -> parallel.backward(ys, 0, tape, dState, Lstm.zero(4, 6).newGradients()));
        assertThrows(IndexOutOfBoundsException.class, () -> parallel.backward(ys, 1, tape, dState, gradients));
        assertThrows(IndexOutOfBoundsException.class, () -> parallel.backward(ys, 0, tape, dState, gradients, dxs, 1));
        assertArrayEquals(new float[gradients.piece.length], gradients.piece.copy());
        assertArrayEquals(filled(dxs.length, 7), dxs);
        parallel.backward(ys, 0, tape, dState, gradients, dxs, 0);
        assertThrows(IllegalStateException.class, () -> parallel.backward(ys, 0, tape, dState, gradients));
    }

    /** Each slice fails in turn, whichever thread it is on; afterwards the same tape works. */
    @Test
    void whatASliceThrowsArrivesAndLeavesTheGradientsAlone() {
        Gradients gradients = lstm.newGradients();
        gradients.piece.set(filled(gradients.piece.length, 3));
        for (int broken = 0; broken < 3; broken++) {
            CellState dState = lstm.newState(BATCH);
            dState.setH(filled(BATCH * 6, 2), 0);
            parallel.forward(xs, 0, STEPS, lstm.newState(BATCH), tape, ys, 0);
            tape.slices[broken].tape.filled = false;
            assertThrows(IllegalStateException.class, () -> parallel.backward(ys, 0, tape, dState, gradients));
            assertArrayEquals(filled(gradients.piece.length, 3), gradients.piece.copy());
            assertEquals(2, dState.h(0, 0));
            assertEquals(2, dState.h(4, 5));
        }
        CellState dState = lstm.newState(BATCH);
        parallel.forward(xs, 0, STEPS, lstm.newState(BATCH), tape, ys, 0);
        Gradients again = lstm.newGradients();
        parallel.backward(ys, 0, tape, dState, again);
        try (Team one = new Team(1)) {
            BatchParallel alone = new BatchParallel(lstm, 3, one);
            BatchParallelTape fresh = alone.newTape(STEPS, BATCH);
            float[] same = new float[ys.length];
            alone.forward(xs, 0, STEPS, lstm.newState(BATCH), fresh, same, 0);
            assertArrayEquals(same, ys);
            Gradients wanted = lstm.newGradients();
            alone.backward(same, 0, fresh, lstm.newState(BATCH), wanted);
            assertArrayEquals(wanted.piece.copy(), again.piece.copy());
        }
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
