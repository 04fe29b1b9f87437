package io.github.lanewise.oracle;

/**
 * Every bound of these tests comes from here, computed from the number of roundings. u = 2^-24 is the unit roundoff of
 * float; a result in the subnormal range adds an absolute error of at most half the smallest float per operation.
 */
public final class Tolerance {
    /** Unit roundoff of float: the largest relative error of one rounding. */
    public static final double U = 0x1p-24;

    /** Largest absolute error of one rounding to a subnormal float. */
    public static final double UNDERFLOW = 0x1p-150;

    private static final double LARGEST_POWER_PLUS_ONE = 0x1p128;

    private Tolerance() {
    }

    /** Returns gamma_n = n u / (1 - n u), the bound on the relative error of n roundings in a row (Higham 2002, lemma 3.1). */
    public static double gamma(int n) {
        return n * U / (1 - n * U);
    }

    /** Returns the bound on the error of a chain of n operations whose terms have the absolute values magnitudes in sum. */
    public static double chain(int n, double magnitudes) {
        return gamma(n) * magnitudes + n * UNDERFLOW;
    }

    /** Returns the distance of the two floats around the exact value: one unit in the last place. */
    public static double ulp(double exact) {
        int exponent = Math.max(Float.MIN_EXPONENT, Math.min(Float.MAX_EXPONENT, Math.getExponent(exact)));
        return Math.scalb(1.0, exponent - 23);
    }

    /**
     * Returns |got - exact| in units in the last place of the exact value. 0 when both are NaN, or when got is what exact
     * rounds to at an infinity; infinite when only one of them is NaN. Overflow counts as reaching 2^128.
     */
    public static double ulps(float got, double exact) {
        if (Float.isNaN(got) || Double.isNaN(exact)) {
            return Float.isNaN(got) && Double.isNaN(exact) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (got == (float) exact && Float.isInfinite(got)) {
            return 0;
        }
        double reached = Float.isInfinite(got) ? Math.copySign(LARGEST_POWER_PLUS_ONE, got) : got;
        return Math.abs(reached - exact) / ulp(exact);
    }

    /** Returns how many floats lie between two finite floats (0 for equal ones; -0 and +0 are equal). */
    public static long floatsBetween(float a, float b) {
        return Math.abs(ordinal(a) - ordinal(b));
    }

    private static long ordinal(float value) {
        int bits = Float.floatToIntBits(value);
        return bits < 0 ? -(bits & 0x7fff_ffffL) : bits;
    }

    /** Returns max|got - want| / max|want|, or max|got| when want is zero everywhere; infinite when a NaN is in got. */
    public static double normwise(double[] got, double[] want) {
        if (got.length != want.length) {
            throw new IllegalArgumentException("values: got " + got.length + ", wanted " + want.length);
        }
        double error = 0;
        double norm = 0;
        for (int i = 0; i < want.length; i++) {
            double e = Math.abs(got[i] - want[i]);
            error = Double.isNaN(e) ? Double.POSITIVE_INFINITY : Math.max(error, e);
            norm = Math.max(norm, Math.abs(want[i]));
        }
        return norm == 0 ? error : error / norm;
    }
}
