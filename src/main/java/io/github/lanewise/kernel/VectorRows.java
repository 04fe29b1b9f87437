package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * The product of one row: bound by reading the weights, so {@code b} is walked in one sequential stream.
 *
 * <p>The loops are deliberately not counted: C2 unrolls a counted loop and takes the loads out of the sequential order that the prefetcher
 * follows, which halved the speed out of L2 on Zen 5. On Zen 4 both forms are equal, at the bandwidth of L2.
 */
final class VectorRows {
    private VectorRows() {}

    /** 8 vectors of columns. */
    static void columns8(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s1 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s2 = FloatVector.fromArray(F, c, cOffset + 2 * L);
        FloatVector s3 = FloatVector.fromArray(F, c, cOffset + 3 * L);
        FloatVector s4 = FloatVector.fromArray(F, c, cOffset + 4 * L);
        FloatVector s5 = FloatVector.fromArray(F, c, cOffset + 5 * L);
        FloatVector s6 = FloatVector.fromArray(F, c, cOffset + 6 * L);
        FloatVector s7 = FloatVector.fromArray(F, c, cOffset + 7 * L);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + L), s1);
            s2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * L), s3);
            s4 = factor.fma(FloatVector.fromArray(F, b, bi + 4 * L), s4);
            s5 = factor.fma(FloatVector.fromArray(F, b, bi + 5 * L), s5);
            s6 = factor.fma(FloatVector.fromArray(F, b, bi + 6 * L), s6);
            s7 = factor.fma(FloatVector.fromArray(F, b, bi + 7 * L), s7);
            ai += aStep;
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + L);
        s2.intoArray(c, cOffset + 2 * L);
        s3.intoArray(c, cOffset + 3 * L);
        s4.intoArray(c, cOffset + 4 * L);
        s5.intoArray(c, cOffset + 5 * L);
        s6.intoArray(c, cOffset + 6 * L);
        s7.intoArray(c, cOffset + 7 * L);
    }

    /** 4 vectors of columns. */
    static void columns4(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s1 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s2 = FloatVector.fromArray(F, c, cOffset + 2 * L);
        FloatVector s3 = FloatVector.fromArray(F, c, cOffset + 3 * L);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + L), s1);
            s2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * L), s3);
            ai += aStep;
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + L);
        s2.intoArray(c, cOffset + 2 * L);
        s3.intoArray(c, cOffset + 3 * L);
    }

    /** 2 vectors of columns. */
    static void columns2(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s1 = FloatVector.fromArray(F, c, cOffset + L);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + L), s1);
            ai += aStep;
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + L);
    }

    /** 1 vector of columns. */
    static void columns1(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.fromArray(F, c, cOffset);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            ai += aStep;
        }
        s0.intoArray(c, cOffset);
    }
}
