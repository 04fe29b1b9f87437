package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The word2vec steps on vectors. One plus five negatives, the usual number, has kernels of its own. */
sealed interface VectorSgns extends SgnsKernels permits VectorKernels {

    @Override
    default void rowDots(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch, float[] dots) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.products(aCount, bCount, scratch, dots);
        products(a, aRows, aCount, b, bRows, bCount, length, scratch, dots);
    }

    /** {@link #rowDots} of checked arguments. */
    private static void products(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch, float[] dots) {
        int next = bCount * Panels.BLOCK;
        int t = 0;
        for (; t + 6 <= bCount; t += 6) {
            int b0 = bRows[t];
            int b1 = bRows[t + 1];
            int b2 = bRows[t + 2];
            int b3 = bRows[t + 3];
            int b4 = bRows[t + 4];
            int b5 = bRows[t + 5];
            int at = t * Panels.BLOCK;
            int i = 0;
            // 18 sums need the 32 registers of AVX-512. Four rows are two and two.
            for (; L == 16 && i + 3 <= aCount && i + 4 != aCount; i += 3) {
                VectorDots.dots3x6(a, aRows[i], aRows[i + 1], aRows[i + 2], b, b0, b1, b2, b3, b4, b5, length, scratch, at + i * next, next);
            }
            for (; i + 2 <= aCount; i += 2) {
                VectorDots.dots2x6(a, aRows[i], aRows[i + 1], b, b0, b1, b2, b3, b4, b5, length, scratch, at + i * next, next);
            }
            if (i < aCount) {
                VectorDots.dots1x6(a, aRows[i], b, b0, b1, b2, b3, b4, b5, length, scratch, at + i * next, next);
            }
        }
        for (; t < bCount; t++) {
            for (int i = 0; i < aCount; i++) {
                VectorDots.dots1x1(a, aRows[i], b, bRows[t], length, scratch, i * next + t * Panels.BLOCK, next);
            }
        }
        VectorDots.reduce(scratch, dots, aCount * bCount);
    }

    /** The sigmoid of {@link VectorMath#sigmoid}, operation for operation; in one pass with the rest (16 products on Zen 4: 26 against 33 ns). */
    @Override
    default void sgnsGradient(float[] dots, float[] labels, float rate, float[] gradient, int count) {
        SgnsChecks.gradient(dots, labels, gradient, count);
        FloatVector e0 = FloatVector.broadcast(F, ScalarMath.E0);
        FloatVector e1 = FloatVector.broadcast(F, -ScalarMath.E1);
        FloatVector e2 = FloatVector.broadcast(F, ScalarMath.E2);
        FloatVector e3 = FloatVector.broadcast(F, -ScalarMath.E3);
        FloatVector e4 = FloatVector.broadcast(F, ScalarMath.E4);
        FloatVector one = FloatVector.broadcast(F, 1);
        int i = 0;
        for (; i < F.loopBound(count); i += L) {
            FloatVector v = FloatVector.fromArray(F, dots, i);
            FloatVector clamped =
                    v.reinterpretAsInts().min(VectorMath.SIGMOID_MAX_BITS).lanewise(VectorOperators.UMIN, VectorMath.SIGMOID_MIN_BITS).reinterpretAsFloats();
            FloatVector t = clamped.fma(-ScalarMath.LOG2_E, ScalarMath.SIGMOID_ROUNDER);
            FloatVector n = t.sub(ScalarMath.SIGMOID_ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(F, ScalarMath.LN2_LOW), n.fma(FloatVector.broadcast(F, ScalarMath.LN2_HIGH), clamped));
            FloatVector r2 = r.mul(r);
            FloatVector p = e4.fma(r2, e3.fma(r, e2)).fma(r2, e1.fma(r, e0));
            FloatVector q = p.fma(r2, r.neg());
            FloatVector scale = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector d = scale.fma(q, scale.add(ScalarMath.SIGMOID_UNIT));
            FloatVector low = scale.fma(q, scale.sub(d).add(ScalarMath.SIGMOID_UNIT));
            FloatVector inverse = one.div(d);
            FloatVector error = inverse.fma(low, inverse.fma(d, one.neg()));
            FloatVector result = inverse.mul(ScalarMath.SIGMOID_UNIT);
            result = error.neg().fma(result, result).blend(v, v.compare(VectorOperators.NE, v));
            FloatVector.fromArray(F, labels, i).sub(result).mul(rate).intoArray(gradient, i);
        }
        for (; i < count; i++) {
            gradient[i] = (labels[i] - ScalarMath.sigmoid(dots[i])) * rate;
        }
    }

    @Override
    default void sgnsTableGradient(float[] dots, float[] labels, float rate, float[] gradient, int count) {
        ScalarKernels.INSTANCE.sgnsTableGradient(dots, labels, rate, gradient, count);
    }

    @Override
    default void rowGradients(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] labels, float rate,
                              float[] scratch, float[] gradient) {
        SgnsChecks.rowGradients(a, aRows, aCount, b, bRows, bCount, length, labels, scratch, gradient);
        if (L == Panels.BLOCK && aCount == 1 && bCount == 6) {
            VectorGradients.gradients1x6(a, aRows[0], b, bRows[0], bRows[1], bRows[2], bRows[3], bRows[4], bRows[5], length, labels, rate, gradient);
        } else {
            products(a, aRows, aCount, b, bRows, bCount, length, scratch, gradient);
            // Whole blocks, because the last few would be done one by one.
            sgnsGradient(gradient, labels, rate, gradient, Panels.padded(aCount * bCount));
        }
    }

    @Override
    default void rowUpdate(float[] gradient, float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.room("gradient", gradient, (long) aCount * bCount);
        SgnsChecks.room("scratch", scratch, (long) Panels.BLOCK * aCount);
        if (bCount != 6) {
            VectorRowUpdates.rowUpdate(gradient, a, aRows, aCount, b, bRows, bCount, length, scratch);
        } else if (aCount == 1) {
            VectorRowUpdates.rowUpdate1x6(gradient, a, aRows[0], b, bRows[0], bRows[1], bRows[2], bRows[3], bRows[4], bRows[5], length);
        } else {
            VectorRowUpdates.rowUpdate6(gradient, a, aRows, aCount, b, bRows[0], bRows[1], bRows[2], bRows[3], bRows[4], bRows[5], length);
        }
    }

    @Override
    default void meanOfRows(float[] a, int[] aRows, int aCount, int length, float[] mean, int meanOffset) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.atLeastOne(aCount);
        Checks.range("mean", mean, meanOffset, length);
        FloatVector part = FloatVector.broadcast(F, 1f / aCount);
        for (int j = 0; j < length; j += L) {
            FloatVector sum = FloatVector.fromArray(F, a, aRows[0] + j);
            for (int i = 1; i < aCount; i++) {
                sum = FloatVector.fromArray(F, a, aRows[i] + j).add(sum);
            }
            sum.mul(part).intoArray(mean, meanOffset + j);
        }
    }

    @Override
    default void hiddenUpdate(float[] gradient, float[] hidden, int hiddenOffset, float share, float[] a, int[] aRows, int aCount,
                              float[] b, int[] bRows, int bCount, int length) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.room("gradient", gradient, bCount);
        Checks.range("hidden", hidden, hiddenOffset, length);
        if (bCount == 6) {
            VectorRowUpdates.hiddenUpdate6(gradient, hidden, hiddenOffset, share, a, aRows, aCount,
                    b, bRows[0], bRows[1], bRows[2], bRows[3], bRows[4], bRows[5], length);
        } else {
            VectorRowUpdates.hiddenUpdate(gradient, hidden, hiddenOffset, share, a, aRows, aCount, b, bRows, bCount, length);
        }
    }
}
