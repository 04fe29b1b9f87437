package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** One training step of the library on matrices that a test chooses. */
final class Step {
    final double[][] in;
    final double[][] out;

    private Step(Word2VecModel after, int rows) {
        in = rows(after.input(), rows);
        out = rows(after.output(), rows);
    }

    /** The matrices after a step. The first target is the true one. */
    static Step of(Kernels kernels, TrainingOptions options, float[][] in, float[][] out, int[] context, int[] targets, float rate) {
        int words = Math.max(in.length, out.length);
        int dimension = in[0].length;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            names.add("w" + i);
        }
        Word2VecModel model = new Word2VecModel(Vocabulary.of(names), Matrix.create(words, dimension), Matrix.create(words, dimension));
        for (int i = 0; i < in.length; i++) {
            model.input().setRow(i, in[i], 0);
        }
        for (int i = 0; i < out.length; i++) {
            model.output().setRow(i, out[i], 0);
        }
        TrainingOptions fitting = options.withDimension(dimension).withWindow((context.length + 1) / 2).withNegatives(Math.max(1, targets.length - 1));
        Example example = new Example(fitting.window(), fitting.negatives());
        System.arraycopy(context, 0, example.context, 0, context.length);
        System.arraycopy(targets, 0, example.targets, 0, targets.length);
        example.contexts = context.length;
        example.targetCount = targets.length;
        example.mayRepeat = true;
        new SgnsStep(kernels, model, fitting).train(example, rate);
        return new Step(model, words);
    }

    private static double[][] rows(Matrix matrix, int rows) {
        double[][] all = new double[rows][matrix.dimension()];
        float[] row = new float[matrix.dimension()];
        for (int i = 0; i < rows; i++) {
            matrix.copyRow(i, row, 0);
            for (int j = 0; j < row.length; j++) {
                all[i][j] = row[j];
            }
        }
        return all;
    }

    /**
     * Largest error of a step's floats. A gradient is {@code rate * (label - s(f))}, at most {@code rate}; the sigmoid is at most a quarter as steep as
     * its argument, so an error of the dot product moves it by a quarter of that; and each target and each input adds one rounding.
     */
    static double[][][] bounds(float[][] in, float[][] out, int[] context, int[] targets, float rate) {
        int dimension = in[0].length;
        // Dot product, mean of the context, sigmoid, gradient, times it occurs, chain of updates.
        double gamma = Tolerance.gamma(dimension + 2 * context.length + targets.length + 12);
        double[][] dIn = new double[Math.max(in.length, out.length)][dimension];
        double[][] dOut = new double[Math.max(in.length, out.length)][dimension];
        for (int c : context) {
            for (int t : targets) {
                double magnitude = 0;
                for (int other : context) {
                    for (int j = 0; j < dimension; j++) {
                        magnitude += Math.abs((double) in[other][j] * out[t][j]);
                    }
                }
                double error = gamma * rate * (1 + magnitude / 4);
                for (int j = 0; j < dimension; j++) {
                    // A target that comes twice moves in between, by no more than one update.
                    double moved = Math.abs(out[t][j]) + rate * Math.abs(in[c][j]);
                    dIn[c][j] += error * moved * context.length;
                    dOut[t][j] += error * Math.abs(in[c][j]);
                }
            }
        }
        for (int i = 0; i < in.length; i++) {
            for (int j = 0; j < dimension; j++) {
                dIn[i][j] += gamma * Math.abs(in[i][j]);
            }
        }
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < dimension; j++) {
                dOut[i][j] += gamma * Math.abs(out[i][j]);
            }
        }
        return new double[][][] {dIn, dOut};
    }
}
