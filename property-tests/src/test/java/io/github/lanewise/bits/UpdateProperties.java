package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Optimizer;
import io.github.lanewise.oracle.Tolerance;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** Updates handle every element alone: same bits on both backends, and the optimizers' formulas within their roundings. */
class UpdateProperties {
    private static final int MAX = 49;

    @Property
    void axpy(@ForAll @IntRange(max = MAX) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        float alpha = trial.scalar();
        int x = trial.read(length);
        int y = trial.write(length);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.axpy(alpha, o.array(x), o.at(x), o.array(y), o.at(y), length));
        for (int i = 0; i < length; i++) {
            assertEquals(Math.fma(alpha, before.get(x, i), before.get(y, i)), after.get(y, i));
        }
    }

    @Property
    void scale(@ForAll @IntRange(max = MAX) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        float alpha = trial.scalar();
        int y = trial.write(length);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.scale(alpha, o.array(y), o.at(y), length));
        for (int i = 0; i < length; i++) {
            assertEquals(alpha * before.get(y, i), after.get(y, i));
        }
    }

    @Property
    void momentum(@ForAll @FloatRange(min = 0, max = 2) float rate, @ForAll @FloatRange(min = 0, max = 1) float momentum,
                  @ForAll @IntRange(max = MAX) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int g = trial.read(length);
        int v = trial.write(length);
        int w = trial.write(length);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.momentum(rate, momentum, o.array(g), o.at(g), o.array(v), o.at(v), o.array(w), o.at(w), length));
        for (int i = 0; i < length; i++) {
            double velocity = (double) momentum * before.get(v, i) + before.get(g, i);
            double size = Math.abs((double) momentum * before.get(v, i)) + Math.abs(before.get(g, i));
            assertClose("velocity", after.get(v, i), velocity, Tolerance.chain(1, size));
            double weight = before.get(w, i) - rate * velocity;
            // An overflow of the velocity is an infinite weight, however small the rate.
            double weightSize = size < Float.MAX_VALUE ? Math.abs(before.get(w, i)) + rate * size : Double.POSITIVE_INFINITY;
            assertClose("weight", after.get(w, i), weight, Tolerance.chain(2, weightSize) + rate * Tolerance.UNDERFLOW);
        }
    }

    @Property
    void adagrad(@ForAll @FloatRange(min = 0, max = 2) float rate, @ForAll @IntRange(max = MAX) int length, @ForAll Values values,
                 @ForAll long seed) {
        float epsilon = 1e-10f;
        Trial trial = new Trial(seed, values);
        int g = trial.read(length);
        int s = trial.write(length);
        int w = trial.write(length);
        trial.absolute(s);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.adagrad(rate, epsilon, o.array(g), o.at(g), o.array(s), o.at(s), o.array(w), o.at(w), length));
        for (int i = 0; i < length && values == Values.TAME; i++) {
            double gradient = before.get(g, i);
            double squares = before.get(s, i) + gradient * gradient;
            assertClose("squares", after.get(s, i), squares, Tolerance.chain(1, squares));
            double change = rate * gradient / (Math.sqrt(squares) + epsilon);
            // Roundings: squares (halved by the root), root, sum, product, quotient, difference.
            assertClose("weight", after.get(w, i), before.get(w, i) - change, Tolerance.chain(6, Math.abs(before.get(w, i)) + Math.abs(change)));
        }
    }

    @Property
    void adam(@ForAll @FloatRange(min = 0, max = 2) float rate, @ForAll @IntRange(min = 1, max = 2000) int step,
              @ForAll @FloatRange(min = 0, max = 1) float decay, @ForAll @IntRange(max = MAX) int length, @ForAll Values values, @ForAll long seed) {
        double beta1 = 0.9f;
        double beta2 = 0.999f;
        double epsilon = 1e-8f;
        float stepSize = (float) (rate / (1 - Math.pow(beta1, step)));
        float rootCorrection = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
        float gain1 = (float) (1 - beta1);
        float gain2 = (float) (1 - beta2);
        Trial trial = new Trial(seed, values);
        int g = trial.read(length);
        int m = trial.write(length);
        int v = trial.write(length);
        int w = trial.write(length);
        trial.absolute(v);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.adam(stepSize, rootCorrection, (float) beta1, gain1, (float) beta2, gain2, (float) epsilon, decay,
                o.array(g), o.at(g), o.array(m), o.at(m), o.array(v), o.at(v), o.array(w), o.at(w), length));
        for (int i = 0; i < length && values == Values.TAME; i++) {
            double gradient = before.get(g, i);
            double first = beta1 * before.get(m, i) + (1 - beta1) * gradient;
            double firstSize = beta1 * Math.abs(before.get(m, i)) + (1 - beta1) * Math.abs(gradient);
            double second = beta2 * before.get(v, i) + (1 - beta2) * gradient * gradient;
            assertClose("first moment", after.get(m, i), first, Tolerance.chain(3, firstSize));
            assertClose("second moment", after.get(v, i), second, Tolerance.chain(4, second));
            double root = Math.sqrt(second) / Math.sqrt(1 - Math.pow(beta2, step)) + epsilon;
            double change = rate / (1 - Math.pow(beta1, step)) * first / root;
            double changeSize = rate / (1 - Math.pow(beta1, step)) * firstSize / root;
            // Roundings: 3 in m, 2 of 4 in v after the root, root, correction, sum, step size, product, quotient, last sum.
            assertClose("weight", after.get(w, i), before.get(w, i) * decay - change,
                    Tolerance.chain(12, Math.abs(before.get(w, i)) * decay + changeSize));
        }
    }

    /** The kernel with the constants of step t is Adam as the oracle has it, over several steps. */
    @Property(tries = 100)
    void adamFollowsTheOracle(@ForAll @IntRange(min = 1, max = 20) int steps, @ForAll long seed) {
        Random random = new Random(seed);
        double beta1 = 0.9;
        double beta2 = 0.999;
        int length = 33;
        float[] w = new float[length];
        float[] m = new float[length];
        float[] v = new float[length];
        Values.TAME.fill(random, w, 0, length);
        double[] exact = new double[length];
        for (int i = 0; i < length; i++) {
            exact[i] = w[i];
        }
        Optimizer optimizer = Optimizer.adam(0.01, beta1, beta2, 1e-8, 0.01, length);
        for (int step = 1; step <= steps; step++) {
            float[] g = new float[length];
            Values.TAME.fill(random, g, 0, length);
            double[] exactG = new double[length];
            for (int i = 0; i < length; i++) {
                exactG[i] = g[i];
            }
            optimizer.update(exact, exactG);
            Kernels.best().adam((float) (0.01 / (1 - Math.pow(beta1, step))),
                    (float) (1 / Math.sqrt(1 - Math.pow(beta2, step))), (float) beta1, (float) (1 - beta1), (float) beta2, (float) (1 - beta2), 1e-8f,
                    (float) (1 - 0.01 * 0.01), g, 0, m, 0, v, 0, w, 0, length);
        }
        for (int i = 0; i < length; i++) {
            // A step moves a weight by rate * sqrt(steps) at most; every step rounds the weight once and its change some 15 times.
            double size = Math.abs(exact[i]) + 0.01 * steps * Math.sqrt(steps);
            assertClose("weight " + i, w[i], exact[i], Tolerance.chain(15 * steps, size));
        }
    }

    private static void assertClose(String what, float got, double want, double bound) {
        boolean judged = bound < Float.MAX_VALUE && Math.abs(want) < Float.MAX_VALUE;
        assertTrue(!judged || Math.abs(got - want) <= bound, () -> what + ": got " + got + ", wanted " + want + " +- " + bound);
    }
}
