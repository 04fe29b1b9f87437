package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/** Updates of rows by rows: six right rows at a time stay in registers while the left rows pass. */
final class VectorRowUpdates {
    private VectorRowUpdates() {}

    /**
     * {@link SgnsKernels#rowUpdate} for six right rows: one plus the usual five negatives. Two left rows in a turn, because the
     * loop is short and its start and end cost as much as a row.
     */
    static void rowUpdate6(float[] g, float[] a, int[] aRows, int aCount, float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length) {
        for (int j = 0; j < length; j += L) {
            FloatVector y0 = FloatVector.fromArray(F, b, b0 + j);
            FloatVector y1 = FloatVector.fromArray(F, b, b1 + j);
            FloatVector y2 = FloatVector.fromArray(F, b, b2 + j);
            FloatVector y3 = FloatVector.fromArray(F, b, b3 + j);
            FloatVector y4 = FloatVector.fromArray(F, b, b4 + j);
            FloatVector y5 = FloatVector.fromArray(F, b, b5 + j);
            FloatVector s0 = y0;
            FloatVector s1 = y1;
            FloatVector s2 = y2;
            FloatVector s3 = y3;
            FloatVector s4 = y4;
            FloatVector s5 = y5;
            int i = 0;
            for (; i + 2 <= aCount; i += 2) {
                int at = aRows[i] + j;
                int then = aRows[i + 1] + j;
                int k = 6 * i;
                FloatVector x = FloatVector.fromArray(F, a, at);
                FloatVector z = FloatVector.fromArray(F, a, then);
                FloatVector e = x;
                FloatVector d = z;
                FloatVector factor = FloatVector.broadcast(F, g[k]);
                e = factor.fma(y0, e);
                s0 = factor.fma(x, s0);
                factor = FloatVector.broadcast(F, g[k + 6]);
                d = factor.fma(y0, d);
                s0 = factor.fma(z, s0);
                factor = FloatVector.broadcast(F, g[k + 1]);
                e = factor.fma(y1, e);
                s1 = factor.fma(x, s1);
                factor = FloatVector.broadcast(F, g[k + 7]);
                d = factor.fma(y1, d);
                s1 = factor.fma(z, s1);
                factor = FloatVector.broadcast(F, g[k + 2]);
                e = factor.fma(y2, e);
                s2 = factor.fma(x, s2);
                factor = FloatVector.broadcast(F, g[k + 8]);
                d = factor.fma(y2, d);
                s2 = factor.fma(z, s2);
                factor = FloatVector.broadcast(F, g[k + 3]);
                e = factor.fma(y3, e);
                s3 = factor.fma(x, s3);
                factor = FloatVector.broadcast(F, g[k + 9]);
                d = factor.fma(y3, d);
                s3 = factor.fma(z, s3);
                factor = FloatVector.broadcast(F, g[k + 4]);
                e = factor.fma(y4, e);
                s4 = factor.fma(x, s4);
                factor = FloatVector.broadcast(F, g[k + 10]);
                d = factor.fma(y4, d);
                s4 = factor.fma(z, s4);
                factor = FloatVector.broadcast(F, g[k + 5]);
                e = factor.fma(y5, e);
                s5 = factor.fma(x, s5);
                factor = FloatVector.broadcast(F, g[k + 11]);
                d = factor.fma(y5, d);
                s5 = factor.fma(z, s5);
                e.intoArray(a, at);
                d.intoArray(a, then);
            }
            if (i < aCount) {
                int at = aRows[i] + j;
                int k = 6 * i;
                FloatVector x = FloatVector.fromArray(F, a, at);
                FloatVector e = x;
                FloatVector factor = FloatVector.broadcast(F, g[k]);
                e = factor.fma(y0, e);
                s0 = factor.fma(x, s0);
                factor = FloatVector.broadcast(F, g[k + 1]);
                e = factor.fma(y1, e);
                s1 = factor.fma(x, s1);
                factor = FloatVector.broadcast(F, g[k + 2]);
                e = factor.fma(y2, e);
                s2 = factor.fma(x, s2);
                factor = FloatVector.broadcast(F, g[k + 3]);
                e = factor.fma(y3, e);
                s3 = factor.fma(x, s3);
                factor = FloatVector.broadcast(F, g[k + 4]);
                e = factor.fma(y4, e);
                s4 = factor.fma(x, s4);
                factor = FloatVector.broadcast(F, g[k + 5]);
                e = factor.fma(y5, e);
                s5 = factor.fma(x, s5);
                e.intoArray(a, at);
            }
            s0.intoArray(b, b0 + j);
            s1.intoArray(b, b1 + j);
            s2.intoArray(b, b2 + j);
            s3.intoArray(b, b3 + j);
            s4.intoArray(b, b4 + j);
            s5.intoArray(b, b5 + j);
        }
    }

    /** {@link SgnsKernels#rowUpdate} for any number of right rows; the new left blocks wait in {@code scratch} until the last right row has seen the old ones. */
    static void rowUpdate(float[] g, float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch) {
        for (int j = 0; j < length; j += L) {
            for (int i = 0; i < aCount; i++) {
                FloatVector.fromArray(F, a, aRows[i] + j).intoArray(scratch, i * L);
            }
            for (int t = 0; t < bCount; t++) {
                FloatVector y = FloatVector.fromArray(F, b, bRows[t] + j);
                FloatVector s = y;
                for (int i = 0; i < aCount; i++) {
                    FloatVector factor = FloatVector.broadcast(F, g[i * bCount + t]);
                    factor.fma(y, FloatVector.fromArray(F, scratch, i * L)).intoArray(scratch, i * L);
                    s = factor.fma(FloatVector.fromArray(F, a, aRows[i] + j), s);
                }
                s.intoArray(b, bRows[t] + j);
            }
            for (int i = 0; i < aCount; i++) {
                FloatVector.fromArray(F, scratch, i * L).intoArray(a, aRows[i] + j);
            }
        }
    }

