package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * The product of one row, {@code c = from + a * b}: bound by reading the weights, so {@code b} is walked in one sequential stream, or in the
 * four of {@link VectorStreams}.
 *
 * <p>The loops are deliberately not counted: C2 unrolls a counted loop and takes the loads out of the sequential order that the prefetcher
 * follows, which halved the speed out of L2 on Zen 5. On Zen 4 both forms are equal, at the bandwidth of L2.
 */
final class VectorRows {
    private VectorRows() {}

    /** 8 vectors of columns. */
    static void columns8(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
                         float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector s4 = FloatVector.zero(F);
        FloatVector s5 = FloatVector.zero(F);
        FloatVector s6 = FloatVector.zero(F);
        FloatVector s7 = FloatVector.zero(F);
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
        FloatVector.fromArray(F, from, fromOffset).add(s0).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s1).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, fromOffset + 2 * L).add(s2).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, from, fromOffset + 3 * L).add(s3).intoArray(c, cOffset + 3 * L);
        FloatVector.fromArray(F, from, fromOffset + 4 * L).add(s4).intoArray(c, cOffset + 4 * L);
        FloatVector.fromArray(F, from, fromOffset + 5 * L).add(s5).intoArray(c, cOffset + 5 * L);
        FloatVector.fromArray(F, from, fromOffset + 6 * L).add(s6).intoArray(c, cOffset + 6 * L);
        FloatVector.fromArray(F, from, fromOffset + 7 * L).add(s7).intoArray(c, cOffset + 7 * L);
    }

    /** 4 vectors of columns. */
    static void columns4(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
                         float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
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
        FloatVector.fromArray(F, from, fromOffset).add(s0).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s1).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, fromOffset + 2 * L).add(s2).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, from, fromOffset + 3 * L).add(s3).intoArray(c, cOffset + 3 * L);
    }

    /** 2 vectors of columns. */
    static void columns2(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
                         float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + L), s1);
            ai += aStep;
        }
        FloatVector.fromArray(F, from, fromOffset).add(s0).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s1).intoArray(c, cOffset + L);
    }

    /** 1 vector of columns. */
    static void columns1(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep, float[] from, int fromOffset,
                         float[] c, int cOffset, int inner) {
        FloatVector s0 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            ai += aStep;
        }
        FloatVector.fromArray(F, from, fromOffset).add(s0).intoArray(c, cOffset);
    }

    /**
     * 4 vectors of columns, the bias and two chains one after the other: at 1 to 32 inputs and 16 to 32 units a step is 5 to 20 % faster than with
     * {@link #columns4} twice.
     */
    static void affine4(float[] a, int aOffset, float[] b, int bOffset, int bStep, float[] bias, int biasOffset,
                        float[] c, int cOffset, int first, int second) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + first * bStep;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + L), s1);
            s2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * L), s3);
            ai++;
            bi += bStep;
        }
        FloatVector t0 = FloatVector.zero(F);
        FloatVector t1 = FloatVector.zero(F);
        FloatVector t2 = FloatVector.zero(F);
        FloatVector t3 = FloatVector.zero(F);
        end += second * bStep;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            t0 = factor.fma(FloatVector.fromArray(F, b, bi), t0);
            t1 = factor.fma(FloatVector.fromArray(F, b, bi + L), t1);
            t2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * L), t2);
            t3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * L), t3);
            ai++;
            bi += bStep;
        }
        FloatVector.fromArray(F, bias, biasOffset).add(s0).add(t0).intoArray(c, cOffset);
        FloatVector.fromArray(F, bias, biasOffset + L).add(s1).add(t1).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, bias, biasOffset + 2 * L).add(s2).add(t2).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, bias, biasOffset + 3 * L).add(s3).add(t3).intoArray(c, cOffset + 3 * L);
    }
}
