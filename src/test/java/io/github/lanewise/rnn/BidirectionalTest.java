package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Two layers in one are the same two layers, run by hand, row by row, on sequences reversed by hand: to the bit. */
class BidirectionalTest {
    private static final int STEPS = 5;
    private static final int BATCH = 3;
    private static final int INPUTS = 2;
    private static final int[] LENGTHS = {5, 0, 3};

    private final Lstm forward = Lstm.create(INPUTS, 4, new SplitMix64(1));
    private final Rnn reverse = Rnn.create(INPUTS, 3, Activation.TANH, new SplitMix64(2));
    private final Bidirectional both = new Bidirectional(forward, reverse);
    private final float[] x = values(STEPS * BATCH * INPUTS, 3);
    private final float[] dy = values(STEPS * BATCH * 7, 4);

    @Test
    void outputsAndGradientsAreThoseOfTheTwoLayers() {
        BidirectionalTape tape = both.newTape(STEPS, BATCH);
        float[] y = new float[STEPS * BATCH * 7];
        Arrays.fill(y, 9);
        float[] dx = new float[x.length];
        Gradients forwardGradients = forward.newGradients();
        Gradients reverseGradients = reverse.newGradients();
        CellState reverseState = reverse.newState(BATCH);
        for (int run = 0; run < 2; run++) {
            reverseState.reset();
            forwardGradients.zero();
            reverseGradients.zero();
            both.forward(x, 0, STEPS, LENGTHS, forward.newState(BATCH), reverseState, tape, y, 0);
            both.backward(dy, 0, tape, forward.newState(BATCH), reverse.newState(BATCH), forwardGradients, reverseGradients, dx, 0);
        }
        float[] lastReverse = new float[BATCH * 3];
        reverseState.copyH(lastReverse, 0);
        for (int row = 0; row < BATCH; row++) {
            int length = LENGTHS[row];
            if (length > 0) {
                checkRow(row, length, y, dx, lastReverse);
            }
            for (int step = length; step < STEPS; step++) {
                assertArrayEquals(new float[7], slice(y, step, row, 7));
                assertArrayEquals(new float[INPUTS], slice(dx, step, row, INPUTS));
            }
        }
        // Of the weights: against the layers over the whole batch, which CellProperties hold to their own laws.
        assertArrayEquals(gradients(forward, 4, 0, false), forwardGradients.recurrentWeights());
        assertArrayEquals(gradients(reverse, 3, 4, true), reverseGradients.recurrentWeights());
    }

    private void checkRow(int row, int length, float[] y, float[] dx, float[] lastReverse) {
        float[] there = new float[length * 4];
        float[] back = new float[length * 3];
        float[] dxThere = alone(forward, row, length, false, 4, 0, there);
        float[] dxBack = alone(reverse, row, length, true, 3, 4, back);
        for (int step = 0; step < length; step++) {
            int mirror = length - 1 - step;
            for (int unit = 0; unit < 7; unit++) {
                assertEquals(unit < 4 ? there[step * 4 + unit] : back[mirror * 3 + unit - 4], slice(y, step, row, 7)[unit]);
            }
            for (int k = 0; k < INPUTS; k++) {
                assertEquals(dxThere[step * INPUTS + k] + dxBack[mirror * INPUTS + k], slice(dx, step, row, INPUTS)[k]);
            }
        }
        assertArrayEquals(Arrays.copyOfRange(back, (length - 1) * 3, length * 3), Arrays.copyOfRange(lastReverse, row * 3, row * 3 + 3));
    }

    /** One row as a batch of its own; returns the gradients of its inputs. */
    private float[] alone(RecurrentCell cell, int row, int length, boolean reversed, int units, int first, float[] y) {
        float[] xs = new float[length * INPUTS];
        float[] dys = new float[length * units];
        for (int step = 0; step < length; step++) {
            int from = reversed ? length - 1 - step : step;
            System.arraycopy(slice(x, from, row, INPUTS), 0, xs, step * INPUTS, INPUTS);
            System.arraycopy(slice(dy, from, row, 7), first, dys, step * units, units);
        }
        CellTape tape = cell.newTape(length, 1);
        cell.forward(xs, 0, length, cell.newState(), tape, y, 0);
        float[] dx = new float[xs.length];
        cell.backward(dys, 0, tape, cell.newState(), cell.newGradients(), dx, 0);
        return dx;
    }

    private float[] gradients(RecurrentCell cell, int units, int first, boolean reversed) {
        float[] xs = new float[x.length];
        float[] dys = new float[STEPS * BATCH * units];
        for (int row = 0; row < BATCH; row++) {
            for (int step = 0; step < LENGTHS[row]; step++) {
                int from = reversed ? LENGTHS[row] - 1 - step : step;
                System.arraycopy(slice(x, from, row, INPUTS), 0, xs, (step * BATCH + row) * INPUTS, INPUTS);
                System.arraycopy(slice(dy, from, row, 7), first, dys, (step * BATCH + row) * units, units);
            }
        }
        CellTape tape = cell.newTape(STEPS, BATCH);
        Gradients gradients = cell.newGradients();
        cell.forward(xs, 0, STEPS, LENGTHS, cell.newState(BATCH), tape, new float[dys.length], 0);
        cell.backward(dys, 0, tape, cell.newState(BATCH), gradients);
        return gradients.recurrentWeights();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        assertEquals("inputs of the reverse layer: got 3, wanted 2", assertThrows(IllegalArgumentException.class,
                () -> new Bidirectional(forward, Lstm.zero(3, 4))).getMessage());
        BidirectionalTape tape = both.newTape(STEPS, BATCH);
        CellState state = forward.newState(BATCH);
        float[] y = new float[STEPS * BATCH * 7];
        assertThrows(IllegalArgumentException.class, () -> both.forward(x, 0, STEPS, state, reverse.newState(1), tape, y, 0));
        assertThrows(IllegalArgumentException.class, () -> both.forward(x, 0, STEPS + 1, state, reverse.newState(BATCH), tape, new float[200], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> both.forward(x, 0, STEPS, state, reverse.newState(BATCH), tape, y, 1));
        assertThrows(IllegalStateException.class, () -> both.backward(dy, 0, tape, forward.newState(BATCH), reverse.newState(BATCH),
                forward.newGradients(), reverse.newGradients(), new float[x.length], 0));
        assertEquals(0, state.h(0, 0));
        assertArrayEquals(new float[y.length], y);
    }

    private static float[] slice(float[] values, int step, int row, int width) {
        int from = (step * BATCH + row) * width;
        return Arrays.copyOfRange(values, from, from + width);
    }

    private static float[] values(int length, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
