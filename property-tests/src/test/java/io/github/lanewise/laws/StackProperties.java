package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.laws.Experiment.Kind;
import io.github.lanewise.oracle.Batch;
import io.github.lanewise.oracle.RecurrentLayer;
import io.github.lanewise.oracle.Tolerance;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.RecurrentCell;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Layers are stacked by composition: outputs go up, input gradients come down. Two of them agree with two of the double reference. */
class StackProperties {
    @Property(tries = 100)
    void aStackAgreesWithTheDoubleReference(@ForAll Kind lowerKind, @ForAll Kind upperKind, @ForAll @IntRange(min = 1, max = 20) int inputs,
                                            @ForAll @IntRange(min = 1, max = 40) int between, @ForAll @IntRange(min = 1, max = 40) int units,
                                            @ForAll @IntRange(min = 1, max = 5) int steps, @ForAll @IntRange(min = 1, max = 4) int batch,
                                            @ForAll long seed) {
        Experiment lower = new Experiment(lowerKind, inputs, between, steps, batch, seed);
        Experiment upper = new Experiment(upperKind, between, units, steps, batch, ~seed);
        Map<String, double[]> exact = reference(lower, upper, 0, 0);
        Map<String, double[]> changed = reference(lower, upper, Tolerance.U, 1);
        Map<String, float[]> got = library(lower, upper);
        exact.forEach((output, want) -> {
            // As in CellProperties: ten times what changes in the last bits do.
            double bound = 1e-6 + 10 * Tolerance.normwise(changed.getOrDefault(output, want), want);
            double error = Tolerance.normwise(doubles(got.getOrDefault(output, new float[0])), want);
            assertTrue(error <= bound, () -> output + ": error " + error + ", wanted <= " + bound);
        });
    }

    private static Map<String, float[]> library(Experiment lower, Experiment upper) {
        RecurrentCell low = lower.cell(Kernels.best());
        RecurrentCell up = upper.cell(Kernels.best());
        CellTape lowTape = low.newTape(lower.steps, lower.batch);
        CellTape upTape = up.newTape(lower.steps, lower.batch);
        float[] between = new float[upper.x.length];
        float[] y = new float[upper.dy.length];
        low.forward(lower.x, 0, lower.steps, low.newState(lower.batch), lowTape, between, 0);
        up.forward(between, 0, lower.steps, up.newState(lower.batch), upTape, y, 0);
        float[] dBetween = new float[between.length];
        float[] dx = new float[lower.x.length];
        Gradients dLow = low.newGradients();
        up.backward(upper.dy, 0, upTape, up.newState(lower.batch), up.newGradients(), dBetween, 0);
        low.backward(dBetween, 0, lowTape, low.newState(lower.batch), dLow, dx, 0);
        return Map.of("y", y, "dx", dx, "dW", dLow.inputWeights());
    }

    private static Map<String, double[]> reference(Experiment lower, Experiment upper, double relativeChange, long seed) {
        RecurrentLayer low = lower.reference(relativeChange, seed);
        RecurrentLayer up = upper.reference(relativeChange, seed + 1);
        Batch lowBatch = zeroState(lower, doubles(lower.x));
        RecurrentLayer.Forward lowForward = low.forward(lowBatch);
        Batch upBatch = zeroState(upper, lowForward.y());
        RecurrentLayer.Forward upForward = up.forward(upBatch);
        double[] none = new double[upBatch.h0().length];
        double[] dBetween = up.backward(upBatch, upForward, doubles(upper.dy), none, new double[upBatch.c0().length]).x();
        RecurrentLayer.Gradients d = low.backward(lowBatch, lowForward, dBetween, new double[lowBatch.h0().length], new double[lowBatch.c0().length]);
        Map<String, double[]> outputs = new LinkedHashMap<>();
        outputs.put("y", upForward.y());
        outputs.put("dx", d.x());
        outputs.put("dW", d.wIh());
        return outputs;
    }

    private static Batch zeroState(Experiment e, double[] x) {
        return Batch.of(e.steps, e.batch, x, new double[e.batch * e.units], new double[e.lstm() ? e.batch * e.units : 0]);
    }

    private static double[] doubles(float[] values) {
        double[] d = new double[values.length];
        Arrays.setAll(d, i -> values[i]);
        return d;
    }
}
