package io.github.lanewise.cli.word2vec;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Points in the plane that keep as much of the differences between vectors as a plane can: principal component analysis.
 *
 * @param points one for each vector
 * @param shareX share of the variance along the first axis, 0 to 1
 * @param shareY share of the variance along the second axis, 0 to 1
 */
record Projection(List<Point> points, double shareX, double shareY) {
    /** A place in the plane. */
    record Point(double x, double y) {}


    /** Projects vectors of one length. Each axis points to where its largest coordinate is positive, so a picture does not flip by chance. */
    static Projection of(float[][] vectors) {
        int dimension = vectors[0].length;
        DMatrixRMaj centred = new DMatrixRMaj(vectors.length, dimension);
        for (int column = 0; column < dimension; column++) {
            double mean = 0;
            for (float[] vector : vectors) {
                mean += vector[column] / vectors.length;
            }
            for (int row = 0; row < vectors.length; row++) {
                centred.set(row, column, vectors[row][column] - mean);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(vectors.length, dimension, true, false, true);
        if (!svd.decompose(centred)) {
            throw new IllegalStateException("no singular values found for " + vectors.length + " vectors");
        }
        double[] values = svd.getSingularValues();
        int[] axes = twoLargest(values);
        double total = 0;
        for (double value : values) {
            total += value * value;
        }
        double[] x = coordinates(svd, axes[0], vectors.length);
        double[] y = coordinates(svd, axes[1], vectors.length);
        return new Projection(IntStream.range(0, x.length).mapToObj(i -> new Point(x[i], y[i])).toList(),
                share(values, axes[0], total), share(values, axes[1], total));
    }

    private static int[] twoLargest(double[] values) {
        int first = 0;
        int second = -1;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[first]) {
                second = first;
                first = i;
            } else if (second < 0 || values[i] > values[second]) {
                second = i;
            }
        }
        return new int[] {first, second};
    }

    private static double share(double[] values, int axis, double total) {
        return axis < 0 || total == 0 ? 0 : values[axis] * values[axis] / total;
    }

    private static double[] coordinates(SingularValueDecomposition_F64<DMatrixRMaj> svd, int axis, int count) {
        double[] coordinates = new double[count];
        if (axis < 0) {
            return coordinates;
        }
        DMatrixRMaj left = svd.getU(null, false);
        double largest = 0;
        for (int row = 0; row < count; row++) {
            coordinates[row] = left.get(row, axis) * svd.getSingularValues()[axis];
            largest = Math.abs(coordinates[row]) > Math.abs(largest) * (1 + 1e-9) ? coordinates[row] : largest;
        }
        if (largest < 0) {
            for (int row = 0; row < count; row++) {
                coordinates[row] = -coordinates[row];
            }
        }
        return coordinates;
    }
}
