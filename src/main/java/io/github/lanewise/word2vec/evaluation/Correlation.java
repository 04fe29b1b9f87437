package io.github.lanewise.word2vec.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Correlation of two lists of numbers. */
public final class Correlation {
    private Correlation() {}

    /**
     * Returns Pearson's correlation, the cosine of the centred lists.
     *
     * @param x finite numbers
     * @param y as many finite numbers
     * @return -1 to 1; NaN if there are fewer than two or all of one list are equal
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double pearson(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("lists: got " + x.length + " and " + y.length + " numbers, wanted as many");
        }
        double meanX = Arrays.stream(x).sum() / x.length;
        double meanY = Arrays.stream(y).sum() / y.length;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        double lengths = Math.sqrt(xx) * Math.sqrt(yy);
        return lengths > 0 ? Math.clamp(xy / lengths, -1.0, 1.0) : Double.NaN;
    }

    /**
     * Returns Spearman's rank correlation: Pearson's of the ranks, equal numbers sharing the average of their ranks.
     *
     * @param x finite numbers
     * @param y as many finite numbers
     * @return -1 to 1; NaN if there are fewer than two or all of one list are equal
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double spearman(double[] x, double[] y) {
        return pearson(ranks(x), ranks(y));
    }

    /** Ranks from 1; equal numbers get the average of theirs. */
    static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length).boxed().sorted((a, b) -> Double.compare(values[a], values[b])).mapToInt(i -> i).toArray();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
