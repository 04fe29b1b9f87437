package io.github.lanewise.oracle;

/** Sums of products: exact enough in double to judge float, and the canonical float forms to the bit. */
public final class Products {
    private Products() {
    }

    /** A sum of products, the sum of the absolute values that went in, and how many roundings a float chain over it has. */
    public record Sum(double value, double magnitude, int roundings) {
        /** The largest error that a chain of float operations over this sum may have. */
        public double bound() {
            // The double sum itself is off by roundings * 2^-53 of the magnitude at most.
            return Tolerance.chain(roundings, magnitude) + roundings * 0x1p-53 * magnitude;
        }
    }

    /** Returns start + sum of a[aAt + k aStep] b[bAt + k bStep] for k below length. */
    public static Sum chain(double start, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int length) {
        double sum = start;
        double magnitude = Math.abs(start);
        for (int k = 0; k < length; k++) {
            double product = (double) a[aAt + k * aStep] * b[bAt + k * bStep];
            sum += product;
            magnitude += Math.abs(product);
        }
        return new Sum(sum, magnitude, length);
    }

    /** The canonical dot product: 16 chains of fused multiply-adds, then s[j] += s[j + 8], 4, 2, 1. */
    public static float canonicalDot(float[] a, int aAt, float[] b, int bAt, int length) {
        float[] s = new float[16];
        for (int i = 0; i < length; i++) {
            s[i % 16] = Math.fma(a[aAt + i], b[bAt + i], s[i % 16]);
        }
        return tree(s);
    }

    /** The canonical sum: 16 chains of additions, and the same tree. */
    public static float canonicalSum(float[] a, int aAt, int length) {
        float[] s = new float[16];
        for (int i = 0; i < length; i++) {
            s[i % 16] += a[aAt + i];
        }
        return tree(s);
    }

    private static float tree(float[] s) {
        for (int half = 8; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                s[j] += s[j + half];
            }
        }
        return s[0];
    }
}
