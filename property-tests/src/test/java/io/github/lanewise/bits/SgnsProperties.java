package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The word2vec steps, for every number of inputs and targets around those that have kernels of their own. */
class SgnsProperties {

    @Property(tries = 300)
    void rowDotsAreCanonical(@ForAll @IntRange(max = 8) int inputs, @ForAll @IntRange(max = 14) int targets,
                             @ForAll @IntRange(max = 8) int blocks, @ForAll Values values, @ForAll long seed) {
        int length = blocks * Panels.BLOCK;
        Trial trial = new Trial(seed, values);
        int[] aRows = shuffled(inputs, length, seed);
        int[] bRows = shuffled(targets, length, seed + 1);
        int a = trial.read(inputs * length);
        int b = trial.read(targets * length);
        int result = trial.write(inputs * targets);
        Trial.Arguments after = trial.check((k, o) -> {
            float[] dots = new float[Panels.padded(inputs * targets)];
            k.rowDots(o.array(a), moved(aRows, o.at(a)), inputs, o.array(b), moved(bRows, o.at(b)), targets, length,
                    new float[Panels.BLOCK * dots.length], dots);
            System.arraycopy(dots, 0, o.array(result), o.at(result), inputs * targets);
        });
        for (int i = 0; i < inputs; i++) {
            for (int t = 0; t < targets; t++) {
                assertEquals(Kernels.scalar().dot(after.array(a), after.at(a) + aRows[i], after.array(b), after.at(b) + bRows[t], length),
                        after.get(result, i * targets + t));
            }
        }
    }

    /** What the two calls do that it stands for. A pair of the usual size has a kernel of its own. */
    @Property(tries = 300)
    void rowGradientsAreThoseOfTheDots(@ForAll boolean pair, @ForAll @IntRange(max = 8) int anyInputs, @ForAll @IntRange(max = 14) int anyTargets,
                                       @ForAll @IntRange(max = 8) int blocks, @ForAll Values values, @ForAll long seed) {
        int inputs = pair ? 1 : anyInputs;
        int targets = pair ? 6 : anyTargets;
        int length = blocks * Panels.BLOCK;
        Trial trial = new Trial(seed, values);
        float rate = trial.scalar();
        int[] aRows = shuffled(inputs, length, seed);
        int[] bRows = shuffled(targets, length, seed + 1);
        int padded = Panels.padded(inputs * targets);
        float[] labels = numbers(padded, Values.TAME, seed);
        int a = trial.read(inputs * length);
        int b = trial.read(targets * length);
        int result = trial.write(inputs * targets);
        Trial.Arguments after = trial.check((k, o) -> {
            float[] gradient = new float[padded];
            k.rowGradients(o.array(a), moved(aRows, o.at(a)), inputs, o.array(b), moved(bRows, o.at(b)), targets, length, labels, rate,
                    new float[Panels.BLOCK * padded], gradient);
            System.arraycopy(gradient, 0, o.array(result), o.at(result), inputs * targets);
        });
        float[] want = new float[padded];
        Kernels.scalar().rowDots(after.array(a), moved(aRows, after.at(a)), inputs, after.array(b), moved(bRows, after.at(b)), targets, length,
                new float[Panels.BLOCK * padded], want);
        Kernels.scalar().sgnsGradient(want, labels, rate, want, inputs * targets);
        for (int i = 0; i < inputs * targets; i++) {
            assertEquals(want[i], after.get(result, i));
        }
    }

    @Property(tries = 300)
    void rowUpdatesAgree(@ForAll @IntRange(max = 8) int inputs, @ForAll @IntRange(max = 14) int targets,
                         @ForAll @IntRange(max = 8) int blocks, @ForAll Values values, @ForAll long seed) {
        int length = blocks * Panels.BLOCK;
        Trial trial = new Trial(seed, values);
        int[] aRows = shuffled(inputs, length, seed);
        int[] bRows = shuffled(targets, length, seed + 1);
        float[] gradient = numbers(inputs * targets, values, seed);
        int a = trial.write(inputs * length);
        int b = trial.write(targets * length);
        Trial.Arguments before = trial.before();
        Trial.Arguments after = trial.check((k, o) -> k.rowUpdate(gradient, o.array(a), moved(aRows, o.at(a)), inputs,
                o.array(b), moved(bRows, o.at(b)), targets, length, new float[Panels.BLOCK * inputs]));
        for (int j = 0; j < length; j++) {
            for (int i = 0; i < inputs; i++) {
                float want = before.get(a, aRows[i] + j);
                for (int t = 0; t < targets; t++) {
                    want = Math.fma(gradient[i * targets + t], before.get(b, bRows[t] + j), want);
                }
                assertEquals(want, after.get(a, aRows[i] + j));
            }
            for (int t = 0; t < targets; t++) {
                float want = before.get(b, bRows[t] + j);
                for (int i = 0; i < inputs; i++) {
                    want = Math.fma(gradient[i * targets + t], before.get(a, aRows[i] + j), want);
                }
                assertEquals(want, after.get(b, bRows[t] + j));
            }
        }
    }

