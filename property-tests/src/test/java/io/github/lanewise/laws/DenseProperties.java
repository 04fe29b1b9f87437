package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.MatrixKernels;
import io.github.lanewise.oracle.Products;
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
        Layer layer = Layer.random(inputs, wide ? 1000 + narrow : narrow, rows, new Random(seed));
        Gradients gradients = layer.dense.newGradients();
        float[] dx = new float[rows * inputs];
        layer.backward(0, rows, gradients, dx);

        int units = layer.units();
        float[] x = layer.x;
        float[] dy = layer.dy;
        float[] weights = layer.dense.weights().inputWeights();
        assertSums("dx", dx, inputs, units, (row, input, unit) -> dy[row * units + unit] * (double) weights[unit * inputs + input]);
        assertSums("dW", gradients.inputWeights(), inputs, rows, (unit, input, row) -> dy[row * units + unit] * (double) x[row * inputs + input]);
        assertSums("db", gradients.bias(), 1, rows, (unit, none, row) -> dy[row * units + unit]);
    }

    @Property(tries = 16)
    void splittingTheRowsBetweenChainsChangesNothing(@ForAll @IntRange(min = 1, max = 130) int inputs, @ForAll @IntRange(min = 9, max = 140) int narrow,
                                                     @ForAll boolean wide, @ForAll @IntRange(min = 300, max = 1400) int rows, @ForAll long seed) {
        Random random = new Random(seed);
        Layer layer = Layer.random(inputs, wide ? 1000 + narrow : narrow, rows, random);
        int split = MatrixKernels.CHAIN * (1 + random.nextInt(rows / MatrixKernels.CHAIN));
        Gradients whole = layer.dense.newGradients();
        Gradients parts = layer.dense.newGradients();
        float[] dxOfWhole = new float[rows * inputs];
        float[] dxOfParts = new float[rows * inputs];
        layer.backward(0, rows, whole, dxOfWhole);
        layer.backward(0, split, parts, dxOfParts);
        if (split < rows) {
            layer.backward(split, rows, parts, dxOfParts);
        }
        assertSameGradients(whole, dxOfWhole, parts, dxOfParts);
    }

    @Property(tries = 40)
    void bothBackendsGiveTheSameBits(@ForAll @IntRange(min = 1, max = 300) int inputs, @ForAll @IntRange(min = 1, max = 140) int units,
                                     @ForAll @IntRange(min = 1, max = 150) int rows, @ForAll long seed) {
        assertSameBits(Layer.random(inputs, units, rows, new Random(seed)));
    }

    /** Weights so large that products of many rows are done in tiles. */
    @Property(tries = 12)
    void bothBackendsGiveTheSameBitsForLargeWeights(@ForAll @IntRange(min = 450, max = 600) int inputs,
                                                    @ForAll @IntRange(min = 450, max = 600) int units,
                                                    @ForAll @IntRange(min = 4, max = 600) int rows, @ForAll long seed) {
        assertSameBits(Layer.random(inputs, units, rows, new Random(seed)));
    }

    private static void assertSameBits(Layer layer) {
        int rows = layer.rows();
        Layer scalar = layer.on(Kernels.scalar());
        assertArrayEquals(scalar.forward(), layer.forward(), "y");
        Gradients wanted = scalar.dense.newGradients();
        Gradients gradients = layer.dense.newGradients();
        float[] wantedDx = new float[rows * layer.inputs()];
        float[] dx = new float[rows * layer.inputs()];
        scalar.backward(0, rows, wanted, wantedDx);
        layer.backward(0, rows, gradients, dx);
        assertSameGradients(wanted, wantedDx, gradients, dx);
    }

    private static void assertSameGradients(Gradients wanted, float[] wantedDx, Gradients got, float[] dx) {
        assertArrayEquals(wanted.inputWeights(), got.inputWeights(), "dW");
        assertArrayEquals(wanted.bias(), got.bias(), "db");
        assertArrayEquals(wantedDx, dx, "dx");
    }

    /** The chains of the backward pass run over the units of the layer, whatever panels hold them. */
    @Property(tries = 40)
    void gradientsOfTheInputsAreTheChainsOfAProduct(@ForAll @IntRange(min = 1, max = 130) int inputs, @ForAll @IntRange(min = 1, max = 700) int units,
                                                    @ForAll @IntRange(min = 1, max = 20) int rows, @ForAll long seed) {
        Layer layer = Layer.random(inputs, units, rows, new Random(seed));
        float[] dx = new float[rows * inputs];
        layer.backward(0, rows, layer.dense.newGradients(), dx);
        float[] weights = layer.dense.weights().inputWeights();
        for (int i = 0; i < dx.length; i++) {
            float want = Products.canonicalProduct(0, layer.dy, i / inputs * units, 1, weights, i % inputs, inputs, units);
            assertEquals(want, dx[i], "dx[" + i + "]");
        }
    }

    /** A dense layer with its inputs and upstream gradients. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of arrays, never compared
    private record Layer(Dense dense, float[] x, float[] dy) {
        static Layer random(int inputs, int units, int rows, Random random) {
            Dense dense = Dense.create(inputs, units, OutputActivation.IDENTITY, random);
            return new Layer(dense, DenseProperties.random(random, rows * inputs), DenseProperties.random(random, rows * units));
        }

        Layer on(Kernels kernels) {
            return new Layer(dense.on(kernels), x, dy);
        }

        int inputs() {
            return dense.weights().inputs();
        }

        int rows() {
            return x.length / inputs();
        }

        float[] forward() {
            float[] y = new float[rows() * units()];
            dense.forward(x, 0, rows(), dense.newTape(rows()), y, 0);
            return y;
        }

        int units() {
            return dense.weights().units();
        }

        void backward(int from, int to, Gradients gradients, float[] dx) {
            int count = to - from;
            DenseTape tape = dense.newTape(count);
            dense.forward(x, from * inputs(), count, tape, new float[count * units()], 0);
            dense.backward(dy, from * units(), tape, gradients, dx, from * inputs());
        }
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
