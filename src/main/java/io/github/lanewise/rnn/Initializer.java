package io.github.lanewise.rnn;

import io.github.lanewise.kernel.SplitMix64;
import java.util.random.RandomGenerator;

/**
 * Starting values of weights, from a seeded generator. Only {@link RandomGenerator#nextLong} is called and only exactly specified arithmetic
 * used, so a generator with a specified sequence, such as {@link SplitMix64}, gives the same bits on every machine.
 */
public final class Initializer {
    private Initializer() {}

    /**
     * Sets all weights and biases uniformly in {@code +-1/sqrt(units)} (PyTorch's default for recurrent layers).
     *
     * @param weights written
     * @param random source
     */
    public static void uniform(Weights weights, RandomGenerator random) {
        uniform(weights, (float) (1 / Math.sqrt(weights.units())), random);
    }

    /**
     * Sets all weights and biases uniformly in {@code +-bound}.
     *
     * @param weights written
     * @param bound largest magnitude
     * @param random source
     */
    public static void uniform(Weights weights, float bound, RandomGenerator random) {
        Layout layout = weights.layout;
        for (int row = 0; row < layout.gates() * layout.units(); row++) {
            for (int input = 0; input < layout.rows(); input++) {
                weights.data[weights.weight(row, input)] = bound * symmetric(random);
            }
            weights.data[weights.bias(row)] = bound * symmetric(random);
        }
    }

    /**
     * Sets the recurrent weights of each gate to {@code scale} times the identity (Le, Jaitly and Hinton 2015).
     *
     * @param weights recurrent part written
     * @param scale value on the diagonal
     */
    public static void identityRecurrent(Weights weights, float scale) {
        Layout layout = weights.layout;
        for (int row = 0; row < layout.gates() * layout.units(); row++) {
            for (int unit = 0; unit < layout.recurrent(); unit++) {
                weights.data[weights.weight(row, layout.inputs() + unit)] = unit == row % layout.units() ? scale : 0;
            }
        }
    }

    /**
     * Sets the recurrent weights of each gate to a random orthogonal matrix (Saxe, McClelland and Ganguli 2014).
     *
     * @param weights recurrent part written
     * @param random source
     */
    public static void orthogonalRecurrent(Weights weights, RandomGenerator random) {
        Layout layout = weights.layout;
        int units = layout.recurrent();
        for (int gate = 0; gate < layout.gates(); gate++) {
            double[][] q = orthogonal(units, random);
            for (int row = 0; row < units; row++) {
                for (int unit = 0; unit < units; unit++) {
                    weights.data[weights.weight(gate * units + row, layout.inputs() + unit)] = (float) q[row][unit];
                }
            }
        }
    }

    /** Rows of normal deviates, made orthonormal by Gram and Schmidt, each projection done twice for accuracy. */
    private static double[][] orthogonal(int n, RandomGenerator random) {
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            double norm = 0;
            while (norm < 1e-6) {
                for (int j = 0; j < n; j++) {
                    q[i][j] = normal(random);
                }
                for (int pass = 0; pass < 2; pass++) {
                    for (int k = 0; k < i; k++) {
                        double projection = dot(q[i], q[k]);
                        for (int j = 0; j < n; j++) {
                            q[i][j] -= projection * q[k][j];
                        }
                    }
                }
                norm = Math.sqrt(dot(q[i], q[i]));
            }
            for (int j = 0; j < n; j++) {
                q[i][j] /= norm;
            }
        }
        return q;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** A normal deviate (Box and Muller 1958), with functions that are the same on every machine. */
    private static double normal(RandomGenerator random) {
        double radius = Math.sqrt(-2 * StrictMath.log(((random.nextLong() >>> 11) + 1) * 0x1p-53));
        return radius * StrictMath.cos(2 * Math.PI * ((random.nextLong() >>> 11) * 0x1p-53));
    }

    /** A float in [-1, 1), one of 2^24 equally likely ones. */
    private static float symmetric(RandomGenerator random) {
        return (random.nextLong() >> 40) * 0x1p-23f;
    }
}
