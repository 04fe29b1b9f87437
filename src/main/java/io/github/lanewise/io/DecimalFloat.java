package io.github.lanewise.io;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers in bytes to floats, correctly rounded as {@link Float#parseFloat}, without a string for the common case.
 *
 * <p>Fast case (Clinger 1990): up to 15 digits and a power of ten up to 22 are exact doubles, so one division or product is the correctly
 * rounded double. Rounding that to float is right too, unless the double lies exactly between two floats.
 */
final class DecimalFloat {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };
    /** The bits of a double that a float has no room for, and their middle. */
    private static final long LOW = (1L << 29) - 1;
    private static final long MIDDLE = 1L << 28;

    private DecimalFloat() {}

    /** Returns the finite number in bytes {@code from .. to-1}, or NaN if they are anything else ("nan", "inf", too large, no number). */
    static float parse(byte[] bytes, int from, int to) {
        int i = from;
        boolean negative = i < to && bytes[i] == '-';
        if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        long digits = 0;
        int significant = 0;
        int scale = 0;
        int seen = 0;
        boolean point = false;
        for (; i < to; i++) {
            int c = bytes[i];
            if (c >= '0' && c <= '9') {
                seen++;
                if (significant < 18) {
                    digits = 10 * digits + (c - '0');
                }
                significant += significant > 0 || c != '0' ? 1 : 0;
                scale -= point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return Float.NaN;
        }
        if (i < to) {
            if (bytes[i] != 'e' && bytes[i] != 'E') {
                return Float.NaN;
            }
            int exponent = exponent(bytes, i + 1, to);
            if (exponent == Integer.MIN_VALUE) {
                return Float.NaN;
            }
            scale += exponent;
        }
        if (significant <= 15 && scale >= -22 && scale <= 22) {
            double value = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
            boolean normal = value >= Float.MIN_NORMAL && value < Float.MAX_VALUE;
            if (value == 0 || (normal && (Double.doubleToRawLongBits(value) & LOW) != MIDDLE)) {
                return (float) (negative ? -value : value);
            }
        }
        float value = Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        return Float.isInfinite(value) ? Float.NaN : value;
    }

    /** The exponent, cut to +-100,000, or {@code Integer.MIN_VALUE} if it is none. */
    private static int exponent(byte[] bytes, int from, int to) {
        int i = from;
        boolean negative = i < to && bytes[i] == '-';
        if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        if (i == to) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return Integer.MIN_VALUE;
            }
            value = Math.min(100_000, 10 * value + (bytes[i] - '0'));
        }
        return negative ? -value : value;
    }
}
