package io.github.lanewise.oracle;

/** Sums of products: exact enough in double to judge float, and the canonical float forms to the bit. */
public final class Products {
    /** The longest chain of a matrix product. */
    public static final int CHAIN = 256;

    private Products() {
    }

    /** A sum of products, the sum of the absolute values that went in, how many they are, and how many roundings a float sum of them has at most. */
    public record Sum(double value, double magnitude, int length, int roundings) {
        /** The largest error that a float sum may have. */
        public double bound() {
            // The double sum itself is off by length * 2^-53 of the magnitude at most.
            return Tolerance.chain(roundings, magnitude) + length * 0x1p-53 * magnitude;
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
        return new Sum(sum, magnitude, length, length);
    }

    /** The canonical element of a matrix product: to start are added chains from zero, each over at most {@link #CHAIN} products. */
    public static float canonicalProduct(float start, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int length) {
        float result = start;
        for (int first = 0; first < length; first += CHAIN) {
            float sum = 0;
            for (int k = first; k < Math.min(first + CHAIN, length); k++) {
                sum = Math.fma(a[aAt + k * aStep], b[bAt + k * bStep], sum);
            }
            result += sum;
        }
        return result;
    }

    /** Returns start + sum of a[aAt + k aStep] b[bAt + k bStep] as {@link #canonicalProduct} adds it up: few roundings for long sums. */
    public static Sum product(double start, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int length) {
        Sum sum = chain(start, a, aAt, aStep, b, bAt, bStep, length);
        int chains = (length + CHAIN - 1) / CHAIN;
        return new Sum(sum.value(), sum.magnitude(), length, Math.min(length, CHAIN) + chains);
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
