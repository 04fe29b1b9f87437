package io.github.lanewise.kernel;

/** The meaning of the word2vec steps. */
sealed interface ScalarSgns extends SgnsKernels, ReductionKernels permits ScalarKernels {

    @Override
    default void rowDots(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch, float[] dots) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.products(aCount, bCount, scratch, dots);
        for (int i = 0; i < aCount; i++) {
            for (int t = 0; t < bCount; t++) {
                dots[i * bCount + t] = dot(a, aRows[i], b, bRows[t], length);
            }
        }
    }

    @Override
    default void sgnsGradient(float[] dots, float[] labels, float rate, float[] gradient, int count) {
        SgnsChecks.gradient(dots, labels, gradient, count);
        for (int i = 0; i < count; i++) {
            gradient[i] = (labels[i] - ScalarMath.sigmoid(dots[i])) * rate;
        }
    }

    @Override
    default void sgnsTableGradient(float[] dots, float[] labels, float rate, float[] gradient, int count) {
        SgnsChecks.gradient(dots, labels, gradient, count);
        for (int i = 0; i < count; i++) {
            float f = dots[i];
            float s;
            if (f > TABLE_LIMIT) {
                s = 1;
            } else if (f < -TABLE_LIMIT) {
                s = 0;
            } else {
                s = SigmoidTable.VALUES[(int) ((f + TABLE_LIMIT) * (TABLE_SIZE / TABLE_LIMIT / 2))];
            }
            gradient[i] = (labels[i] - s) * rate;
        }
    }

    @Override
    default void rowGradients(float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] labels, float rate,
                              float[] scratch, float[] gradient) {
        SgnsChecks.rowGradients(a, aRows, aCount, b, bRows, bCount, length, labels, scratch, gradient);
        rowDots(a, aRows, aCount, b, bRows, bCount, length, scratch, gradient);
        sgnsGradient(gradient, labels, rate, gradient, aCount * bCount);
    }

    @Override
    default void rowUpdate(float[] gradient, float[] a, int[] aRows, int aCount, float[] b, int[] bRows, int bCount, int length, float[] scratch) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.room("gradient", gradient, (long) aCount * bCount);
        SgnsChecks.room("scratch", scratch, (long) Panels.BLOCK * aCount);
        for (int j = 0; j < length; j++) {
            for (int i = 0; i < aCount; i++) {
                float sum = a[aRows[i] + j];
                for (int t = 0; t < bCount; t++) {
                    sum = Math.fma(gradient[i * bCount + t], b[bRows[t] + j], sum);
                }
                scratch[i] = sum;
            }
            for (int t = 0; t < bCount; t++) {
                float sum = b[bRows[t] + j];
                for (int i = 0; i < aCount; i++) {
                    sum = Math.fma(gradient[i * bCount + t], a[aRows[i] + j], sum);
                }
                b[bRows[t] + j] = sum;
            }
            for (int i = 0; i < aCount; i++) {
                a[aRows[i] + j] = scratch[i];
            }
        }
    }

    @Override
    default void meanOfRows(float[] a, int[] aRows, int aCount, int length, float[] mean, int meanOffset) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.atLeastOne(aCount);
        Checks.range("mean", mean, meanOffset, length);
        float part = 1f / aCount;
        for (int j = 0; j < length; j++) {
            float sum = a[aRows[0] + j];
            for (int i = 1; i < aCount; i++) {
                sum += a[aRows[i] + j];
            }
            mean[meanOffset + j] = sum * part;
        }
    }

    @Override
    default void hiddenUpdate(float[] gradient, float[] hidden, int hiddenOffset, float share, float[] a, int[] aRows, int aCount,
                              float[] b, int[] bRows, int bCount, int length) {
        SgnsChecks.rows("a", a, aRows, aCount, length);
        SgnsChecks.rows("b", b, bRows, bCount, length);
        SgnsChecks.room("gradient", gradient, bCount);
        Checks.range("hidden", hidden, hiddenOffset, length);
        for (int j = 0; j < length; j++) {
            float h = hidden[hiddenOffset + j];
            float error = 0;
            for (int t = 0; t < bCount; t++) {
                float old = b[bRows[t] + j];
                error = Math.fma(gradient[t], old, error);
                b[bRows[t] + j] = Math.fma(gradient[t], h, old);
            }
            for (int i = 0; i < aCount; i++) {
                a[aRows[i] + j] = Math.fma(share, error, a[aRows[i] + j]);
            }
        }
    }
}
