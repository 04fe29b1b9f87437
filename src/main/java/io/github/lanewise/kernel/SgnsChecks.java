package io.github.lanewise.kernel;

/** The contracts of {@link SgnsKernels}, checked before anything is written. */
final class SgnsChecks {
    private SgnsChecks() {}

    /** Requires {@code count} rows of {@code length} floats inside the array. */
    static void rows(String what, float[] array, int[] rows, int count, int length) {
        Checks.notNegative("count", count);
        Checks.blocks("length", length);
        if (count > rows.length) {
            throw new IndexOutOfBoundsException(what + " rows: got " + rows.length + " offsets, wanted at least " + count);
        }
        int last = array.length - length;
        int wrong = last;
        for (int i = 0; i < count; i++) {
            // Negative if any offset is negative or beyond the last.
            wrong |= rows[i] | (last - rows[i]);
        }
        if (wrong < 0 && count > 0) {
            for (int i = 0; i < count; i++) {
                Checks.range(what + " row " + i, array, rows[i], length);
            }
        }
    }

    /** A mean needs a row. */
    static void atLeastOne(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a count: got " + count + ", wanted >= 1");
        }
    }

    /** Requires room for so many floats. */
    static void room(String what, float[] array, long floats) {
        if (array.length < floats) {
            throw new IndexOutOfBoundsException(what + ": got an array of " + array.length + " floats, wanted at least " + floats);
        }
    }

    /** Requires a multiple of 16 products of rows to fit their arrays. */
    static void products(int aCount, int bCount, float[] scratch, float[] dots) {
        int padded = Panels.padded(Math.multiplyExact(aCount, bCount));
        room("scratch", scratch, (long) Panels.BLOCK * padded);
        room("dots", dots, padded);
    }

    /** The contract of {@link SgnsKernels#rowGradients}. */
    static void rowGradients(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] labels, float[] scratch,
                             float[] gradient) {
        rows("a", a, aRows, aCount, length);
        rows("b", b, bRows, bCount, length);
        products(aCount, bCount, scratch, gradient);
        room("labels", labels, Panels.padded(aCount * bCount));
    }

    /** The contract of the gradients. */
    static void gradient(float[] dots, float[] labels, float[] gradient, int count) {
        Checks.notNegative("count", count);
        room("dots", dots, count);
        room("labels", labels, count);
        room("gradient", gradient, count);
    }
}
