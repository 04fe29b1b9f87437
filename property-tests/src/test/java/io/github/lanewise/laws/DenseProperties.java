package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.MatrixKernels;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.OutputActivation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A dense layer over more rows than its backward pass takes at once, narrow and wide. */
class DenseProperties {
    /** Relative error of one rounding to nearest. */
    private static final double ROUNDING = 0x1p-24;

    @Property(tries = 16)
    void gradientsOfManyRowsAreTheSumsOfTheirProducts(@ForAll @IntRange(min = 1, max = 130) int inputs, @ForAll @IntRange(min = 9, max = 140) int narrow,
                                                      @ForAll boolean wide, @ForAll @IntRange(min = 200, max = 1400) int rows, @ForAll long seed) {
        int units = wide ? 1000 + narrow : narrow;
        Random random = new Random(seed);
        Dense dense = Dense.create(inputs, units, OutputActivation.IDENTITY, random);
        float[] x = random(random, rows * inputs);
        float[] dy = random(random, rows * units);
        float[] dx = new float[x.length];
        Gradients gradients = dense.newGradients();
        backward(dense, x, dy, 0, rows, gradients, dx);

        float[] weights = dense.weights().inputWeights();
        assertSums("dx", dx, inputs, units, (row, input, unit) -> dy[row * units + unit] * (double) weights[unit * inputs + input]);
        assertSums("dW", gradients.inputWeights(), inputs, rows, (unit, input, row) -> dy[row * units + unit] * (double) x[row * inputs + input]);
        assertSums("db", gradients.bias(), 1, rows, (unit, none, row) -> dy[row * units + unit]);
    }

    @Property(tries = 16)
    void splittingTheRowsBetweenChainsChangesNothing(@ForAll @IntRange(min = 1, max = 130) int inputs, @ForAll @IntRange(min = 9, max = 140) int narrow,
                                                     @ForAll boolean wide, @ForAll @IntRange(min = 300, max = 1400) int rows, @ForAll long seed) {
        int units = wide ? 1000 + narrow : narrow;
        Random random = new Random(seed);
        Dense dense = Dense.create(inputs, units, OutputActivation.IDENTITY, random);
        float[] x = random(random, rows * inputs);
        float[] dy = random(random, rows * units);
        int split = MatrixKernels.CHAIN * (1 + random.nextInt(rows / MatrixKernels.CHAIN));
        Gradients whole = dense.newGradients();
        Gradients parts = dense.newGradients();
        float[] dxOfWhole = new float[x.length];
        float[] dxOfParts = new float[x.length];
        backward(dense, x, dy, 0, rows, whole, dxOfWhole);
        backward(dense, x, dy, 0, split, parts, dxOfParts);
        if (split < rows) {
            backward(dense, x, dy, split, rows, parts, dxOfParts);
        }
        assertArrayEquals(whole.inputWeights(), parts.inputWeights(), "dW");
        assertArrayEquals(whole.bias(), parts.bias(), "db");
        assertArrayEquals(dxOfWhole, dxOfParts, "dx");
    }

    private static void backward(Dense dense, float[] x, float[] dy, int from, int to, Gradients gradients, float[] dx) {
        int count = to - from;
        DenseTape tape = dense.newTape(count);
        dense.forward(x, from * dense.weights().inputs(), count, tape, new float[count * dense.weights().units()], 0);
        dense.backward(dy, from * dense.weights().units(), tape, gradients, dx, from * dense.weights().inputs());
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - .5f;
        }
        return values;
    }

    private interface Term {
        double at(int row, int column, int k);
    }

    /** Every element is the sum of {@code inner} terms but for the rounding of as many operations. */
    private static void assertSums(String what, float[] got, int columns, int inner, Term term) {
        double largest = 0;
        for (int i = 0; i < got.length; i++) {
            double exact = 0;
            double magnitude = 0;
            for (int k = 0; k < inner; k++) {
                double one = term.at(i / columns, i % columns, k);
                exact += one;
                magnitude += Math.abs(one);
            }
            largest = Math.max(largest, magnitude);
            assertEquals(exact, got[i], magnitude * (inner + 1) * ROUNDING, what + "[" + i + "]");
        }
        assertTrue(largest > 0, what);
    }
}
