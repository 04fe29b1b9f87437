package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the rows of a matrix have in common: their mean, and the directions in which they differ most from it (principal components). */
final class CommonPart {
    /** Floats are summed up over so many rows, doubles over all. */
    private static final int BLOCK_ROWS = 1024;
    private static final int MOST_ROUNDS = 1000;
    private static final double SETTLED = 1e-10;
    /** Of the variance of all directions; a direction with less is rounding. */
    private static final double LEAST_SHARE = 1e-9;

    private final double[] mean;
    private final List<double[]> directions = new ArrayList<>();

    /** Finds up to so many directions, fewer if the rows differ in fewer. */
    CommonPart(Matrix matrix, int count) {
        mean = mean(matrix);
        if (count == 0) {
            return;
        }
        double[][] covariance = covariance(matrix, mean);
        double least = LEAST_SHARE * trace(covariance);
        while (directions.size() < count) {
            int start = largestDiagonal(covariance);
            if (!(covariance[start][start] > least)) {
                return;
            }
            double[] direction = strongest(covariance, start);
            directions.add(direction);
            deflate(covariance, direction);
        }
    }

    /** Writes what is left of a row without the mean and the directions. */
    void takeOut(float[] row) {
        double[] rest = new double[mean.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = row[i] - mean[i];
        }
        for (double[] direction : directions) {
            double share = dot(direction, rest);
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= share * direction[i];
            }
        }
        for (int i = 0; i < rest.length; i++) {
            row[i] = (float) rest[i];
        }
    }

    private static double[] mean(Matrix matrix) {
        double[] mean = new double[matrix.dimension()];
        for (int row = 0; row < matrix.rows(); row++) {
            float[] array = matrix.array(row);
            int at = matrix.offset(row);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += array[at + i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= matrix.rows();
        }
        return mean;
    }

    /** The mean of the products of two columns, without the product of their means. */
    private static double[][] covariance(Matrix matrix, double[] mean) {
        int dimension = matrix.dimension();
        int stride = matrix.stride();
        double[][] covariance = new double[dimension][dimension];
        float[] products = new float[Math.multiplyExact(dimension, stride)];
        Kernels kernels = Kernels.best();
        for (int row = 0; row < matrix.rows(); ) {
            int rows = Math.min(BLOCK_ROWS, matrix.run(row));
            Arrays.fill(products, 0);
            kernels.matmul(matrix.array(row), matrix.offset(row), 1, stride, matrix.array(row), matrix.offset(row), Panels.WIDTH, stride,
                    products, 0, stride, Panels.WIDTH, dimension, stride, rows);
            for (int i = 0; i < dimension; i++) {
                for (int j = 0; j < dimension; j++) {
                    covariance[i][j] += products[i * stride + j];
                }
            }
            row += rows;
        }
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                covariance[i][j] = covariance[i][j] / matrix.rows() - mean[i] * mean[j];
            }
        }
        return covariance;
    }

    /** The eigenvector of the largest eigenvalue, by power iteration from a column that is not orthogonal to it. */
    private static double[] strongest(double[][] covariance, int column) {
        double[] direction = covariance[column].clone();
        scale(direction);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] next = new double[direction.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = dot(covariance[i], direction);
            }
            scale(next);
            boolean settled = 1 - dot(next, direction) < SETTLED;
            direction = next;
            if (settled) {
                break;
            }
        }
        return direction;
    }

    private static void deflate(double[][] covariance, double[] direction) {
        double variance = 0;
        for (int i = 0; i < direction.length; i++) {
            variance += direction[i] * dot(covariance[i], direction);
        }
        for (int i = 0; i < direction.length; i++) {
            for (int j = 0; j < direction.length; j++) {
                covariance[i][j] -= variance * direction[i] * direction[j];
            }
        }
    }

    private static int largestDiagonal(double[][] covariance) {
        int largest = 0;
        for (int i = 1; i < covariance.length; i++) {
            largest = covariance[i][i] > covariance[largest][largest] ? i : largest;
        }
        return largest;
    }

    private static double trace(double[][] covariance) {
        double trace = 0;
        for (int i = 0; i < covariance.length; i++) {
            trace += covariance[i][i];
        }
        return trace;
    }

    private static void scale(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
