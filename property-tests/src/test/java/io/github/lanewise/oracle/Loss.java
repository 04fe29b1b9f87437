package io.github.lanewise.oracle;

/** A loss (a mean, as PyTorch's default is) and its gradient by what went in. */
@SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
public record Loss(double value, double[] gradient) {
    /** Mean over all values of (y - target)^2. */
    public static Loss meanSquaredError(double[] y, double[] target) {
        double sum = 0;
        double[] d = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double e = y[i] - target[i];
            sum += e * e;
            d[i] = 2 * e / y.length;
        }
        return new Loss(sum / y.length, d);
    }

    /** Mean over the rows of -log(softmax(z)[target]); the gradient is by z. */
    public static Loss softmaxCrossEntropy(double[] z, int width, int[] target) {
        int rows = target.length;
        double[] d = DenseLayer.softmax(z, width);
        double sum = 0;
        for (int n = 0; n < rows; n++) {
            double max = max(z, n * width, width);
            sum += max - z[n * width + target[n]] + StrictMath.log(sumOfExp(z, n * width, width, max));
            d[n * width + target[n]] -= 1;
        }
        for (int i = 0; i < d.length; i++) {
            d[i] /= rows;
        }
        return new Loss(sum / rows, d);
    }

    /** Mean over all values of -(t log(s) + (1 - t) log(1 - s)) with s = sigmoid(z); the gradient is by z. */
    public static Loss binaryCrossEntropy(double[] z, double[] target) {
        double sum = 0;
        double[] d = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            sum += Math.max(z[i], 0) - z[i] * target[i] + StrictMath.log1p(StrictMath.exp(-Math.abs(z[i])));
            d[i] = (Activation.sigmoid(z[i]) - target[i]) / z.length;
        }
        return new Loss(sum / z.length, d);
    }

    /** Returns the largest value of a row. */
    static double max(double[] z, int start, int width) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = start; j < start + width; j++) {
            max = Math.max(max, z[j]);
        }
        return max;
    }

    /** Returns the sum of exp(z - shift) over a row. The shift is not added back: next to a large one the logarithm would be lost. */
    static double sumOfExp(double[] z, int start, int width, double shift) {
        double sum = 0;
        for (int j = start; j < start + width; j++) {
            sum += StrictMath.exp(z[j] - shift);
        }
        return sum;
    }
}
