package io.github.lanewise.cli.wave;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The next sample as a fixed weighted sum of the last few, the weights by least squares (the covariance method of linear prediction: Makhoul
 * 1975): the classic that a network has to beat.
 */
final class LinearPrediction {
    /** Rows of a decomposition: the memory stays the same for sounds of any length. */
    private static final int BLOCK = 1024;

    private final double[] weights;

    private LinearPrediction(double[] weights) {
        this.weights = weights;
    }

    /** Fits the weights to the first samples of a signal. */
    static LinearPrediction fit(float[] signal, int length, int taps) {
        // The triangle of all equations [last samples | next sample] so far. By QR and not by their normal equations, whose squared condition
        // loses pure tones: two of them, 8 taps: 1e-6 instead of 1e-15.
        DMatrixRMaj triangle = new DMatrixRMaj(taps + 1, taps + 1);
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(BLOCK + taps + 1, taps + 1);
        for (int from = taps; from < length; from += BLOCK) {
            DMatrixRMaj equations = new DMatrixRMaj(taps + 1 + BLOCK, taps + 1);
            CommonOps_DDRM.insert(triangle, equations, 0, 0);
            for (int at = from; at < Math.min(from + BLOCK, length); at++) {
                int row = taps + 1 + at - from;
                for (int i = 0; i < taps; i++) {
                    equations.set(row, i, signal[at - 1 - i]);
                }
                equations.set(row, taps, signal[at]);
            }
            if (!qr.decompose(equations)) {
                throw new IllegalStateException("QR of " + equations.getNumRows() + " equations failed");
            }
            qr.getR(triangle, true);
        }
        DMatrixRMaj left = CommonOps_DDRM.extract(triangle, 0, taps, 0, taps);
        DMatrixRMaj right = CommonOps_DDRM.extract(triangle, 0, taps, taps, taps + 1);
        // The pseudo-inverse: a constant leaves the weights open.
        CommonOps_DDRM.pinv(left.copy(), left);
        DMatrixRMaj weights = new DMatrixRMaj(taps, 1);
        CommonOps_DDRM.mult(left, right, weights);
        return new LinearPrediction(weights.data.clone());
    }

    /** The prediction of one sample from those before it, of which there must be as many as taps. */
    double predict(float[] signal, int at) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * signal[at - 1 - i];
        }
        return sum;
    }
}
