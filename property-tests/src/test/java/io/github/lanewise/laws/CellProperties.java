package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.laws.Experiment.Kind;
import io.github.lanewise.oracle.Ball;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.RecurrentCell;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;

/** Laws of the recurrent layers, most of them to the bit: how the work is split does not matter. */
class CellProperties {
    private static final int TRIES = 120;
    private static final int INPUTS = 40;
    private static final int UNITS = 70;
    private static final String[] SUMS = {"dW_ih", "dW_hh", "db"};

    @Property(tries = TRIES)
    void bothBackendsGiveTheSameBits(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                     @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 6) int steps,
                                     @ForAll @IntRange(min = 1, max = 11) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        assertSame(e.run(Kernels.scalar()), e.run(Kernels.best()));
    }

    /** Neighbouring rows that fill many register tiles, more inputs than one chain holds, and a row that may end before those beside it. */
    @Property(tries = 30)
    void bothBackendsGiveTheSameBitsForManyRows(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 300) int inputs,
                                                @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 2) int steps,
                                                @ForAll @IntRange(min = 6, max = 150) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        int[] lengths = e.fullLengths();
        lengths[batch / 2] = e.lengths[batch / 2];
        assertSame(e.run(Kernels.scalar(), lengths), e.run(Kernels.best(), lengths));
    }

    /** Weights so large that the products of a backward pass are done in tiles, over several chains and with rows that fill no strip. */
    @Property(tries = 10)
    void bothBackendsGiveTheSameBitsForLargeLayers(@ForAll Kind kind, @ForAll @IntRange(min = 150, max = 500) int inputs,
                                                   @ForAll @IntRange(min = 160, max = 300) int units, @ForAll @IntRange(min = 2, max = 3) int steps,
                                                   @ForAll @IntRange(min = 6, max = 80) int batch, @ForAll boolean fullLengths, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, kind == Kind.LSTM ? units : 3 * units, steps, batch, seed);
        int[] lengths = fullLengths ? e.fullLengths() : e.lengths;
        assertSame(e.run(Kernels.scalar(), lengths), e.run(Kernels.best(), lengths));
    }

    /** And so many rows that those of the forward pass are, too, for few rows a step only those of the inputs. */
    @Property(tries = 8)
    void bothBackendsGiveTheSameBitsForManyRowsOfLargeLayers(@ForAll Kind kind, @ForAll @IntRange(min = 150, max = 300) int inputs,
                                                             @ForAll @IntRange(min = 160, max = 200) int units,
                                                             @ForAll @IntRange(min = 1, max = 40) int batch, @ForAll boolean few,
                                                             @ForAll boolean fullLengths, @ForAll long seed) {
        int rows = few ? (batch + 7) / 8 : batch;
        Experiment e = new Experiment(kind, inputs, kind == Kind.LSTM ? units : 3 * units, 550 / rows, rows, seed);
        int[] lengths = fullLengths ? e.fullLengths() : e.lengths;
        assertSame(e.run(Kernels.scalar(), lengths), e.run(Kernels.best(), lengths));
    }

    /** Weights larger than a cache, which serve several strips of rows at a time: for the forward pass as whole against its halves, which take no tiles. */
    @Example
    void veryLargeLayersAreTheSameInTiles() {
        Assumptions.assumeTrue(Kernels.best().prefersTiles(), "no tiles on this backend");
        Experiment backward = new Experiment(Kind.LSTM, 100, 1000, 1, 40, 1);
        assertSame(backward.run(Kernels.scalar(), backward.fullLengths()), backward.run(Kernels.best(), backward.fullLengths()));
        assertSplit(new Experiment(Kind.LSTM, 100, 1000, 13, 40, 2), 6);
    }

    @Property(tries = TRIES)
    void forwardIsStepAfterStep(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 9) int steps,
                                @ForAll @IntRange(min = 1, max = 9) int batch, @ForAll long seed) {
        assertStepAfterStep(new Experiment(kind, inputs, units, steps, batch, seed));
    }

    /** Weights that outgrow the cache, and more inputs and units than one chain holds. */
    @Property(tries = 10)
    void forwardOfALargeLayerIsStepAfterStep(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 300) int inputs,
                                             @ForAll @IntRange(min = 181, max = 300) int units, @ForAll @IntRange(min = 1, max = 4) int steps,
                                             @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll long seed) {
        assertStepAfterStep(new Experiment(kind, inputs, kind == Kind.LSTM ? units : 2 * units, steps, batch, seed));
    }

    /** One row of a layer that computes the inputs of later steps while it reads the recurrent weights. */
    @Property(tries = 40)
    void forwardThatLooksAheadIsStepAfterStep(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 100) int inputs,
                                              @ForAll @IntRange(min = 1, max = 4) int blocks, @ForAll @IntRange(min = 1, max = 40) int steps,
                                              @ForAll @IntRange(max = 40) int more, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, kind == Kind.LSTM ? 32 + 32 * blocks : 128 * blocks, steps, 1, seed);
        assertStepAfterStep(e);
        // And when a row ends before the others would.
        RecurrentCell cell = e.cell(Kernels.best());
        CellState state = e.firstState(cell);
        float[] x = Arrays.copyOf(e.x, (steps + more) * inputs);
        float[] y = new float[(steps + more) * e.units];
        cell.forward(x, 0, steps + more, new int[] {steps}, state, cell.newTape(steps + more, 1), y, 0);
        Map<String, float[]> shorter = new LinkedHashMap<>();
        shorter.put("y", Arrays.copyOf(y, steps * e.units));
        e.put(state, 1, "hT", "cT", shorter);
        assertSame(forward(e, 0, steps, e.firstState(cell)), shorter);
    }

    private static void assertStepAfterStep(Experiment e) {
        Map<String, float[]> whole = forward(e, 0, e.steps, e.firstState(e.cell(Kernels.best())));
        RecurrentCell cell = e.cell(Kernels.best());
        CellState state = e.firstState(cell);
        float[] y = new float[e.steps * e.batch * e.units];
        for (int t = 0; t < e.steps; t++) {
            cell.step(e.x, t * e.batch * e.inputs, state);
            state.copyH(y, t * e.batch * e.units);
        }
        Map<String, float[]> stepped = new LinkedHashMap<>();
        stepped.put("y", y);
        e.put(state, e.batch, "hT", "cT", stepped);
        assertSame(whole, stepped);
    }

    @Property(tries = TRIES)
    void splittingASequenceChangesNothing(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                          @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 2, max = 9) int steps,
                                          @ForAll @IntRange(min = 1, max = 5) int batch, @ForAll @IntRange(min = 1, max = 8) int at,
                                          @ForAll long seed) {
        assertSplit(new Experiment(kind, inputs, units, steps, batch, seed), 1 + at % (steps - 1));
    }

    private static void assertSplit(Experiment e, int split) {
        Map<String, float[]> whole = forward(e, 0, e.steps, e.firstState(e.cell(Kernels.best())));
        CellState state = e.firstState(e.cell(Kernels.best()));
        Map<String, float[]> head = forward(e, 0, split, state);
        Map<String, float[]> tail = forward(e, split, e.steps, state);
        int step = e.batch * e.units;
        float[] y = Arrays.copyOf(get(head, "y"), e.steps * step);
        System.arraycopy(get(tail, "y"), 0, y, split * step, (e.steps - split) * step);
        tail.put("y", y);
        assertSame(whole, tail);
    }

    private static Map<String, float[]> forward(Experiment e, int from, int to, CellState state) {
        RecurrentCell cell = e.cell(Kernels.best());
        float[] y = new float[(to - from) * e.batch * e.units];
        // A tape longer than the sequence, as a user who reuses one has it.
        cell.forward(e.x, from * e.batch * e.inputs, to - from, state, cell.newTape(e.steps + 2, e.batch), y, 0);
        Map<String, float[]> outputs = new LinkedHashMap<>();
        outputs.put("y", y);
        e.put(state, e.batch, "hT", "cT", outputs);
        return outputs;
    }

    /** Every sequence of a batch, whatever the lengths of the others, comes out as it does alone. */
    @Property(tries = TRIES)
    void aBatchIsItsSequencesAlone(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                   @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 6) int steps,
                                   @ForAll @IntRange(min = 1, max = 11) int batch, @ForAll long seed) {
        assertSequencesAlone(new Experiment(kind, inputs, units, steps, batch, seed));
    }

    /** More rows than a forward pass takes at once, than a chain of the weight gradients holds, and mostly than the input gradients take at once. */
    @Property(tries = 30)
    void manyRowsAreTheirSequencesAlone(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 9) int inputs,
                                        @ForAll @IntRange(min = 1, max = 20) int units, @ForAll @IntRange(min = 9, max = 120) int steps,
                                        @ForAll @IntRange(min = 7, max = 19) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        assertSequencesAlone(e);
        assertAgreesWithReference(e);
    }

    private static void assertSequencesAlone(Experiment e) {
        int inputs = e.inputs;
        int units = e.units;
        int steps = e.steps;
        Map<String, float[]> together = e.run(Kernels.best());
        for (int n = 0; n < e.batch; n++) {
            int length = e.lengths[n];
            RecurrentCell cell = e.cell(Kernels.best());
            CellState state = e.state(cell, 1, e.h0, e.c0, n);
            CellState dState = e.state(cell, 1, e.dhT, e.dcT, n);
            float[] y = new float[steps * units];
            float[] dx = new float[steps * inputs];
            if (length > 0) {
                CellTape tape = cell.newTape(length, 1);
                cell.forward(e.sequence(e.x, inputs, n), 0, length, state, tape, y, 0);
                cell.backward(e.sequence(e.dy, units, n), 0, tape, dState, cell.newGradients(), dx, 0);
            }
            assertArrayEquals(y, e.sequence(get(together, "y"), units, n), "y of sequence " + n + " of " + length + " steps");
            assertArrayEquals(dx, e.sequence(get(together, "dx"), inputs, n), "dx of sequence " + n + " of " + length + " steps");
            Map<String, float[]> alone = new LinkedHashMap<>();
            e.put(state, 1, "hT", "cT", alone);
            e.put(dState, 1, "dh0", "dc0", alone);
            for (Map.Entry<String, float[]> one : alone.entrySet()) {
                int width = one.getValue().length;
                assertArrayEquals(one.getValue(), Arrays.copyOfRange(get(together, one.getKey()), n * width, (n + 1) * width), one.getKey());
            }
        }
    }

    /** Padding of shorter sequences is not looked at: NaN in it changes no bit. */
    @Property(tries = TRIES)
    void paddingIsNotRead(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                          @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 6) int steps,
                          @ForAll @IntRange(min = 1, max = 7) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        Map<String, float[]> before = e.run(Kernels.best());
        for (int row = 0; row < steps * batch; row++) {
            if (row / batch >= e.lengths[row % batch]) {
                Arrays.fill(e.x, row * inputs, (row + 1) * inputs, Float.NaN);
                Arrays.fill(e.dy, row * units, (row + 1) * units, Float.NaN);
            }
        }
        assertSame(before, e.run(Kernels.best()));
    }

    @Property(tries = TRIES)
    void permutingTheBatchPermutesTheResult(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                            @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 5) int steps,
                                            @ForAll @IntRange(min = 2, max = 11) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        Map<String, float[]> before = e.run(Kernels.best());
        // Rotation by one moves every row to another place of its register tile.
        for (float[] sequences : new float[][] {e.x, e.dy}) {
            rotate(sequences, steps, batch);
        }
        for (float[] states : new float[][] {e.h0, e.c0, e.dhT, e.dcT}) {
            rotate(states, 1, batch);
        }
        int last = e.lengths[batch - 1];
        System.arraycopy(e.lengths, 0, e.lengths, 1, batch - 1);
        e.lengths[0] = last;
        Map<String, float[]> after = e.run(Kernels.best());
        for (String output : new String[] {"y", "dx", "hT", "cT", "dh0", "dc0"}) {
            rotate(get(before, output), output.length() <= 2 && !output.endsWith("T") ? steps : 1, batch);
            assertArrayEquals(get(before, output), get(after, output), output);
        }
        Map<String, Ball[]> balls = e.runBalls();
        for (String output : SUMS) {
            assertApart(output, get(before, output), get(after, output), 1, 2, balls);
        }
    }

    private static void rotate(float[] tensor, int steps, int batch) {
        int row = tensor.length / steps / batch;
        for (int t = 0; t < steps; t++) {
            int start = t * batch * row;
            float[] last = Arrays.copyOfRange(tensor, start + (batch - 1) * row, start + batch * row);
            System.arraycopy(tensor, start, tensor, start + row, (batch - 1) * row);
            System.arraycopy(last, 0, tensor, start, row);
        }
    }

    /** backward adds to the gradients: the second pass over the same sequence starts its chains from what the first left. */
    @Property(tries = TRIES)
    void gradientsAreAddedTo(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                             @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 5) int steps,
                             @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        Map<String, float[]> once = e.run(Kernels.best());
        RecurrentCell cell = e.cell(Kernels.best());
        Gradients twice = cell.newGradients();
        CellTape tape = cell.newTape(steps, batch);
        for (int pass = 0; pass < 2; pass++) {
            cell.forward(e.x, 0, steps, e.lengths, e.firstState(cell), tape, new float[steps * batch * units], 0);
            cell.backward(e.dy, 0, tape, e.state(cell, batch, e.dhT, e.dcT, 0), twice);
        }
        Map<String, Ball[]> balls = e.runBalls();
        Map<String, float[]> sums = Map.of("dW_ih", twice.inputWeights(), "dW_hh", twice.recurrentWeights(), "db", twice.bias());
        for (String output : SUMS) {
            // Twice as many roundings of sums twice as large, and twice those of once.
            assertApart(output, get(once, output), get(sums, output), 2, 4 + 2, balls);
        }
    }

    /** Two sums over all steps of all rows, which may differ by some radii. */
    private static void assertApart(String output, float[] one, float[] other, int factor, int radii, Map<String, Ball[]> balls) {
        Ball[] bounds = balls.getOrDefault(output, new Ball[0]);
        assertEquals(one.length, bounds.length, output);
        for (int i = 0; i < one.length; i++) {
            double error = Math.abs(other[i] - (double) factor * one[i]);
            double bound = radii * bounds[i].radius();
            assertTrue(error <= bound, () -> output + ": error " + error + ", wanted <= " + bound);
        }
    }

    /** Everything agrees with the double reference, within what the roundings of the program may add up to. */
    @Property(tries = TRIES)
    void forwardAndBackwardAgreeWithTheDoubleReference(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                                       @ForAll @IntRange(min = 1, max = UNITS) int units,
                                                       @ForAll @IntRange(min = 1, max = 6) int steps,
                                                       @ForAll @IntRange(min = 1, max = 6) int batch, @ForAll long seed) {
        assertAgreesWithReference(new Experiment(kind, inputs, units, steps, batch, seed));
    }

    /** So many columns that the rows are copied before the gradients of the weights are summed. */
    @Property(tries = 10)
    void wideLayersAgreeWithTheReference(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 70) int inputs, @ForAll @IntRange(max = 20) int more,
                                         @ForAll @IntRange(min = 1, max = 3) int steps, @ForAll @IntRange(min = 1, max = 5) int batch, @ForAll long seed) {
        assertAgreesWithReference(new Experiment(kind, inputs, (kind == Kind.LSTM ? 241 : 1009) + more, steps, batch, seed));
    }

    /** A tape keeps nothing of the sequences before: no gate and no gradient of a longer one. */
    @Property(tries = TRIES)
    void aUsedTapeIsAsGoodAsANewOne(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = INPUTS) int inputs,
                                    @ForAll @IntRange(min = 1, max = UNITS) int units, @ForAll @IntRange(min = 1, max = 6) int steps,
                                    @ForAll @IntRange(min = 1, max = 7) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        RecurrentCell cell = e.cell(Kernels.best());
        CellTape used = cell.newTape(steps, batch);
        e.run(cell, used, e.fullLengths());
        Map<String, float[]> got = e.run(cell, used, e.lengths);
        assertSame(e.run(Kernels.best()), got);
        for (int row = 0; row < steps * batch && e.lstm(); row++) {
            if (row / batch >= e.lengths[row % batch]) {
                assertArrayEquals(new float[4 * units], Arrays.copyOfRange(get(got, "gates"), row * 4 * units, (row + 1) * 4 * units), "gates of row " + row);
            }
        }
    }

    private static void assertAgreesWithReference(Experiment e) {
        Map<String, float[]> got = e.run(Kernels.best());
        Map<String, double[]> exact = e.runReference();
        e.runBalls().forEach((output, balls) -> Within.assertWithin(output, get(got, output), exact.getOrDefault(output, new double[0]), balls));
        assertEquals(9, exact.size());
    }

    private static void assertSame(Map<String, float[]> want, Map<String, float[]> got) {
        want.forEach((output, values) -> assertArrayEquals(values, get(got, output), output));
    }

    private static float[] get(Map<String, float[]> outputs, String name) {
        float[] values = outputs.get(name);
        if (values == null) {
            throw new AssertionError("no output " + name);
        }
        return values;
    }
}
