package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * Two products in one loop: one row times weights that come from the second level of cache or further, at half a vector a cycle on Zen 4, and
 * eight rows times one vector of weights, which takes the multiplications that are free meanwhile. An LSTM sequence of 64 to 512 units takes
 * 7 to 16 % less time so with aligned arrays and huge pages; with small pages 256 units and more gain less, in some JVMs
 * nothing.
 */
final class VectorAhead {
    private VectorAhead() {}

    /**
     * One chain for each of 8 vectors of columns of a row, 4 in each of two panels, {@code c += a * b}, and for one vector of columns of 8 later
     * rows, {@code c[later] = from + a[later] * w}, where {@code w} lies in {@code b}, too. {@code 1 <= wInner <= inner}.
     */
    static void pair(float[] a, int aOffset, int laterOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, int wOffset,
                     float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cPanel, int dOffset, int dRow, int inner, int wInner) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector s4 = FloatVector.zero(F);
        FloatVector s5 = FloatVector.zero(F);
        FloatVector s6 = FloatVector.zero(F);
        FloatVector s7 = FloatVector.zero(F);
        FloatVector t0 = FloatVector.zero(F);
        FloatVector t1 = FloatVector.zero(F);
        FloatVector t2 = FloatVector.zero(F);
        FloatVector t3 = FloatVector.zero(F);
        FloatVector t4 = FloatVector.zero(F);
        FloatVector t5 = FloatVector.zero(F);
        FloatVector t6 = FloatVector.zero(F);
        FloatVector t7 = FloatVector.zero(F);
        int ai = aOffset;
        int b0 = bOffset;
        int b1 = bOffset + bPanel;
        int wi = wOffset;
        int low = laterOffset;
        int high = laterOffset + 4 * aRow;
        int end = bOffset + wInner * bStep;
        while (b0 < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            FloatVector w = FloatVector.fromArray(F, b, wi);
            s0 = factor.fma(FloatVector.fromArray(F, b, b0), s0);
            t0 = FloatVector.broadcast(F, a[low]).fma(w, t0);
            s1 = factor.fma(FloatVector.fromArray(F, b, b0 + L), s1);
            t1 = FloatVector.broadcast(F, a[low + aRow]).fma(w, t1);
            s2 = factor.fma(FloatVector.fromArray(F, b, b0 + 2 * L), s2);
            t2 = FloatVector.broadcast(F, a[low + 2 * aRow]).fma(w, t2);
            s3 = factor.fma(FloatVector.fromArray(F, b, b0 + 3 * L), s3);
            t3 = FloatVector.broadcast(F, a[low + 3 * aRow]).fma(w, t3);
            s4 = factor.fma(FloatVector.fromArray(F, b, b1), s4);
            t4 = FloatVector.broadcast(F, a[high]).fma(w, t4);
            s5 = factor.fma(FloatVector.fromArray(F, b, b1 + L), s5);
            t5 = FloatVector.broadcast(F, a[high + aRow]).fma(w, t5);
            s6 = factor.fma(FloatVector.fromArray(F, b, b1 + 2 * L), s6);
            t6 = FloatVector.broadcast(F, a[high + 2 * aRow]).fma(w, t6);
            s7 = factor.fma(FloatVector.fromArray(F, b, b1 + 3 * L), s7);
            t7 = FloatVector.broadcast(F, a[high + 3 * aRow]).fma(w, t7);
            ai++;
            b0 += bStep;
            b1 += bStep;
            wi += bStep;
            low++;
            high++;
        }
        end = bOffset + inner * bStep;
        while (b0 < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, b0), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, b0 + L), s1);
            s2 = factor.fma(FloatVector.fromArray(F, b, b0 + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(F, b, b0 + 3 * L), s3);
            s4 = factor.fma(FloatVector.fromArray(F, b, b1), s4);
            s5 = factor.fma(FloatVector.fromArray(F, b, b1 + L), s5);
            s6 = factor.fma(FloatVector.fromArray(F, b, b1 + 2 * L), s6);
            s7 = factor.fma(FloatVector.fromArray(F, b, b1 + 3 * L), s7);
            ai++;
            b0 += bStep;
            b1 += bStep;
        }
        int c1 = cOffset + cPanel;
        FloatVector.fromArray(F, c, cOffset).add(s0).intoArray(c, cOffset);
        FloatVector.fromArray(F, c, cOffset + L).add(s1).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, c, cOffset + 2 * L).add(s2).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, c, cOffset + 3 * L).add(s3).intoArray(c, cOffset + 3 * L);
        FloatVector.fromArray(F, c, c1).add(s4).intoArray(c, c1);
        FloatVector.fromArray(F, c, c1 + L).add(s5).intoArray(c, c1 + L);
        FloatVector.fromArray(F, c, c1 + 2 * L).add(s6).intoArray(c, c1 + 2 * L);
        FloatVector.fromArray(F, c, c1 + 3 * L).add(s7).intoArray(c, c1 + 3 * L);
        FloatVector.fromArray(F, from, fromOffset).add(t0).intoArray(c, dOffset);
        FloatVector.fromArray(F, from, fromOffset + fromRow).add(t1).intoArray(c, dOffset + dRow);
        FloatVector.fromArray(F, from, fromOffset + 2 * fromRow).add(t2).intoArray(c, dOffset + 2 * dRow);
        FloatVector.fromArray(F, from, fromOffset + 3 * fromRow).add(t3).intoArray(c, dOffset + 3 * dRow);
        FloatVector.fromArray(F, from, fromOffset + 4 * fromRow).add(t4).intoArray(c, dOffset + 4 * dRow);
        FloatVector.fromArray(F, from, fromOffset + 5 * fromRow).add(t5).intoArray(c, dOffset + 5 * dRow);
        FloatVector.fromArray(F, from, fromOffset + 6 * fromRow).add(t6).intoArray(c, dOffset + 6 * dRow);
        FloatVector.fromArray(F, from, fromOffset + 7 * fromRow).add(t7).intoArray(c, dOffset + 7 * dRow);
    }
}
