package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.I;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Element-wise functions on vectors; what is left after the last full vector goes to the scalar backend, which gives the same bits. */
sealed interface VectorActivations extends Softmax permits VectorKernels {

    @Override
    default void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        VectorMath.tanh(x, xOffset, y, yOffset, length);
    }

    @Override
    default void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        VectorMath.sigmoid(x, xOffset, y, yOffset, length);
    }

    @Override
    default void exp(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        VectorMath.exp(x, xOffset, 0, y, yOffset, length);
    }

    @Override
    default void relu(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(y, yOffset + i);
        }
        ScalarKernels.INSTANCE.relu(x, xOffset + i, y, yOffset + i, length - i);
    }

    @Override
    default void tanhBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        FloatVector one = FloatVector.broadcast(F, 1);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, y, yOffset + i);
            FloatVector.fromArray(F, dy, dyOffset + i).mul(v.neg().fma(v, one)).intoArray(dx, dxOffset + i);
        }
        ScalarKernels.INSTANCE.tanhBackward(y, yOffset + i, dy, dyOffset + i, dx, dxOffset + i, length - i);
    }

    @Override
    default void sigmoidBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        FloatVector one = FloatVector.broadcast(F, 1);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, y, yOffset + i);
            FloatVector.fromArray(F, dy, dyOffset + i).mul(v.mul(one.sub(v))).intoArray(dx, dxOffset + i);
        }
        ScalarKernels.INSTANCE.sigmoidBackward(y, yOffset + i, dy, dyOffset + i, dx, dxOffset + i, length - i);
    }

    @Override
    default void expBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector.fromArray(F, dy, dyOffset + i).mul(FloatVector.fromArray(F, y, yOffset + i)).intoArray(dx, dxOffset + i);
        }
        ScalarKernels.INSTANCE.expBackward(y, yOffset + i, dy, dyOffset + i, dx, dxOffset + i, length - i);
    }

    @Override
    default void reluBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        FloatVector zero = FloatVector.zero(F);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, y, yOffset + i);
            zero.blend(FloatVector.fromArray(F, dy, dyOffset + i), v.compare(VectorOperators.GT, 0)).intoArray(dx, dxOffset + i);
        }
        ScalarKernels.INSTANCE.reluBackward(y, yOffset + i, dy, dyOffset + i, dx, dxOffset + i, length - i);
    }

    @Override
    default void softmaxBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        float mean = dot(y, yOffset, dy, dyOffset, length);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector difference = FloatVector.fromArray(F, dy, dyOffset + i).sub(mean);
            FloatVector.fromArray(F, y, yOffset + i).mul(difference).intoArray(dx, dxOffset + i);
        }
        for (; i < length; i++) {
            dx[dxOffset + i] = y[yOffset + i] * (dy[dyOffset + i] - mean);
        }
    }

    /**
     * In the order of the bits, negative floats turned round: one cycle of latency a step, where a float maximum takes ten. Zeros of both
     * signs and NaN come out in another order than in the scalar form; no result of softmax shows it.
     */
    @Override
    default float max(float[] x, int xOffset, int length) {
        IntVector most = IntVector.broadcast(I, Integer.MIN_VALUE);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            IntVector bits = FloatVector.fromArray(F, x, xOffset + i).reinterpretAsInts();
            most = bits.lanewise(VectorOperators.ASHR, 31).and(VectorMath.MAGNITUDE).lanewise(VectorOperators.XOR, bits).max(most);
        }
        int most1 = most.reduceLanes(VectorOperators.MAX);
        float max = i == 0 ? Float.NEGATIVE_INFINITY : Float.intBitsToFloat((most1 >> 31 & VectorMath.MAGNITUDE) ^ most1);
        for (; i < length; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        return max;
    }

    @Override
    default void expOfDifference(float[] x, int xOffset, float shift, float[] y, int yOffset, int length) {
        VectorMath.exp(x, xOffset, shift, y, yOffset, length);
    }
}
