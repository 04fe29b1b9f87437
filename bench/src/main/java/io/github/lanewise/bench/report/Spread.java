package io.github.lanewise.bench.report;

import java.util.Arrays;

/**
 * Several measurements of one thing.
 *
 * @param median the middle one
 * @param low the smallest
 * @param high the largest
 * @param count how many
 */
public record Spread(double median, double low, double high, int count) {
    /** The spread of at least one value. */
    public static Spread of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values: got none, wanted at least one");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** In another unit. */
    public Spread times(double factor) {
        return new Spread(median * factor, low * factor, high * factor, count);
    }
}