    /** {@link SgnsKernels#rowUpdate} for one left and six right rows: everything in one pass. */
    static void rowUpdate1x6(float[] g, float[] a, int a0, float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length) {
        FloatVector g0 = FloatVector.broadcast(F, g[0]);
        FloatVector g1 = FloatVector.broadcast(F, g[1]);
        FloatVector g2 = FloatVector.broadcast(F, g[2]);
        FloatVector g3 = FloatVector.broadcast(F, g[3]);
        FloatVector g4 = FloatVector.broadcast(F, g[4]);
        FloatVector g5 = FloatVector.broadcast(F, g[5]);
        for (int j = 0; j < length; j += L) {
            FloatVector x = FloatVector.fromArray(F, a, a0 + j);
            FloatVector e = x;
            FloatVector y = FloatVector.fromArray(F, b, b0 + j);
            e = g0.fma(y, e);
            g0.fma(x, y).intoArray(b, b0 + j);
            y = FloatVector.fromArray(F, b, b1 + j);
            e = g1.fma(y, e);
            g1.fma(x, y).intoArray(b, b1 + j);
            y = FloatVector.fromArray(F, b, b2 + j);
            e = g2.fma(y, e);
            g2.fma(x, y).intoArray(b, b2 + j);
            y = FloatVector.fromArray(F, b, b3 + j);
            e = g3.fma(y, e);
            g3.fma(x, y).intoArray(b, b3 + j);
            y = FloatVector.fromArray(F, b, b4 + j);
            e = g4.fma(y, e);
            g4.fma(x, y).intoArray(b, b4 + j);
            y = FloatVector.fromArray(F, b, b5 + j);
            e = g5.fma(y, e);
            g5.fma(x, y).intoArray(b, b5 + j);
            e.intoArray(a, a0 + j);
        }
    }

    /** {@link SgnsKernels#hiddenUpdate} for six right rows. */
    static void hiddenUpdate6(float[] g, float[] hidden, int hiddenOffset, float share, float[] a, int[] aRows, int aCount,
                              float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length) {
        FloatVector g0 = FloatVector.broadcast(F, g[0]);
        FloatVector g1 = FloatVector.broadcast(F, g[1]);
        FloatVector g2 = FloatVector.broadcast(F, g[2]);
        FloatVector g3 = FloatVector.broadcast(F, g[3]);
        FloatVector g4 = FloatVector.broadcast(F, g[4]);
        FloatVector g5 = FloatVector.broadcast(F, g[5]);
        FloatVector part = FloatVector.broadcast(F, share);
        for (int j = 0; j < length; j += L) {
            FloatVector x = FloatVector.fromArray(F, hidden, hiddenOffset + j);
            FloatVector e = FloatVector.zero(F);
            FloatVector y = FloatVector.fromArray(F, b, b0 + j);
            e = g0.fma(y, e);
            g0.fma(x, y).intoArray(b, b0 + j);
            y = FloatVector.fromArray(F, b, b1 + j);
            e = g1.fma(y, e);
            g1.fma(x, y).intoArray(b, b1 + j);
            y = FloatVector.fromArray(F, b, b2 + j);
            e = g2.fma(y, e);
            g2.fma(x, y).intoArray(b, b2 + j);
            y = FloatVector.fromArray(F, b, b3 + j);
            e = g3.fma(y, e);
            g3.fma(x, y).intoArray(b, b3 + j);
            y = FloatVector.fromArray(F, b, b4 + j);
            e = g4.fma(y, e);
            g4.fma(x, y).intoArray(b, b4 + j);
            y = FloatVector.fromArray(F, b, b5 + j);
            e = g5.fma(y, e);
            g5.fma(x, y).intoArray(b, b5 + j);
            for (int i = 0; i < aCount; i++) {
                part.fma(e, FloatVector.fromArray(F, a, aRows[i] + j)).intoArray(a, aRows[i] + j);
            }
        }
    }

    /** {@link SgnsKernels#hiddenUpdate} for any number of right rows. */
    static void hiddenUpdate(float[] g, float[] hidden, int hiddenOffset, float share, float[] a, int[] aRows, int aCount,
                             float[] b, int[] bRows, int bCount, int length) {
        FloatVector part = FloatVector.broadcast(F, share);
        for (int j = 0; j < length; j += L) {
            FloatVector x = FloatVector.fromArray(F, hidden, hiddenOffset + j);
            FloatVector e = FloatVector.zero(F);
            for (int t = 0; t < bCount; t++) {
                FloatVector factor = FloatVector.broadcast(F, g[t]);
                FloatVector y = FloatVector.fromArray(F, b, bRows[t] + j);
                e = factor.fma(y, e);
                factor.fma(x, y).intoArray(b, bRows[t] + j);
            }
            for (int i = 0; i < aCount; i++) {
                part.fma(e, FloatVector.fromArray(F, a, aRows[i] + j)).intoArray(a, aRows[i] + j);
            }
        }
    }
}
