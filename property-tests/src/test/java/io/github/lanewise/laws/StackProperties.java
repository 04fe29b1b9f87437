package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.laws.Experiment.Kind;
import io.github.lanewise.oracle.Ball;
import io.github.lanewise.oracle.BallLayer;
import io.github.lanewise.oracle.Batch;
import io.github.lanewise.oracle.RecurrentLayer;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.RecurrentCell;
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
        Map<String, double[]> exact = reference(lower, upper);
        Map<String, float[]> got = library(lower, upper);
        balls(lower, upper).forEach((output, balls) ->
                Within.assertWithin(output, got.getOrDefault(output, new float[0]), exact.getOrDefault(output, new double[0]), balls));
        assertEquals(3, exact.size());
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

    private static Map<String, double[]> reference(Experiment lower, Experiment upper) {
        RecurrentLayer low = lower.reference();
        RecurrentLayer up = upper.reference();
        Batch lowBatch = Batch.of(lower.steps, lower.batch, Experiment.doubles(lower.x), new double[lower.h0.length], new double[cells(lower)]);
        RecurrentLayer.Forward lowForward = low.forward(lowBatch);
        Batch upBatch = Batch.of(upper.steps, upper.batch, lowForward.y(), new double[upper.h0.length], new double[cells(upper)]);
        RecurrentLayer.Forward upForward = up.forward(upBatch);
        double[] dBetween = up.backward(upBatch, upForward, Experiment.doubles(upper.dy), new double[upper.h0.length], new double[cells(upper)]).x();
        RecurrentLayer.Gradients d = low.backward(lowBatch, lowForward, dBetween, new double[lower.h0.length], new double[cells(lower)]);
        return Map.of("y", upForward.y(), "dx", d.x(), "dW", d.wIh());
    }

    private static Map<String, Ball[]> balls(Experiment lower, Experiment upper) {
        BallLayer low = lower.balls();
        BallLayer up = upper.balls();
        BallLayer.Sequences lowIn = new BallLayer.Sequences(lower.steps, lower.fullLengths(), Ball.exact(lower.x), Ball.zeros(lower.h0.length),
                Ball.zeros(cells(lower)));
        BallLayer.Forward lowForward = low.forward(lowIn);
        BallLayer.Sequences upIn = new BallLayer.Sequences(upper.steps, upper.fullLengths(), lowForward.y(), Ball.zeros(upper.h0.length),
                Ball.zeros(cells(upper)));
        BallLayer.Forward upForward = up.forward(upIn);
        Ball[] dBetween = up.backward(upIn, upForward, Ball.exact(upper.dy), Ball.zeros(upper.h0.length), Ball.zeros(cells(upper))).x();
        BallLayer.Gradients d = low.backward(lowIn, lowForward, dBetween, Ball.zeros(lower.h0.length), Ball.zeros(cells(lower)));
        return Map.of("y", upForward.y(), "dx", d.x(), "dW", d.wIh());
    }

    private static int cells(Experiment e) {
        return e.lstm() ? e.c0.length : 0;
    }
}
