package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.DenseLayer;
import io.github.lanewise.oracle.Products;
import io.github.lanewise.oracle.Tolerance;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Element-wise functions: every length, offset and value on both backends; derivatives as their formulas; softmax against double. */
class ActivationProperties {
    private static final int MAX = 49;

    /** y = f(x), element by element. */
    enum Function {
        TANH {
            @Override
            void run(Kernels k, float[] x, int xAt, float[] y, int yAt, int length) {
                k.tanh(x, xAt, y, yAt, length);
            }
        },
        SIGMOID {
            @Override
            void run(Kernels k, float[] x, int xAt, float[] y, int yAt, int length) {
                k.sigmoid(x, xAt, y, yAt, length);
            }
        },
        EXP {
            @Override
            void run(Kernels k, float[] x, int xAt, float[] y, int yAt, int length) {
                k.exp(x, xAt, y, yAt, length);
            }
        },
        RELU {
            @Override
            void run(Kernels k, float[] x, int xAt, float[] y, int yAt, int length) {
                k.relu(x, xAt, y, yAt, length);
            }
        };

        abstract void run(Kernels k, float[] x, int xAt, float[] y, int yAt, int length);
    }

    /** dx = dy f'(y), with the formula of the contract. */
    enum Derivative {
        TANH {
            @Override
            void run(Kernels k, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int length) {
                k.tanhBackward(y, yAt, dy, dyAt, dx, dxAt, length);
            }

            @Override
            float of(float y, float dy) {
                return dy * Math.fma(-y, y, 1);
            }
        },
        SIGMOID {
            @Override
            void run(Kernels k, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int length) {
                k.sigmoidBackward(y, yAt, dy, dyAt, dx, dxAt, length);
            }

            @Override
            float of(float y, float dy) {
                return dy * (y * (1 - y));
            }
        },
        EXP {
            @Override
            void run(Kernels k, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int length) {
                k.expBackward(y, yAt, dy, dyAt, dx, dxAt, length);
            }

            @Override
            float of(float y, float dy) {
                return dy * y;
            }
        },
        RELU {
            @Override
            void run(Kernels k, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int length) {
                k.reluBackward(y, yAt, dy, dyAt, dx, dxAt, length);
            }

            @Override
            float of(float y, float dy) {
                return y > 0 ? dy : 0;
            }
        };

        abstract void run(Kernels k, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int length);

        abstract float of(float y, float dy);
    }

