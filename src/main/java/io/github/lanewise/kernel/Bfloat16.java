package io.github.lanewise.kernel;

/** Numbers of 16 bits that are the upper half of a float: its range, with 8 bits of precision. */
public final class Bfloat16 {
    private Bfloat16() {}

    /**
     * Returns the nearest bfloat16, ties to even: the relative error is at most 2^-8 unless the result is subnormal. What lies beyond the
     * largest becomes infinite, and a NaN stays one.
     *
     * @param value any number; a float is widened exactly
     * @return the bits
     */
    public static short nearest(double value) {
        // Rounding to float first must not make a tie of what is none: round to odd there (Boldo and Melquiond 2008).
        float nearest = (float) value;
        int bits = Float.floatToRawIntBits(nearest);
        if (Double.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        if (nearest != value && (bits & 1) == 0) {
            boolean towardsZero = Math.abs(nearest) < Math.abs(value);
            bits += towardsZero ? 1 : -1;
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /**
     * Returns the number that a bfloat16 stands for, exactly.
     *
     * @param bits a bfloat16; what lies above its 16 bits does not matter
     * @return the number
     */
    public static float toFloat(int bits) {
        return Float.intBitsToFloat(bits << Short.SIZE);
    }
}
