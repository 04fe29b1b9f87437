package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.laws.Experiment.Kind;
import io.github.lanewise.oracle.Bfloat16Rounding;
import io.github.lanewise.rnn.Bfloat16Cell;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Layers with bfloat16 weights are the layers of floats with rounded weights, to the bit; and how far rounding takes them. */
class Bfloat16LayerProperties {
    /** A weight w becomes w (1 + d) with |d| at most this. */
    private static final double ROUNDING = 0x1p-8;
    /** What the float arithmetic of two steps may differ in by itself: far below what rounded weights do. */
    private static final double FLOATS = 1e-5;

    @Property(tries = 120)
    void stepsAreThoseOfRoundedWeights(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 40) int inputs, @ForAll @IntRange(min = 1, max = 140) int units,
                                       @ForAll @IntRange(min = 1, max = 5) int steps, @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll long seed) {
        Experiment e = new Experiment(kind, inputs, units, steps, batch, seed);
        RecurrentCell rounded = e.cell(Kernels.best());
        round(rounded.weights());
        CellState wanted = e.firstState(rounded);
        for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.scalar()}) {
            Bfloat16Cell cell = e.cell(kernels).toBfloat16();
            wanted.copyFrom(e.firstState(rounded));
            CellState got = cell.newState(batch);
            got.copyFrom(wanted);
            for (int t = 0; t < steps; t++) {
                rounded.step(e.x, t * batch * inputs, wanted);
                cell.step(e.x, t * batch * inputs, got);
            }
            Map<String, float[]> want = new LinkedHashMap<>();
            Map<String, float[]> have = new LinkedHashMap<>();
            e.put(wanted, batch, "h", "c", want);
            e.put(got, batch, "h", "c", have);
            want.forEach((state, values) -> assertArrayEquals(values, have.get(state), state + " on " + kernels));
        }
    }

    @Property(tries = 120)
    void denseRowsAreThoseOfRoundedWeights(@ForAll OutputActivation activation, @ForAll @IntRange(min = 1, max = 40) int inputs,
                                           @ForAll @IntRange(min = 1, max = 270) int units, @ForAll @IntRange(min = 1, max = 4) int rows,
                                           @ForAll long seed) {
        Dense dense = Dense.create(inputs, units, activation, new SplitMix64(seed));
        float[] x = Dense.create(rows, inputs, OutputActivation.IDENTITY, new SplitMix64(~seed)).weights().inputWeights();
        float[] got = new float[rows * units + 1];
        float[] scalar = new float[got.length];
        float[] wanted = new float[got.length];
        dense.toBfloat16().forward(x, 0, rows, dense.toBfloat16().newTape(rows), got, 1);
        dense.on(Kernels.scalar()).toBfloat16().forward(x, 0, rows, dense.newTape(rows), scalar, 1);
        round(dense.weights());
        dense.forward(x, 0, rows, dense.newTape(rows), wanted, 1);
        assertArrayEquals(wanted, got);
        assertArrayEquals(wanted, scalar);
    }

    /**
     * One step of an LSTM is as far from that of float weights as the equations allow: dz &lt;= 2^-8 sum |w| |x|, the slopes of sigmoid and
     * tanh are at most 1/4 and 1, gates, tanh and h at most 1.
     */
    @Property(tries = 120)
    void oneStepIsAsFarFromFloatsAsRoundingAllows(@ForAll @IntRange(min = 1, max = 40) int inputs, @ForAll @IntRange(min = 1, max = 70) int units,
                                                  @ForAll long seed) {
        Experiment e = new Experiment(Kind.LSTM, inputs, units, 1, 1, seed);
        RecurrentCell exact = e.cell(Kernels.best());
        CellState wanted = e.firstState(exact);
        CellState got = e.firstState(exact);
        exact.step(e.x, 0, wanted);
        exact.toBfloat16().step(e.x, 0, got);
        float[] w = exact.weights().inputWeights();
        float[] r = exact.weights().recurrentWeights();
        for (int unit = 0; unit < units; unit++) {
            double[] dz = new double[4];
            for (int gate = 0; gate < 4; gate++) {
                int row = gate * units + unit;
                for (int k = 0; k < inputs; k++) {
                    dz[gate] += ROUNDING * Math.abs(w[row * inputs + k] * e.x[k]);
                }
                for (int k = 0; k < units; k++) {
                    dz[gate] += ROUNDING * Math.abs(r[row * units + k] * e.h0[k]);
                }
            }
            double dc = Math.abs(e.c0[unit]) * dz[1] / 4 + dz[0] / 4 + dz[2];
            double bound = dz[3] / 4 + dc + FLOATS;
            double error = Math.abs(wanted.h(0, unit) - got.h(0, unit));
            assertTrue(error <= bound, "unit " + unit + ": error " + error + ", wanted <= " + bound);
        }
    }

    /** The figures of the documentation, which are the same on every machine. */
    @Example
    void theErrorOfALongStreamIsWhatTheDocumentationSays() {
        Lstm lstm = Lstm.create(128, 128, new SplitMix64(1));
        Bfloat16Cell rounded = lstm.toBfloat16();
        CellState state = lstm.newState();
        CellState roundedState = lstm.newState();
        SplitMix64 random = new SplitMix64(2);
        float[] x = new float[128];
        double largest = 0;
        double squares = 0;
        double signal = 0;
        for (int step = 0; step < 1000; step++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = 2 * random.nextFloat() - 1;
            }
            lstm.step(x, 0, state);
            rounded.step(x, 0, roundedState);
            for (int unit = 0; unit < 128; unit++) {
                double difference = roundedState.h(0, unit) - state.h(0, unit);
                largest = Math.max(largest, Math.abs(difference));
                squares += difference * difference;
                signal += (double) state.h(0, unit) * state.h(0, unit);
            }
        }
        assertEquals(0.0012, largest, 0.00005);
        assertEquals(0.0018, Math.sqrt(squares / signal), 0.00005);
    }

    private static void round(Weights weights) {
        weights.setInputWeights(Bfloat16Rounding.round(weights.inputWeights()));
        if (weights.recurrentWeights().length > 0) {
            weights.setRecurrentWeights(Bfloat16Rounding.round(weights.recurrentWeights()));
        }
    }
}
