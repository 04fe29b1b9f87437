package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp, tanh and sigmoid of arrays: the operations of {@link ScalarMath} lane by lane; what is left after the last full vector goes to the scalar form.
 *
 * <p>Limits are applied to the bits of the floats, as one signed (positive floats) and one unsigned minimum (negative floats): a cycle each,
 * where comparing and blending takes five. That loses NaN, which is put back at the end, off the critical path.
 */
final class VectorMath {
    /** All bits of a float but the sign. */
    static final int MAGNITUDE = 0x7fffffff;
    static final int EXP_MAX_BITS = Float.floatToRawIntBits(ScalarMath.EXP_MAX);
    static final int EXP_MIN_BITS = Float.floatToRawIntBits(ScalarMath.EXP_MIN);
    static final int SIGMOID_MAX_BITS = Float.floatToRawIntBits(ScalarMath.SIGMOID_MAX);
    static final int SIGMOID_MIN_BITS = Float.floatToRawIntBits(ScalarMath.SIGMOID_MIN);
    static final int TANH_MAX_BITS = Float.floatToRawIntBits(ScalarMath.TANH_MAX);

    private VectorMath() {}

    /** {@code y = exp(x - shift)}. */
    static void exp(float[] x, int xOffset, float shift, float[] y, int yOffset, int length) {
        FloatVector e0 = FloatVector.broadcast(F, ScalarMath.E0);
        FloatVector e1 = FloatVector.broadcast(F, ScalarMath.E1);
        FloatVector e2 = FloatVector.broadcast(F, ScalarMath.E2);
        FloatVector e3 = FloatVector.broadcast(F, ScalarMath.E3);
        FloatVector e4 = FloatVector.broadcast(F, ScalarMath.E4);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i).sub(shift);
            FloatVector clamped = v.reinterpretAsInts().min(EXP_MAX_BITS).lanewise(VectorOperators.UMIN, EXP_MIN_BITS).reinterpretAsFloats();
            FloatVector t = clamped.fma(ScalarMath.LOG2_E, ScalarMath.EXP_ROUNDER);
            FloatVector n = t.sub(ScalarMath.EXP_ROUNDER);
            FloatVector high = n.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), clamped);
            FloatVector low = n.mul(-ScalarMath.LN2_LOW);
            FloatVector r = n.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), high);
            FloatVector r2 = r.mul(r);
            FloatVector p = e4.fma(r2, e3.fma(r, e2)).fma(r2, e1.fma(r, e0));
            FloatVector q = high.add(p.fma(r2, low));
            IntVector exponent = t.reinterpretAsInts();
            IntVector half = exponent.lanewise(VectorOperators.LSHR, 1);
            FloatVector scale = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector rest = exponent.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            scale.fma(q, scale).mul(rest).blend(v, v.compare(VectorOperators.NE, v)).intoArray(y, yOffset + i);
        }
        for (; i < length; i++) {
            y[yOffset + i] = ScalarMath.exp(x[xOffset + i] - shift);
        }
    }

    /** {@code y = sigmoid(x)}. */
    static void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector e0 = FloatVector.broadcast(F, ScalarMath.E0);
        FloatVector e1 = FloatVector.broadcast(F, -ScalarMath.E1);
        FloatVector e2 = FloatVector.broadcast(F, ScalarMath.E2);
        FloatVector e3 = FloatVector.broadcast(F, -ScalarMath.E3);
        FloatVector e4 = FloatVector.broadcast(F, ScalarMath.E4);
        FloatVector one = FloatVector.broadcast(F, 1);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector clamped =
                    v.reinterpretAsInts().min(SIGMOID_MAX_BITS).lanewise(VectorOperators.UMIN, SIGMOID_MIN_BITS).reinterpretAsFloats();
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
            error.neg().fma(result, result).blend(v, v.compare(VectorOperators.NE, v)).intoArray(y, yOffset + i);
        }
        for (; i < length; i++) {
            y[yOffset + i] = ScalarMath.sigmoid(x[xOffset + i]);
        }
    }

    /** {@code y = tanh(x)}. */
    static void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector t0 = FloatVector.broadcast(F, ScalarMath.T0);
        FloatVector t1 = FloatVector.broadcast(F, ScalarMath.T1);
        FloatVector t2 = FloatVector.broadcast(F, ScalarMath.T2);
        FloatVector t3 = FloatVector.broadcast(F, ScalarMath.T3);
        FloatVector t4 = FloatVector.broadcast(F, ScalarMath.T4);
        FloatVector t5 = FloatVector.broadcast(F, ScalarMath.T5);
        FloatVector t6 = FloatVector.broadcast(F, ScalarMath.T6);
        FloatVector e0 = FloatVector.broadcast(F, 2 * ScalarMath.E0);
        FloatVector e1 = FloatVector.broadcast(F, 4 * ScalarMath.E1);
        FloatVector e2 = FloatVector.broadcast(F, 8 * ScalarMath.E2);
        FloatVector e3 = FloatVector.broadcast(F, 16 * ScalarMath.E3);
        FloatVector e4 = FloatVector.broadcast(F, 32 * ScalarMath.E4);
        FloatVector one = FloatVector.broadcast(F, 1);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            IntVector bits = FloatVector.fromArray(F, x, xOffset + i).reinterpretAsInts();
            IntVector magnitude = bits.and(MAGNITUDE);
            FloatVector a = magnitude.reinterpretAsFloats();
            FloatVector u = a.mul(a);
            FloatVector u2 = u.mul(u);
            FloatVector p = u2.fma(u2.fma(t6.fma(u2, t5.fma(u, t4)), t3.fma(u, t2)), t1.fma(u, t0));
            FloatVector small = a.mul(u).fma(p, a);

            FloatVector clamped = magnitude.min(TANH_MAX_BITS).reinterpretAsFloats();
            FloatVector t = clamped.fma(2 * ScalarMath.LOG2_E, ScalarMath.TANH_ROUNDER);
            FloatVector n = t.sub(ScalarMath.TANH_ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH / 2), clamped);
            FloatVector r2 = r.mul(r);
            FloatVector q = e4.fma(r2, e3.fma(r, e2)).fma(r2, e1.fma(r, e0)).fma(r2, r);
            FloatVector scale = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector d = scale.fma(q, scale.fma(0.5f, 0.5f));
            FloatVector large = one.sub(one.div(d));

            FloatVector result = small.blend(large, a.compare(VectorOperators.GE, ScalarMath.TANH_SPLIT));
            result.reinterpretAsInts().or(bits.and(~MAGNITUDE)).reinterpretAsFloats().intoArray(y, yOffset + i);
        }
        for (; i < length; i++) {
            y[yOffset + i] = ScalarMath.tanh(x[xOffset + i]);
        }
    }
}
