package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * The product of one row, {@code c = from + a * b}, with four panels of {@code b} walked side by side.
 *
 * <p>A prefetcher stops at the end of a page of 4 KiB, and the first access behind it waits for the translation of the address. With four
 * streams the other three go on meanwhile. A step of 1024 inputs and 1024 units on Zen 4, 32 MiB of weights, takes 21 % less time than panel by panel,
 * two side by side 7 to 12 %; out of L2 nothing changes. The 16 vectors of accumulators want the 32 registers of AVX-512.
 */
final class VectorStreams {
    private VectorStreams() {}

    /** 4 vectors of columns in each of 4 panels. The loop is not counted, see {@link VectorRows}. */
    static void panels4(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bPanel, int bStep, float[] from, int fromOffset, int fromPanel,
                        float[] c, int cOffset, int cPanel, int inner) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector s4 = FloatVector.zero(F);
        FloatVector s5 = FloatVector.zero(F);
        FloatVector s6 = FloatVector.zero(F);
        FloatVector s7 = FloatVector.zero(F);
        FloatVector s8 = FloatVector.zero(F);
        FloatVector s9 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s12 = FloatVector.zero(F);
        FloatVector s13 = FloatVector.zero(F);
        FloatVector s14 = FloatVector.zero(F);
        FloatVector s15 = FloatVector.zero(F);
        int ai = aOffset;
        int b0 = bOffset;
        int b1 = bOffset + bPanel;
        int b2 = b1 + bPanel;
        int b3 = b2 + bPanel;
        int end = bOffset + inner * bStep;
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
            s8 = factor.fma(FloatVector.fromArray(F, b, b2), s8);
            s9 = factor.fma(FloatVector.fromArray(F, b, b2 + L), s9);
            s10 = factor.fma(FloatVector.fromArray(F, b, b2 + 2 * L), s10);
            s11 = factor.fma(FloatVector.fromArray(F, b, b2 + 3 * L), s11);
            s12 = factor.fma(FloatVector.fromArray(F, b, b3), s12);
            s13 = factor.fma(FloatVector.fromArray(F, b, b3 + L), s13);
            s14 = factor.fma(FloatVector.fromArray(F, b, b3 + 2 * L), s14);
            s15 = factor.fma(FloatVector.fromArray(F, b, b3 + 3 * L), s15);
            ai += aStep;
            b0 += bStep;
            b1 += bStep;
            b2 += bStep;
            b3 += bStep;
        }
        FloatVector.fromArray(F, from, fromOffset).add(s0).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s1).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, fromOffset + 2 * L).add(s2).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, from, fromOffset + 3 * L).add(s3).intoArray(c, cOffset + 3 * L);
        int f1 = fromOffset + fromPanel;
        int c1 = cOffset + cPanel;
        FloatVector.fromArray(F, from, f1).add(s4).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s5).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f1 + 2 * L).add(s6).intoArray(c, c1 + 2 * L);
        FloatVector.fromArray(F, from, f1 + 3 * L).add(s7).intoArray(c, c1 + 3 * L);
        int f2 = f1 + fromPanel;
        int c2 = c1 + cPanel;
        FloatVector.fromArray(F, from, f2).add(s8).intoArray(c, c2);
        FloatVector.fromArray(F, from, f2 + L).add(s9).intoArray(c, c2 + L);
        FloatVector.fromArray(F, from, f2 + 2 * L).add(s10).intoArray(c, c2 + 2 * L);
        FloatVector.fromArray(F, from, f2 + 3 * L).add(s11).intoArray(c, c2 + 3 * L);
        int f3 = f2 + fromPanel;
        int c3 = c2 + cPanel;
        FloatVector.fromArray(F, from, f3).add(s12).intoArray(c, c3);
        FloatVector.fromArray(F, from, f3 + L).add(s13).intoArray(c, c3 + L);
        FloatVector.fromArray(F, from, f3 + 2 * L).add(s14).intoArray(c, c3 + 2 * L);
        FloatVector.fromArray(F, from, f3 + 3 * L).add(s15).intoArray(c, c3 + 3 * L);
    }
}
