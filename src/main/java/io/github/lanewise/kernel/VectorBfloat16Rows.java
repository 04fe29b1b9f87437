package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.I;
import static io.github.lanewise.kernel.Width.L;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The product of one row with pairs of bfloat16, whose low halves become floats by a shift and whose high halves by a mask. The loops are not
 * counted for the reason given at {@link VectorRows}.
 */
final class VectorBfloat16Rows {
    /** In an array, because C2 loads a mask that it takes for a constant again at every use: about 10 % slower out of L2. */
    private static final int[] HIGH_HALF = {0xffff0000};

    private VectorBfloat16Rows() {}

    /**
     * 4 vectors of pairs in each of two groups, whose columns fill four panels. A step of an LSTM with 128 units on Zen 4 takes 6 to 7 % less time so than
     * group by group, one with 1024 units 13 %. The 16 vectors of accumulators want the 32 registers of AVX-512.
     */
    static void groups2(float[] a, int aOffset, int[] b, int bOffset, int bGroup, int bStep, float[] c, int cOffset, int cPanel, int inner) {
        IntVector mask = IntVector.broadcast(I, HIGH_HALF[0]);
        FloatVector l0 = FloatVector.zero(F);
        FloatVector h0 = FloatVector.zero(F);
        FloatVector l1 = FloatVector.zero(F);
        FloatVector h1 = FloatVector.zero(F);
        FloatVector l2 = FloatVector.zero(F);
        FloatVector h2 = FloatVector.zero(F);
        FloatVector l3 = FloatVector.zero(F);
        FloatVector h3 = FloatVector.zero(F);
        FloatVector l4 = FloatVector.zero(F);
        FloatVector h4 = FloatVector.zero(F);
        FloatVector l5 = FloatVector.zero(F);
        FloatVector h5 = FloatVector.zero(F);
        FloatVector l6 = FloatVector.zero(F);
        FloatVector h6 = FloatVector.zero(F);
        FloatVector l7 = FloatVector.zero(F);
        FloatVector h7 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        int other = bOffset + bGroup;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            IntVector b0 = IntVector.fromArray(I, b, bi);
            l0 = factor.fma(b0.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l0);
            h0 = factor.fma(b0.and(mask).reinterpretAsFloats(), h0);
            IntVector b1 = IntVector.fromArray(I, b, bi + L);
            l1 = factor.fma(b1.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l1);
            h1 = factor.fma(b1.and(mask).reinterpretAsFloats(), h1);
            IntVector b2 = IntVector.fromArray(I, b, bi + 2 * L);
            l2 = factor.fma(b2.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l2);
            h2 = factor.fma(b2.and(mask).reinterpretAsFloats(), h2);
            IntVector b3 = IntVector.fromArray(I, b, bi + 3 * L);
            l3 = factor.fma(b3.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l3);
            h3 = factor.fma(b3.and(mask).reinterpretAsFloats(), h3);
            IntVector b4 = IntVector.fromArray(I, b, other);
            l4 = factor.fma(b4.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l4);
            h4 = factor.fma(b4.and(mask).reinterpretAsFloats(), h4);
            IntVector b5 = IntVector.fromArray(I, b, other + L);
            l5 = factor.fma(b5.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l5);
            h5 = factor.fma(b5.and(mask).reinterpretAsFloats(), h5);
            IntVector b6 = IntVector.fromArray(I, b, other + 2 * L);
            l6 = factor.fma(b6.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l6);
            h6 = factor.fma(b6.and(mask).reinterpretAsFloats(), h6);
            IntVector b7 = IntVector.fromArray(I, b, other + 3 * L);
            l7 = factor.fma(b7.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l7);
            h7 = factor.fma(b7.and(mask).reinterpretAsFloats(), h7);
            ai++;
            other += bStep;
        }
        int c1 = cOffset + cPanel;
        int c2 = c1 + cPanel;
        int c3 = c2 + cPanel;
        FloatVector.fromArray(F, c, cOffset).add(l0).intoArray(c, cOffset);
        FloatVector.fromArray(F, c, c1).add(h0).intoArray(c, c1);
        FloatVector.fromArray(F, c, cOffset + L).add(l1).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, c, c1 + L).add(h1).intoArray(c, c1 + L);
        FloatVector.fromArray(F, c, cOffset + 2 * L).add(l2).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, c, c1 + 2 * L).add(h2).intoArray(c, c1 + 2 * L);
        FloatVector.fromArray(F, c, cOffset + 3 * L).add(l3).intoArray(c, cOffset + 3 * L);
        FloatVector.fromArray(F, c, c1 + 3 * L).add(h3).intoArray(c, c1 + 3 * L);
        FloatVector.fromArray(F, c, c2).add(l4).intoArray(c, c2);
        FloatVector.fromArray(F, c, c3).add(h4).intoArray(c, c3);
        FloatVector.fromArray(F, c, c2 + L).add(l5).intoArray(c, c2 + L);
        FloatVector.fromArray(F, c, c3 + L).add(h5).intoArray(c, c3 + L);
        FloatVector.fromArray(F, c, c2 + 2 * L).add(l6).intoArray(c, c2 + 2 * L);
        FloatVector.fromArray(F, c, c3 + 2 * L).add(h6).intoArray(c, c3 + 2 * L);
        FloatVector.fromArray(F, c, c2 + 3 * L).add(l7).intoArray(c, c2 + 3 * L);
        FloatVector.fromArray(F, c, c3 + 3 * L).add(h7).intoArray(c, c3 + 3 * L);
    }

    /** 4 vectors of pairs. */
    static void pairs4(float[] a, int aOffset, int[] b, int bOffset, int bStep, float[] c, int low, int high, int inner) {
        IntVector mask = IntVector.broadcast(I, HIGH_HALF[0]);
        FloatVector l0 = FloatVector.zero(F);
        FloatVector h0 = FloatVector.zero(F);
        FloatVector l1 = FloatVector.zero(F);
        FloatVector h1 = FloatVector.zero(F);
        FloatVector l2 = FloatVector.zero(F);
        FloatVector h2 = FloatVector.zero(F);
        FloatVector l3 = FloatVector.zero(F);
        FloatVector h3 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            IntVector b0 = IntVector.fromArray(I, b, bi);
            l0 = factor.fma(b0.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l0);
            h0 = factor.fma(b0.and(mask).reinterpretAsFloats(), h0);
            IntVector b1 = IntVector.fromArray(I, b, bi + L);
            l1 = factor.fma(b1.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l1);
            h1 = factor.fma(b1.and(mask).reinterpretAsFloats(), h1);
            IntVector b2 = IntVector.fromArray(I, b, bi + 2 * L);
            l2 = factor.fma(b2.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l2);
            h2 = factor.fma(b2.and(mask).reinterpretAsFloats(), h2);
            IntVector b3 = IntVector.fromArray(I, b, bi + 3 * L);
            l3 = factor.fma(b3.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l3);
            h3 = factor.fma(b3.and(mask).reinterpretAsFloats(), h3);
            ai++;
        }
        FloatVector.fromArray(F, c, low).add(l0).intoArray(c, low);
        FloatVector.fromArray(F, c, high).add(h0).intoArray(c, high);
        FloatVector.fromArray(F, c, low + L).add(l1).intoArray(c, low + L);
        FloatVector.fromArray(F, c, high + L).add(h1).intoArray(c, high + L);
        FloatVector.fromArray(F, c, low + 2 * L).add(l2).intoArray(c, low + 2 * L);
        FloatVector.fromArray(F, c, high + 2 * L).add(h2).intoArray(c, high + 2 * L);
        FloatVector.fromArray(F, c, low + 3 * L).add(l3).intoArray(c, low + 3 * L);
        FloatVector.fromArray(F, c, high + 3 * L).add(h3).intoArray(c, high + 3 * L);
    }

    /** 2 vectors of pairs. */
    static void pairs2(float[] a, int aOffset, int[] b, int bOffset, int bStep, float[] c, int low, int high, int inner) {
        IntVector mask = IntVector.broadcast(I, HIGH_HALF[0]);
        FloatVector l0 = FloatVector.zero(F);
        FloatVector h0 = FloatVector.zero(F);
        FloatVector l1 = FloatVector.zero(F);
        FloatVector h1 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            IntVector b0 = IntVector.fromArray(I, b, bi);
            l0 = factor.fma(b0.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l0);
            h0 = factor.fma(b0.and(mask).reinterpretAsFloats(), h0);
            IntVector b1 = IntVector.fromArray(I, b, bi + L);
            l1 = factor.fma(b1.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l1);
            h1 = factor.fma(b1.and(mask).reinterpretAsFloats(), h1);
            ai++;
        }
        FloatVector.fromArray(F, c, low).add(l0).intoArray(c, low);
        FloatVector.fromArray(F, c, high).add(h0).intoArray(c, high);
        FloatVector.fromArray(F, c, low + L).add(l1).intoArray(c, low + L);
        FloatVector.fromArray(F, c, high + L).add(h1).intoArray(c, high + L);
    }

    /** 1 vector of pairs. */
    static void pairs1(float[] a, int aOffset, int[] b, int bOffset, int bStep, float[] c, int low, int high, int inner) {
        IntVector mask = IntVector.broadcast(I, HIGH_HALF[0]);
        FloatVector l0 = FloatVector.zero(F);
        FloatVector h0 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            IntVector b0 = IntVector.fromArray(I, b, bi);
            l0 = factor.fma(b0.lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l0);
            h0 = factor.fma(b0.and(mask).reinterpretAsFloats(), h0);
            ai++;
        }
        FloatVector.fromArray(F, c, low).add(l0).intoArray(c, low);
        FloatVector.fromArray(F, c, high).add(h0).intoArray(c, high);
    }

    /** 1 vector of pairs, the low halves alone. */
    static void lows1(float[] a, int aOffset, int[] b, int bOffset, int bStep, float[] c, int low, int inner) {
        FloatVector l0 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            l0 = factor.fma(IntVector.fromArray(I, b, bi).lanewise(LSHL, Short.SIZE).reinterpretAsFloats(), l0);
            ai++;
        }
        FloatVector.fromArray(F, c, low).add(l0).intoArray(c, low);
    }
}
