package io.github.lanewise.bench.report;

/**
 * A straight line through points, by least squares: {@code y = slope * x + intercept}.
 *
 * @param slope its slope
 * @param intercept its value at 0
 * @param r2 the part of the variance of y that it explains, at most 1
 */
public record Fit(double slope, double intercept, double r2) {
    /**
     * The line through at least two points with different x.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    public static Fit of(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        if (!(xx > 0)) {
            throw new IllegalArgumentException("points: got " + x.length + " without different x, wanted at least 2");
        }
        double slope = xy / xx;
        return new Fit(slope, meanY - slope * meanX, yy > 0 ? xy * xy / (xx * yy) : 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
