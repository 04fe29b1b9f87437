package io.github.lanewise.kernel;

import java.util.Arrays;
import java.util.Random;

/**
 * Result of {@link Diagnostics#selfTest}.
 *
 * @param equal whether both backends gave the same bits
 * @param comparisons number of arrays compared
 * @param scalarMatmulNanos time of a product of 16 rows, 64 inner indices and 256 columns on the scalar backend, in nanoseconds
 * @param bestMatmulNanos the same on the best backend
 * @param scalarTanhNanos time of 1024 tanh on the scalar backend, in nanoseconds
 * @param bestTanhNanos the same on the best backend
 */
public record SelfTest(boolean equal, int comparisons, double scalarMatmulNanos, double bestMatmulNanos, double scalarTanhNanos, double bestTanhNanos) {
    /** C2 is done with a kernel after about a second, later when it must compile others, too. */
    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final int ROWS = 16;
    private static final int INNER = 64;
    private static final int COLUMNS = 256;
    private static final int LENGTH = 1024;

    static SelfTest run(Kernels scalar, Kernels best) {
        int different = 0;
        int comparisons = 0;
        for (int seed = 0; seed < 100; seed++) {
            float[][] one = sample(scalar, seed);
            float[][] two = sample(best, seed);
            for (int i = 0; i < one.length; i++) {
                comparisons++;
                if (!Arrays.equals(one[i], two[i])) {
                    different++;
                }
            }
        }
        return new SelfTest(different == 0, comparisons, timeMatmul(scalar), timeMatmul(best), timeTanh(scalar), timeTanh(best));
    }

    /** One result of each kind of kernel, of sizes that depend on the seed. */
    private static float[][] sample(Kernels kernels, int seed) {
        Random random = new Random(seed);
        int rows = 1 + seed % 9;
        int inner = 1 + seed % 40;
        float[] x = random(random, 3 * LENGTH);
        float[] product = random(random, rows * Panels.WIDTH);
        kernels.matmul(x, 1, inner, 1, x, 3, 0, Panels.WIDTH / 2, product, 0, Panels.WIDTH, 0, rows, Panels.WIDTH, inner);
        float[] tanh = new float[inner];
        float[] sigmoid = new float[inner];
        kernels.tanh(x, seed, tanh, 0, inner);
        kernels.sigmoid(x, seed, sigmoid, 0, inner);
        float[] z = random(random, rows * Panels.WIDTH);
        float[] states = random(random, rows * 3 * Panels.BLOCK);
        kernels.lstmForward(z, 0, 0, states, 0, states, 0, states, rows * Panels.BLOCK, 0, states, 2 * rows * Panels.BLOCK, Panels.BLOCK,
                rows, Panels.BLOCK);
        return new float[][] {product, tanh, sigmoid, z, states, {kernels.dot(x, 0, x, 1, inner)}};
    }

    private static double timeMatmul(Kernels kernels) {
        Random random = new Random(1);
        float[] a = random(random, ROWS * INNER);
        float[] b = random(random, INNER * COLUMNS);
        float[] c = new float[ROWS * COLUMNS];
        return nanos(() -> kernels.matmul(a, 0, INNER, 1, b, 0, INNER * Panels.WIDTH, Panels.WIDTH,
                c, 0, Panels.WIDTH, ROWS * Panels.WIDTH, ROWS, COLUMNS, INNER));
    }

    private static double timeTanh(Kernels kernels) {
        float[] x = random(new Random(1), LENGTH);
        float[] y = new float[LENGTH];
        return nanos(() -> kernels.tanh(x, 0, y, 0, LENGTH));
    }

    /** Time of a call after warm-up: the shortest of several rounds, because whatever disturbs only adds. */
    private static double nanos(Runnable call) {
        long warm = System.nanoTime() + WARM_UP_NANOS;
        long calls = 0;
        while (System.nanoTime() < warm) {
            call.run();
            calls++;
        }
        long perRound = calls / 150 + 1;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            for (long i = 0; i < perRound; i++) {
                call.run();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) perRound);
        }
        return best;
    }

    private static float[] random(Random random, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = 4 * random.nextFloat() - 2;
        }
        return x;
    }
}
