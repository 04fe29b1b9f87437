package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/** The word2vec steps on vectors. One plus five negatives, the usual number, has kernels of its own. */
sealed interface VectorSgns extends SgnsKernels permits VectorKernels {

    @Override
    default void rowDots(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch, float[] dots) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.products(aCount, bCount, scratch, dots);
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
        VectorDots.reduce(scratch, dots, Panels.padded(aCount * bCount));
    }

    @Override
    default void sgnsGradient(float[] dots, float[] labels, float rate, float[] gradient, int count) {
        SgnsChecks.gradient(dots, labels, gradient, count);
        VectorMath.sigmoid(dots, 0, gradient, 0, count);
        int i = 0;
        for (; i < F.loopBound(count); i += L) {
            FloatVector.fromArray(F, labels, i).sub(FloatVector.fromArray(F, gradient, i)).mul(rate).intoArray(gradient, i);
        }
        for (; i < count; i++) {
            gradient[i] = (labels[i] - gradient[i]) * rate;
        }
    }

    @Override
    default void sgnsTableGradient(float[] dots, float[] labels, float rate, float[] gradient, int count) {
        ScalarKernels.INSTANCE.sgnsTableGradient(dots, labels, rate, gradient, count);
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
