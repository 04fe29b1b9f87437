package io.github.lanewise.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gradients of the double reference are those of its forward pass: directional derivatives by central differences. */
class FiniteDifferenceTest {
    /** Error of the extrapolated difference: h^4 times the fifth derivative, and rounding over h. */
    private static final double BOUND = 1e-9;
    private static final double STEP = 1e-3;

    @Property(tries = 60)
    void elman(@ForAll Activation g, @ForAll @IntRange(min = 1, max = 5) int inputs, @ForAll @IntRange(min = 1, max = 7) int hidden,
               @ForAll @IntRange(min = 1, max = 6) int steps, @ForAll @IntRange(min = 1, max = 3) int size, @ForAll long seed) {
        check(1, inputs, hidden, steps, size, seed, p -> new ElmanLayer(g, inputs, hidden, p[0], p[1], p[2]), g == Activation.RELU);
    }

    @Property(tries = 60)
    void lstm(@ForAll @IntRange(min = 1, max = 5) int inputs, @ForAll @IntRange(min = 1, max = 7) int hidden,
              @ForAll @IntRange(min = 1, max = 6) int steps, @ForAll @IntRange(min = 1, max = 3) int size, @ForAll long seed) {
        check(4, inputs, hidden, steps, size, seed, p -> new LstmLayer(inputs, hidden, p[0], p[1], p[2]), false);
    }

    @FunctionalInterface
    private interface LayerOf {
        RecurrentLayer layer(double[][] parameters);
    }

    /** Parameters and inputs in one list: W_ih, W_hh, b, x, h0, c0. */
    private static void check(int blocks, int inputs, int hidden, int steps, int size, long seed, LayerOf layerOf, boolean kinks) {
        Random random = new Random(seed);
        int rows = blocks * hidden;
        int cells = blocks == 4 ? size * hidden : 0;
        double scale = 1 / Math.sqrt(hidden);
        double[][] at = {random(random, rows * inputs, scale), random(random, rows * hidden, scale), random(random, rows, scale),
            random(random, steps * size * inputs, 1), random(random, size * hidden, .5), random(random, cells, 1)};
        int[] lengths = new int[size];
        Arrays.setAll(lengths, n -> 1 + random.nextInt(steps));
        double[] dy = random(random, steps * size * hidden, 1);
        double[] dhT = random(random, size * hidden, 1);
        double[] dcT = random(random, cells, 1);

        Batch batch = new Batch(steps, lengths, at[3], at[4], at[5]);
        RecurrentLayer.Forward f = layerOf.layer(at).forward(batch);
        RecurrentLayer.Gradients d = layerOf.layer(at).backward(batch, f, dy, dhT, dcT);
        double[][] gradient = {d.wIh(), d.wHh(), d.bias(), d.x(), d.h0(), d.c0()};

        ToDoubleFunction<double[][]> loss = p -> {
            RecurrentLayer.Forward g = layerOf.layer(p).forward(new Batch(steps, lengths, p[3], p[4], p[5]));
            return inner(dy, g.y()) + inner(dhT, g.hT()) + inner(dcT, g.cT());
        };
        for (int direction = 0; direction < 5; direction++) {
            double[][] v = new double[at.length][];
            Arrays.setAll(v, i -> random(random, at[i].length, 1));
            double h = kinks ? 1e-7 : STEP;
            if (kinks && !Arrays.equals(on(layerOf, batch, moved(at, v, h)), on(layerOf, batch, moved(at, v, -h)))) {
                // A kink of relu inside the interval makes the difference meaningless.
                continue;
            }
            double difference = kinks ? central(loss, at, v, h) : (4 * central(loss, at, v, h / 2) - central(loss, at, v, h)) / 3;
            double exact = 0;
            double size1 = 1;
            for (int i = 0; i < at.length; i++) {
                exact += inner(gradient[i], v[i]);
                size1 += Math.sqrt(inner(gradient[i], gradient[i]) * inner(v[i], v[i]));
            }
            double error = Math.abs(difference - exact) / size1;
            double bound = kinks ? 1e-6 : BOUND;
            assertTrue(error <= bound, "directional derivative: gradient " + exact + ", difference " + difference + ", error " + error);
        }
    }

    /** Which units of which steps a relu lets through. */
    private static boolean[] on(LayerOf layerOf, Batch like, double[][] p) {
        double[] y = layerOf.layer(p).forward(new Batch(like.steps(), like.lengths(), p[3], p[4], p[5])).y();
        boolean[] on = new boolean[y.length];
        for (int i = 0; i < y.length; i++) {
            on[i] = y[i] > 0;
        }
        return on;
    }

    private static double central(ToDoubleFunction<double[][]> loss, double[][] at, double[][] direction, double h) {
        return (loss.applyAsDouble(moved(at, direction, h)) - loss.applyAsDouble(moved(at, direction, -h))) / (2 * h);
    }

    private static double[][] moved(double[][] at, double[][] direction, double h) {
        List<double[]> moved = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            double[] m = at[i].clone();
            for (int j = 0; j < m.length; j++) {
                m[j] += h * direction[i][j];
            }
            moved.add(m);
        }
        return moved.toArray(double[][]::new);
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] random(Random random, int length, double scale) {
        return random.doubles(length).map(u -> (2 * u - 1) * scale).toArray();
    }
}