    @Property
    void functionsHaveTheSameBits(@ForAll Function f, @ForAll @IntRange(max = MAX) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int x = trial.read(length);
        int y = trial.write(length);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> f.run(k, o.array(x), o.at(x), o.array(y), o.at(y), length));
        float[] one = new float[1];
        for (int i = 0; i < length; i++) {
            f.run(Kernels.scalar(), before.array(x), before.at(x) + i, one, 0, 1);
            assertEquals(one[0], after.get(y, i), "an element depends on its neighbours");
            if (f == Function.RELU) {
                float v = before.get(x, i);
                assertEquals(Float.isNaN(v) ? Float.NaN : v > 0 ? v : 0f, after.get(y, i));
            }
        }
    }

    @Property
    void functionsWorkInPlace(@ForAll Function f, @ForAll @IntRange(max = MAX) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int x = trial.write(length);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> f.run(k, o.array(x), o.at(x), o.array(x), o.at(x), length));
        float[] y = new float[length];
        f.run(Kernels.scalar(), before.array(x), before.at(x), y, 0, length);
        Trial.assertSameBits("in place", y, Arrays.copyOfRange(after.array(x), after.at(x), after.at(x) + length));
    }

    @Property
    void derivativesAreTheirFormulas(@ForAll Derivative d, @ForAll @IntRange(max = MAX) int length, @ForAll @IntRange(max = 2) int place,
                                     @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int y = place == 1 ? trial.write(length) : trial.read(length);
        int dy = place == 2 ? trial.write(length) : trial.read(length);
        int dx = switch (place) {
            case 1 -> y;
            case 2 -> dy;
            default -> trial.write(length);
        };
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> d.run(k, o.array(y), o.at(y), o.array(dy), o.at(dy), o.array(dx), o.at(dx), length));
        for (int i = 0; i < length; i++) {
            assertEquals(d.of(before.get(y, i), before.get(dy, i)), after.get(dx, i), "element " + i);
        }
    }

    @Property
    void softmaxIsAccurate(@ForAll @IntRange(min = 1, max = 100) int length, @ForAll boolean inPlace, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int x = inPlace ? trial.write(length) : trial.read(length);
        int y = inPlace ? x : trial.write(length);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.softmax(o.array(x), o.at(x), o.array(y), o.at(y), length));
        double[] logits = row(before, x, length);
        double max = Arrays.stream(logits).max().orElseThrow();
        if (!Double.isFinite(Arrays.stream(logits).sum())) {
            boolean undefined = Arrays.stream(logits).anyMatch(Double::isNaN) || Double.isInfinite(max);
            for (int i = 0; i < length; i++) {
                assertEquals(undefined, Float.isNaN(after.get(y, i)), "x[i] = " + logits[i] + ", y[i] = " + after.get(y, i));
            }
            return;
        }
        double[] exact = DenseLayer.softmax(logits, length);
        for (int i = 0; i < length; i++) {
            assertNear(after.get(y, i), exact[i], softmaxError(logits, exact, max, i, length) * exact[i] + 3 * Tolerance.UNDERFLOW);
        }
    }

    /** Random values nearly always have a positive one; logarithms of probabilities never. */
    @Property
    void softmaxOfNegativeLogitsHasTheSameBits(@ForAll @IntRange(min = 1, max = 100) int length, @ForAll long seed) {
        Random random = new Random(seed);
        float[] logits = new float[length];
        for (int i = 0; i < length; i++) {
            logits[i] = -1 - 50 * random.nextFloat();
        }
        float[] wanted = new float[length];
        float[] got = new float[length];
        Kernels.scalar().softmax(logits, 0, wanted, 0, length);
        Kernels.best().softmax(logits, 0, got, 0, length);
        assertArrayEquals(wanted, got, 0f);
    }

    /** Relative error of softmax: the differences are rounded before exp magnifies them, exp is off by 2u, the sum rounds n times. */
    private static double softmaxError(double[] logits, double[] exact, double max, int i, int length) {
        double own = (max - logits[i]) * Tolerance.U + 2 * Tolerance.U;
        double others = 0;
        for (int j = 0; j < length; j++) {
            // Where exp underflows the term itself is too small to matter.
            others += exact[j] * Math.min(1, (max - logits[j]) * Tolerance.U + 2 * Tolerance.U);
        }
        return (own + others + Tolerance.gamma(length / 16 + 1 + 4 + 2)) * 1.01;
    }

    @Property
    void softmaxBackwardIsItsFormula(@ForAll @IntRange(max = 100) int length, @ForAll @IntRange(max = 2) int place, @ForAll Values values,
                                     @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int y = place == 1 ? trial.write(length) : trial.read(length);
        int dy = place == 2 ? trial.write(length) : trial.read(length);
        int dx = switch (place) {
            case 1 -> y;
            case 2 -> dy;
            default -> trial.write(length);
        };
        Arguments before = trial.before();
        Arguments after = trial.check(
                (k, o) -> k.softmaxBackward(o.array(y), o.at(y), o.array(dy), o.at(dy), o.array(dx), o.at(dx), length));
        float dot = Products.canonicalDot(before.array(y), before.at(y), before.array(dy), before.at(dy), length);
        for (int i = 0; i < length; i++) {
            assertEquals(before.get(y, i) * (before.get(dy, i) - dot), after.get(dx, i), "element " + i);
        }
    }

    @Property
    void crossEntropyIsAccurate(@ForAll @IntRange(min = 1, max = 100) int length, @ForAll @IntRange(max = 99) int anyTarget, @ForAll boolean inPlace,
                                @ForAll Values values, @ForAll long seed) {
        int target = anyTarget % length;
        Trial trial = new Trial(seed, values);
        int x = inPlace ? trial.write(length) : trial.read(length);
        int dx = inPlace ? x : trial.write(length);
        int loss = trial.result();
        Arguments before = trial.before();
        Arguments after = trial.check(
                (k, o) -> o.set(loss, 0, k.softmaxCrossEntropy(o.array(x), o.at(x), target, o.array(dx), o.at(dx), length)));
        double[] logits = row(before, x, length);
        if (!Double.isFinite(Arrays.stream(logits).sum())) {
            return;
        }
        double max = Arrays.stream(logits).max().orElseThrow();
        double[] exact = DenseLayer.softmax(logits, length);
        double exactLoss = max - logits[target] + StrictMath.log(1 / exact[indexOf(logits, max)]);
        double lossError = softmaxError(logits, exact, max, target, length) + 3 * Tolerance.U * (Math.abs(exactLoss) + max - logits[target]);
        if (exactLoss < Float.MAX_VALUE) {
            assertNear(after.get(loss, 0), exactLoss, lossError);
        }
        for (int i = 0; i < length; i++) {
            double want = exact[i] - (i == target ? 1 : 0);
            double error = softmaxError(logits, exact, max, i, length) * exact[i] + Tolerance.U * Math.abs(want) + 3 * Tolerance.UNDERFLOW;
            assertNear(after.get(dx, i), want, error);
        }
    }

    private static int indexOf(double[] values, double wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == wanted) {
                return i;
            }
        }
        throw new AssertionError("no " + wanted);
    }

    @Example
    void aTargetMustBeAClass() {
        for (int target : new int[] {-1, 5, Integer.MAX_VALUE}) {
            float[] dx = {9, 9, 9, 9, 9};
            assertThrows(IndexOutOfBoundsException.class, () -> Kernels.best().softmaxCrossEntropy(new float[5], 0, target, dx, 0, 5));
            assertEquals(9, dx[0]);
        }
        assertThrows(IllegalArgumentException.class, () -> Kernels.best().softmax(new float[5], 0, new float[5], 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Kernels.best().softmaxCrossEntropy(new float[5], 0, 0, new float[5], 0, 0));
    }

    private static double[] row(Arguments arguments, int operand, int length) {
        double[] row = new double[length];
        Arrays.setAll(row, i -> arguments.get(operand, i));
        return row;
    }

    private static void assertNear(float got, double want, double bound) {
        assertTrue(Math.abs(got - want) <= bound, () -> "got " + got + ", wanted " + want + " +- " + bound);
    }
}
