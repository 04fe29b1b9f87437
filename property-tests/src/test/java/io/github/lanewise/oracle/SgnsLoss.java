package io.github.lanewise.oracle;

/**
 * The loss that negative sampling lowers, in double precision: {@code -sum log s(label ? x.u : -x.u)} over all pairs of an input row x and a target
 * row u (Mikolov et al., "Distributed Representations of Words and Phrases and their Compositionality", 2013, equation 4). Rows that occur
 * twice are listed twice.
 */
public final class SgnsLoss {
    private SgnsLoss() {
    }

    /** Returns the loss of every pair of the given rows. */
    public static double ofPairs(double[][] in, double[][] out, int[] context, int[] targets) {
        double loss = 0;
        for (int c : context) {
            for (int t = 0; t < targets.length; t++) {
                loss += ofOne(in[c], out[targets[t]], t == 0);
            }
        }
        return loss;
    }

    /** Returns the loss of the mean of the context. */
    public static double ofMean(double[][] in, double[][] out, int[] context, int[] targets) {
        double[] mean = new double[in[0].length];
        for (int c : context) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += in[c][j] / context.length;
            }
        }
        double loss = 0;
        for (int t = 0; t < targets.length; t++) {
            loss += ofOne(mean, out[targets[t]], t == 0);
        }
        return loss;
    }

    private static double ofOne(double[] x, double[] u, boolean isTrue) {
        double f = 0;
        for (int j = 0; j < x.length; j++) {
            f += x[j] * u[j];
        }
        return Math.log1p(Math.exp(isTrue ? -f : f));
    }
}