    @Property(tries = 300)
    void meansAgree(@ForAll @IntRange(min = 1, max = 12) int inputs, @ForAll @IntRange(max = 8) int blocks, @ForAll Values values, @ForAll long seed) {
        int length = blocks * Panels.BLOCK;
        Trial trial = new Trial(seed, values);
        int[] aRows = shuffled(inputs, length, seed);
        int a = trial.read(inputs * length);
        int mean = trial.write(length);
        Trial.Arguments after = trial.check((k, o) -> k.meanOfRows(o.array(a), moved(aRows, o.at(a)), inputs, length, o.array(mean), o.at(mean)));
        for (int j = 0; j < length; j++) {
            float sum = after.get(a, aRows[0] + j);
            for (int i = 1; i < inputs; i++) {
                sum += after.get(a, aRows[i] + j);
            }
            assertEquals(sum * (1f / inputs), after.get(mean, j));
        }
    }

    @Property(tries = 300)
    void hiddenUpdatesAgree(@ForAll @IntRange(min = 1, max = 8) int inputs, @ForAll @IntRange(max = 14) int targets,
                            @ForAll @IntRange(max = 8) int blocks, @ForAll boolean twins, @ForAll Values values, @ForAll long seed) {
        int length = blocks * Panels.BLOCK;
        Trial trial = new Trial(seed, values);
        int[] distinct = shuffled(inputs, length, seed);
        int[] aRows = twins ? Arrays.copyOf(distinct, inputs + 1) : distinct;
        aRows[aRows.length - 1] = distinct[twins ? 0 : inputs - 1];
        int[] bRows = shuffled(targets, length, seed + 1);
        float[] gradient = numbers(targets, values, seed);
        float share = trial.scalar();
        int hidden = trial.read(length);
        int a = trial.write(inputs * length);
        int b = trial.write(targets * length);
        Trial.Arguments before = trial.before();
        Trial.Arguments after = trial.check((k, o) -> k.hiddenUpdate(gradient, o.array(hidden), o.at(hidden), share,
                o.array(a), moved(aRows, o.at(a)), aRows.length, o.array(b), moved(bRows, o.at(b)), targets, length));
        for (int j = 0; j < length; j++) {
            float error = 0;
            for (int t = 0; t < targets; t++) {
                float old = before.get(b, bRows[t] + j);
                error = Math.fma(gradient[t], old, error);
                assertEquals(Math.fma(gradient[t], before.get(hidden, j), old), after.get(b, bRows[t] + j));
            }
            for (int i = 0; i < inputs; i++) {
                float want = Math.fma(share, error, before.get(a, distinct[i] + j));
                assertEquals(twins && i == 0 ? Math.fma(share, error, want) : want, after.get(a, distinct[i] + j));
            }
        }
    }

    @Property(tries = 300)
    void gradientsAgree(@ForAll @IntRange(max = 70) int count, @ForAll boolean table, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        float rate = trial.scalar();
        float[] labels = numbers(count, Values.TAME, seed);
        int dots = trial.read(count);
        int result = trial.write(count);
        Trial.Arguments after = trial.check((k, o) -> {
            float[] x = Arrays.copyOfRange(o.array(dots), o.at(dots), Objects.checkFromIndexSize(o.at(dots), count, o.array(dots).length) + count);
            float[] y = new float[count];
            if (table) {
                k.sgnsTableGradient(x, labels, rate, y, count);
            } else {
                k.sgnsGradient(x, labels, rate, y, count);
            }
            System.arraycopy(y, 0, o.array(result), o.at(result), count);
        });
        float[] one = new float[1];
        for (int i = 0; i < count && !table; i++) {
            Kernels.scalar().sigmoid(after.array(dots), after.at(dots) + i, one, 0, 1);
            assertEquals((labels[i] - one[0]) * rate, after.get(result, i));
        }
    }

    private static int[] shuffled(int rows, int length, long seed) {
        Random random = new Random(seed);
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i * length;
        }
        return order;
    }

    private static int[] moved(int[] rows, int by) {
        int[] at = rows.clone();
        for (int i = 0; i < at.length; i++) {
            at[i] += by;
        }
        return at;
    }

    private static float[] numbers(int count, Values values, long seed) {
        float[] numbers = new float[count];
        values.fill(new Random(seed), numbers, 0, count);
        return numbers;
    }
}
