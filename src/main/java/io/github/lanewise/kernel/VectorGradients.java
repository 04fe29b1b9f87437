package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/** Gradients of one row and six: the usual pair, or mean, of word2vec and its targets. For vectors of 16 floats, which hold all chains of a product. */
final class VectorGradients {
    private VectorGradients() {}

    /**
     * {@link SgnsKernels#rowGradients} of one left and six right rows: operation for operation {@link VectorDots} and {@link VectorMath#sigmoid}, but the
     * chains never leave the registers.
     */
    static void gradients1x6(float[] a, int a0, float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length, float[] labels, float rate,
                             float[] gradient) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector s4 = FloatVector.zero(F);
        FloatVector s5 = FloatVector.zero(F);
        for (int j = 0; j < length; j += L) {
            FloatVector x = FloatVector.fromArray(F, a, a0 + j);
            s0 = x.fma(FloatVector.fromArray(F, b, b0 + j), s0);
            s1 = x.fma(FloatVector.fromArray(F, b, b1 + j), s1);
            s2 = x.fma(FloatVector.fromArray(F, b, b2 + j), s2);
            s3 = x.fma(FloatVector.fromArray(F, b, b3 + j), s3);
            s4 = x.fma(FloatVector.fromArray(F, b, b4 + j), s4);
            s5 = x.fma(FloatVector.fromArray(F, b, b5 + j), s5);
        }
        // Each step of the tree puts two products into a register: the lanes whose bit is set go to the second one.
        VectorMask<Float> m8 = VectorMask.fromLong(F, 0xff00);
        VectorMask<Float> m4 = VectorMask.fromLong(F, 0xf0f0);
        VectorMask<Float> m2 = VectorMask.fromLong(F, 0xcccc);
        s0 = s0.blend(s1, m8).add(s1.blend(s0, m8).rearrange(Swap.BY_8));
        s2 = s2.blend(s3, m8).add(s3.blend(s2, m8).rearrange(Swap.BY_8));
        s4 = s4.blend(s5, m8).add(s5.blend(s4, m8).rearrange(Swap.BY_8));
        s0 = s0.blend(s2, m4).add(s2.blend(s0, m4).rearrange(Swap.BY_4));
        s4 = s4.add(s4.rearrange(Swap.BY_4));
        s0 = s0.blend(s4, m2).add(s4.blend(s0, m2).rearrange(Swap.BY_2));
        FloatVector v = s0.add(s0.rearrange(Swap.BY_1)).rearrange(Swap.IN_ORDER);

        FloatVector clamped =
                v.reinterpretAsInts().min(VectorMath.SIGMOID_MAX_BITS).lanewise(VectorOperators.UMIN, VectorMath.SIGMOID_MIN_BITS).reinterpretAsFloats();
        FloatVector t = clamped.fma(-ScalarMath.LOG2_E, ScalarMath.SIGMOID_ROUNDER);
        FloatVector n = t.sub(ScalarMath.SIGMOID_ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(F, ScalarMath.LN2_LOW), n.fma(FloatVector.broadcast(F, ScalarMath.LN2_HIGH), clamped));
        FloatVector r2 = r.mul(r);
        FloatVector e3 = FloatVector.broadcast(F, -ScalarMath.E3).fma(r, FloatVector.broadcast(F, ScalarMath.E2));
        FloatVector e1 = FloatVector.broadcast(F, -ScalarMath.E1).fma(r, FloatVector.broadcast(F, ScalarMath.E0));
        FloatVector p = FloatVector.broadcast(F, ScalarMath.E4).fma(r2, e3).fma(r2, e1);
        FloatVector q = p.fma(r2, r.neg());
        FloatVector scale = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector d = scale.fma(q, scale.add(ScalarMath.SIGMOID_UNIT));
        FloatVector low = scale.fma(q, scale.sub(d).add(ScalarMath.SIGMOID_UNIT));
        FloatVector one = FloatVector.broadcast(F, 1);
        FloatVector inverse = one.div(d);
        FloatVector error = inverse.fma(low, inverse.fma(d, one.neg()));
        FloatVector result = inverse.mul(ScalarMath.SIGMOID_UNIT);
        result = error.neg().fma(result, result).blend(v, v.compare(VectorOperators.NE, v));
        FloatVector.fromArray(F, labels, 0).sub(result).mul(rate).intoArray(gradient, 0);
    }

    /** Lane {@code j} takes lane {@code j ^ n}; at last lane {@code d} takes product {@code d}. Loaded at any width, used with 16 lanes. */
    private static final class Swap {
        static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(F, j -> (j ^ 8) % L);
        static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(F, j -> (j ^ 4) % L);
        static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, j -> (j ^ 2) % L);
        static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(F, j -> (j ^ 1) % L);
        static final VectorShuffle<Float> IN_ORDER = VectorShuffle.fromOp(F, d -> ((d & 1) << 3 | (d & 2) << 1 | (d & 4) >> 1) % L);
    }
}
