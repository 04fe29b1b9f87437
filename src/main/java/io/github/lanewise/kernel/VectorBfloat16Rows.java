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
