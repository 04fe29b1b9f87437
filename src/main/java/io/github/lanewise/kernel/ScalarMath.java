package io.github.lanewise.kernel;

/**
 * exp, tanh and sigmoid of one float: the meaning of the three functions, and the constants that {@link VectorMath} shares.
 *
 * <p>All three start with {@code y = n ln 2 + r}, {@code |r| <= ln(2) / 2}, and {@code exp(y) = 2^n (1 + q)}, {@code q = expm1(r)} (Cody and Waite).
 * {@code n} is rounded by adding 1.5 * 2^23; a bias added along with it leaves the exponent field of {@code 2^n} in the low bits of the sum, so
 * that one shift makes the scale. {@code n * LN2_HIGH} is taken off exactly, because the fma does not round the product and the difference
 * fits 24 bits. The polynomials are minimax fits of our own, the coefficients rounded to float one after the other and the rest refitted.
 * Every step is one IEEE operation, so each float operation here has one twin in {@link VectorMath}.
 */
final class ScalarMath {
    static final float LOG2_E = 0x1.715476p+0f;
    static final float LN2_HIGH = 0x1.62e43p-1f;
    static final float LN2_LOW = -0x1.05c61p-29f;

    /** {@code expm1(r) = r + r^2 (E0 + E1 r + .. + E4 r^4)}, relative error of exp(r) 3e-9 for |r| <= ln(2) / 2. */
    static final float E0 = 0x1.fffffcp-2f;
    static final float E1 = 0x1.555494p-3f;
    static final float E2 = 0x1.5558bep-5f;
    static final float E3 = 0x1.123856p-7f;
    static final float E4 = 0x1.6a3d08p-10f;

    /** Twice the bias of the exponent: the scale of exp is a product of two powers of two, each with half of the exponent. */
    static final float EXP_ROUNDER = 0x1.8p23f + 2 * 127;
    /** Above it exp is infinite. */
    static final float EXP_MAX = 89;
    /** Below it exp is 0. */
    static final float EXP_MIN = -104;

    /** The scale is 2^(n - 32), which leaves room for 1 / (1 + exp(105)) and for 1 + exp(-30). */
    static final float SIGMOID_ROUNDER = 0x1.8p23f + 127 - 32;
    static final float SIGMOID_UNIT = 0x1p-32f;
    /** Above it sigmoid is 1. */
    static final float SIGMOID_MAX = 30;
    /** Below it sigmoid is 0. */
    static final float SIGMOID_MIN = -105;

    static final float TANH_ROUNDER = 0x1.8p23f + 127;
    /** Above it tanh is 1. */
    static final float TANH_MAX = 10;
    /** From here on tanh comes from exp; below, from a polynomial. Higher and the polynomial loses bits, lower and the quotient does. */
    static final float TANH_SPLIT = 0.9375f;

    /** {@code tanh(x) = x + x^3 (T0 + T1 x^2 + .. + T6 x^12)}, relative error 4e-9 for |x| <= TANH_SPLIT. */
    static final float T0 = -0x1.55554ap-2f;
    static final float T1 = 0x1.110e6p-3f;
    static final float T2 = -0x1.b9ad0ep-5f;
    static final float T3 = 0x1.620d0cp-6f;
    static final float T4 = -0x1.0b5a1ep-7f;
    static final float T5 = 0x1.4550e8p-9f;
    static final float T6 = -0x1.b67c3cp-12f;

    private ScalarMath() {}

    /** {@code q = r + (low + r^2 P(r))}: the part of r that does not fit a float joins the small terms, which leaves one large rounding. */
    static float exp(float x) {
        float y = Math.clamp(x, EXP_MIN, EXP_MAX);
        float t = Math.fma(y, LOG2_E, EXP_ROUNDER);
        float n = t - EXP_ROUNDER;
        float high = Math.fma(n, -LN2_HIGH, y);
        float low = n * -LN2_LOW;
        float r = Math.fma(n, -LN2_LOW, high);
        float r2 = r * r;
        float p = Math.fma(Math.fma(E4, r2, Math.fma(E3, r, E2)), r2, Math.fma(E1, r, E0));
        float q = high + Math.fma(p, r2, low);
        int exponent = Float.floatToRawIntBits(t);
        int half = exponent >>> 1;
        float scale = Float.intBitsToFloat(half << 23);
        return Math.fma(scale, q, scale) * Float.intBitsToFloat((exponent - half) << 23);
    }

    /**
     * {@code d = 2^-32 (1 + exp(-x))} in one rounding, then {@code 1 / d} with both its own rounding error and that of {@code d} put right.
     * {@code (scale - d) + unit} is exact wherever it matters, so {@code low} is what {@code d} lost.
     */
    static float sigmoid(float x) {
        float y = Math.clamp(x, SIGMOID_MIN, SIGMOID_MAX);
        float t = Math.fma(y, -LOG2_E, SIGMOID_ROUNDER);
        float n = t - SIGMOID_ROUNDER;
        float r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, y));
        float r2 = r * r;
        float p = Math.fma(Math.fma(E4, r2, Math.fma(-E3, r, E2)), r2, Math.fma(-E1, r, E0));
        float q = Math.fma(p, r2, -r);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
        float d = Math.fma(scale, q, scale + SIGMOID_UNIT);
        float low = Math.fma(scale, q, (scale - d) + SIGMOID_UNIT);
        float inverse = 1 / d;
        float error = Math.fma(inverse, low, Math.fma(inverse, d, -1));
        float result = inverse * SIGMOID_UNIT;
        return Math.fma(-error, result, result);
    }

    /** Below the split the odd polynomial, above it {@code 1 - 1 / d} with {@code d = (1 + exp(2 |x|)) / 2} in one rounding; then the sign of x. */
    static float tanh(float x) {
        float a = Math.abs(x);
        float u = a * a;
        float u2 = u * u;
        float p = Math.fma(u2, Math.fma(u2, Math.fma(T6, u2, Math.fma(T5, u, T4)), Math.fma(T3, u, T2)), Math.fma(T1, u, T0));
        float small = Math.fma(a * u, p, a);

        float y = Math.clamp(a, 0, TANH_MAX);
        float t = Math.fma(y, 2 * LOG2_E, TANH_ROUNDER);
        float n = t - TANH_ROUNDER;
        float r = Math.fma(n, -LN2_HIGH / 2, y);
        float r2 = r * r;
        float s = Math.fma(Math.fma(32 * E4, r2, Math.fma(16 * E3, r, 8 * E2)), r2, Math.fma(4 * E1, r, 2 * E0));
        float q = Math.fma(s, r2, r);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
        float d = Math.fma(scale, q, Math.fma(scale, 0.5f, 0.5f));
        float large = 1 - 1 / d;

        return Math.copySign(a >= TANH_SPLIT ? large : small, x);
    }
}
