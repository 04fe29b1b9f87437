package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.SgnsLoss;
import io.github.lanewise.word2vec.TrainingOptions.Model;
import io.github.lanewise.word2vec.TrainingOptions.Update;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A training step goes against the gradient of the loss, which is taken by central differences in double precision. */
class SgnsGradientProperties {
    private static final double STEP = 1e-4;
    /** Error of the extrapolated difference: h^4 times the fifth derivative, and rounding over h. */
    private static final double DIFFERENCE = 1e-9;

    @Property(tries = 60)
    void windowsOfAnyWords(@ForAll @IntRange(min = 1, max = 9) int inputs, @ForAll @IntRange(min = 1, max = 12) int negatives,
                           @ForAll @IntRange(min = 1, max = 37) int dimension, @ForAll boolean twins, @ForAll long seed) {
        check(TrainingOptions.defaults().withUpdate(Update.WINDOW), inputs, negatives, dimension, twins, seed, false, 1);
    }

    @Property(tries = 60)
    void pairs(@ForAll @IntRange(min = 1, max = 12) int negatives, @ForAll @IntRange(min = 1, max = 37) int dimension, @ForAll long seed) {
        check(TrainingOptions.defaults().withUpdate(Update.PAIR), 1, negatives, dimension, false, seed, false, 1);
    }

    @Property(tries = 60)
    void correctedCbow(@ForAll @IntRange(min = 1, max = 9) int inputs, @ForAll @IntRange(min = 1, max = 12) int negatives,
                       @ForAll @IntRange(min = 1, max = 37) int dimension, @ForAll long seed) {
        check(TrainingOptions.defaults().withModel(Model.CORRECTED_CBOW), inputs, negatives, dimension, false, seed, true, 1);
    }

    /** word2vec.c moves the words of a context by the whole gradient of their mean: by as many times the true one as there are words. */
    @Property(tries = 60)
    void cbow(@ForAll @IntRange(min = 1, max = 9) int inputs, @ForAll @IntRange(min = 1, max = 12) int negatives,
              @ForAll @IntRange(min = 1, max = 37) int dimension, @ForAll long seed) {
        check(TrainingOptions.defaults().withModel(Model.CBOW), inputs, negatives, dimension, false, seed, true, inputs);
    }

    private static void check(TrainingOptions options, int inputs, int negatives, int dimension, boolean twins, long seed, boolean mean, int inputFactor) {
        Random random = new Random(seed);
        int words = Math.max(inputs, negatives + 1);
        float[][] in = random(random, words, dimension);
        float[][] out = random(random, words, dimension);
        int[] context = random.ints(0, words).distinct().limit(inputs).toArray();
        int[] targets = random.ints(0, words).distinct().limit(negatives + 1).toArray();
        if (twins) {
            context[inputs - 1] = context[0];
            targets[negatives] = targets[negatives > 1 ? 1 : negatives];
        }
        ToDoubleBiFunction<double[][], double[][]> loss = (a, b) ->
                mean ? SgnsLoss.ofMean(a, b, context, targets) : SgnsLoss.ofPairs(a, b, context, targets);
        double[][] x = doubles(in);
        double[][] u = doubles(out);
        Step step = Step.of(Kernels.best(), options, in, out, context, targets, 1);
        double[][][] bounds = Step.bounds(in, out, context, targets, 1);
        for (int i = 0; i < words; i++) {
            for (int j = 0; j < dimension; j++) {
                double dIn = difference(loss, x, u, x[i], j) * inputFactor;
                double dOut = difference(loss, x, u, u[i], j);
                assertEquals(-dIn, step.in[i][j] - x[i][j], bounds[0][i][j] + DIFFERENCE * words * inputFactor, "input " + i + ", " + j);
                assertEquals(-dOut, step.out[i][j] - u[i][j], bounds[1][i][j] + DIFFERENCE * words, "output " + i + ", " + j);
            }
        }
    }

    private static double difference(ToDoubleBiFunction<double[][], double[][]> loss, double[][] x, double[][] u, double[] row, int j) {
        return (4 * central(loss, x, u, row, j, STEP / 2) - central(loss, x, u, row, j, STEP)) / 3;
    }

    /** {@code row} is one of {@code x} or {@code u}. */
    private static double central(ToDoubleBiFunction<double[][], double[][]> loss, double[][] x, double[][] u, double[] row, int j, double h) {
        double at = row[j];
        row[j] = at + h;
        double above = loss.applyAsDouble(x, u);
        row[j] = at - h;
        double below = loss.applyAsDouble(x, u);
        row[j] = at;
        return (above - below) / (2 * h);
    }

    private static float[][] random(Random random, int rows, int dimension) {
        float[][] values = new float[rows][dimension];
        for (float[] row : values) {
            for (int j = 0; j < dimension; j++) {
                row[j] = random.nextFloat() - 0.5f;
            }
        }
        return values;
    }

    private static double[][] doubles(float[][] rows) {
        double[][] all = new double[rows.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                all[i][j] = rows[i][j];
            }
        }
        return all;
    }
}
