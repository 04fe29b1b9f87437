package io.github.lanewise.oracle;

/** Rounding to 8 bits by arithmetic: scaled so that the last bit is worth 1, rounded to an integer, ties to even, and scaled back. */
public final class Bfloat16Rounding {
    private Bfloat16Rounding() {
    }

    /** Returns the nearest bfloat16. */
    public static float round(float value) {
        int last = Math.max(Math.getExponent(value), Float.MIN_EXPONENT) - 7;
        return (float) Math.scalb(Math.rint(Math.scalb((double) value, -last)), last);
    }

    /** Rounds every element. */
    public static float[] round(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = round(values[i]);
        }
        return rounded;
    }
}
