package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Panels.BLOCK;
import static io.github.lanewise.kernel.Panels.WIDTH;
import static io.github.lanewise.kernel.ScalarMath.E0;
import static io.github.lanewise.kernel.ScalarMath.E1;
import static io.github.lanewise.kernel.ScalarMath.E2;
import static io.github.lanewise.kernel.ScalarMath.E3;
import static io.github.lanewise.kernel.ScalarMath.E4;
import static io.github.lanewise.kernel.ScalarMath.LN2_HIGH;
import static io.github.lanewise.kernel.ScalarMath.LN2_LOW;
import static io.github.lanewise.kernel.ScalarMath.LOG2_E;
import static io.github.lanewise.kernel.ScalarMath.SIGMOID_ROUNDER;
import static io.github.lanewise.kernel.ScalarMath.SIGMOID_UNIT;
import static io.github.lanewise.kernel.ScalarMath.T0;
import static io.github.lanewise.kernel.ScalarMath.T1;
import static io.github.lanewise.kernel.ScalarMath.T2;
import static io.github.lanewise.kernel.ScalarMath.T3;
import static io.github.lanewise.kernel.ScalarMath.T4;
import static io.github.lanewise.kernel.ScalarMath.T5;
import static io.github.lanewise.kernel.ScalarMath.T6;
import static io.github.lanewise.kernel.ScalarMath.TANH_ROUNDER;
import static io.github.lanewise.kernel.ScalarMath.TANH_SPLIT;
import static io.github.lanewise.kernel.VectorMath.MAGNITUDE;
import static io.github.lanewise.kernel.VectorMath.SIGMOID_MAX_BITS;
import static io.github.lanewise.kernel.VectorMath.SIGMOID_MIN_BITS;
import static io.github.lanewise.kernel.VectorMath.TANH_MAX_BITS;
import static io.github.lanewise.kernel.Width.F;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.UMIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link StepKernels#lstmRecurrentStep} of one chain where a panel is 4 vectors: what {@link VectorSteps} does in a step, except that all gates are kept and
 * the inputs are in the pre-activations. One method for both, with the stores behind a condition, went on allocating in some JVMs: C2 does not inline what
 * it has not seen running, and a vector handed to a call needs an object.
 */
final class VectorRecurrentStep {
    private VectorRecurrentStep() {}

    static void run(float[] h, int hOffset, int hNextOffset, float[] weights, int weightsOffset, int weightsPanel, float[] z, int zOffset, int zPanel,
                    float[] c, int cOffset, int cNextOffset, float[] tanhC, int tanhCOffset, int hidden, int units, boolean backwards) {
        int panels = units / BLOCK;
        for (int i = 0; i < panels; i++) {
            int panel = backwards ? panels - 1 - i : i;
            cells(h, hOffset, weights, weightsOffset + panel * weightsPanel, z, zOffset + panel * zPanel,
                    c, cOffset + panel * BLOCK, cNextOffset + panel * BLOCK, hidden);
        }
        outputs(c, cNextOffset, z, zOffset, zPanel, tanhC, tanhCOffset, h, hNextOffset, units);
    }

    /** A block of cell states from {@code z + h * b}; leaves the gates i, f and g in {@code z}, and the pre-activations of o for {@link #outputs}. */
    private static void cells(float[] h, int hOffset, float[] b, int bOffset, float[] z, int zOffset,
                              float[] c, int cOffset, int cNextOffset, int hidden) {
        FloatVector r0 = FloatVector.zero(F);
        FloatVector r1 = FloatVector.zero(F);
        FloatVector r2 = FloatVector.zero(F);
        FloatVector r3 = FloatVector.zero(F);
        int hi = hOffset;
        int bi = bOffset;
        int end = bOffset + hidden * WIDTH;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, h[hi]);
            r0 = factor.fma(FloatVector.fromArray(F, b, bi), r0);
            r1 = factor.fma(FloatVector.fromArray(F, b, bi + BLOCK), r1);
            r2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * BLOCK), r2);
            r3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * BLOCK), r3);
            hi++;
            bi += WIDTH;
        }
        FloatVector zi = FloatVector.fromArray(F, z, zOffset).add(r0);
        FloatVector zf = FloatVector.fromArray(F, z, zOffset + BLOCK).add(r1);
        FloatVector zg = FloatVector.fromArray(F, z, zOffset + 2 * BLOCK).add(r2);
        FloatVector.fromArray(F, z, zOffset + 3 * BLOCK).add(r3).intoArray(z, zOffset + 3 * BLOCK);

        FloatVector one = FloatVector.broadcast(F, 1);
        IntVector bits = zg.reinterpretAsInts();
        IntVector magnitude = bits.and(MAGNITUDE);
        FloatVector absolute = magnitude.reinterpretAsFloats();
        FloatVector u = absolute.mul(absolute);
        FloatVector u2 = u.mul(u);
        FloatVector w = u2.fma(u2.fma(FloatVector.broadcast(F, T6).fma(u2, u.fma(T5, T4)), u.fma(T3, T2)), u.fma(T1, T0));
        FloatVector small = absolute.mul(u).fma(w, absolute);
        FloatVector gy = magnitude.min(TANH_MAX_BITS).reinterpretAsFloats();
        FloatVector gt = gy.fma(2 * LOG2_E, TANH_ROUNDER);
        FloatVector gr = gt.sub(TANH_ROUNDER).fma(FloatVector.broadcast(F, -LN2_HIGH / 2), gy);
        FloatVector gr2 = gr.mul(gr);
        FloatVector gp = FloatVector.broadcast(F, 32 * E4).fma(gr2, gr.fma(16 * E3, 8 * E2)).fma(gr2, gr.fma(4 * E1, 2 * E0));
        FloatVector gs = gt.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector gd = gs.fma(gp.fma(gr2, gr), gs.fma(0.5f, 0.5f));
        FloatVector large = one.sub(one.div(gd));
        FloatVector g = small.blend(large, absolute.compare(GE, TANH_SPLIT))
                .reinterpretAsInts().or(bits.and(~MAGNITUDE)).reinterpretAsFloats();
        g.intoArray(z, zOffset + 2 * BLOCK);

        FloatVector previous = FloatVector.fromArray(F, c, cOffset);
        // i * g - 0 is i * g, so that both gates are one piece of code.
        FloatVector next = FloatVector.broadcast(F, -0f);
        for (int gate = 0; gate < 2; gate++) {
            FloatVector v = gate == 0 ? zi : zf;
            FloatVector y = v.reinterpretAsInts().min(SIGMOID_MAX_BITS).lanewise(UMIN, SIGMOID_MIN_BITS).reinterpretAsFloats();
            FloatVector t = y.fma(-LOG2_E, SIGMOID_ROUNDER);
            FloatVector n = t.sub(SIGMOID_ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(F, LN2_LOW), n.fma(FloatVector.broadcast(F, LN2_HIGH), y));
            FloatVector rr = r.mul(r);
            FloatVector q = FloatVector.broadcast(F, E4).fma(rr, r.fma(-E3, E2)).fma(rr, r.fma(-E1, E0)).fma(rr, r.neg());
            FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector d = s.fma(q, s.add(SIGMOID_UNIT));
            FloatVector low = s.fma(q, s.sub(d).add(SIGMOID_UNIT));
            FloatVector inverse = one.div(d);
            FloatVector error = inverse.fma(low, inverse.fma(d, FloatVector.broadcast(F, -1)));
            FloatVector result = inverse.mul(SIGMOID_UNIT);
            FloatVector sigmoid = error.neg().fma(result, result).blend(v, v.compare(NE, v));
            sigmoid.intoArray(z, zOffset + gate * BLOCK);
            next = sigmoid.fma(gate == 0 ? g : previous, next);
        }
        next.intoArray(c, cNextOffset);
    }

    /** {@code h = sigmoid(o) * tanh(c)} of the pre-activations of o in {@code z}, which become gates. */
    private static void outputs(float[] c, int cOffset, float[] z, int zOffset, int zPanel, float[] tanhC, int tanhCOffset,
                                float[] h, int hOffset, int units) {
        FloatVector one = FloatVector.broadcast(F, 1);
        for (int unit = 0; unit < units; unit += BLOCK) {
            FloatVector state = FloatVector.fromArray(F, c, cOffset + unit);
            IntVector bits = state.reinterpretAsInts();
            IntVector magnitude = bits.and(MAGNITUDE);
            FloatVector absolute = magnitude.reinterpretAsFloats();
            FloatVector u = absolute.mul(absolute);
            FloatVector u2 = u.mul(u);
            FloatVector w = u2.fma(u2.fma(FloatVector.broadcast(F, T6).fma(u2, u.fma(T5, T4)), u.fma(T3, T2)), u.fma(T1, T0));
            FloatVector small = absolute.mul(u).fma(w, absolute);
            FloatVector cy = magnitude.min(TANH_MAX_BITS).reinterpretAsFloats();
            FloatVector ct = cy.fma(2 * LOG2_E, TANH_ROUNDER);
            FloatVector cr = ct.sub(TANH_ROUNDER).fma(FloatVector.broadcast(F, -LN2_HIGH / 2), cy);
            FloatVector cr2 = cr.mul(cr);
            FloatVector cp = FloatVector.broadcast(F, 32 * E4).fma(cr2, cr.fma(16 * E3, 8 * E2)).fma(cr2, cr.fma(4 * E1, 2 * E0));
            FloatVector cs = ct.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector cd = cs.fma(cp.fma(cr2, cr), cs.fma(0.5f, 0.5f));
            FloatVector large = one.sub(one.div(cd));
            FloatVector tanh = small.blend(large, absolute.compare(GE, TANH_SPLIT))
                    .reinterpretAsInts().or(bits.and(~MAGNITUDE)).reinterpretAsFloats();

            int at = zOffset + unit / BLOCK * zPanel + 3 * BLOCK;
            FloatVector v = FloatVector.fromArray(F, z, at);
            FloatVector y = v.reinterpretAsInts().min(SIGMOID_MAX_BITS).lanewise(UMIN, SIGMOID_MIN_BITS).reinterpretAsFloats();
            FloatVector t = y.fma(-LOG2_E, SIGMOID_ROUNDER);
            FloatVector n = t.sub(SIGMOID_ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(F, LN2_LOW), n.fma(FloatVector.broadcast(F, LN2_HIGH), y));
            FloatVector r2 = r.mul(r);
            FloatVector q = FloatVector.broadcast(F, E4).fma(r2, r.fma(-E3, E2)).fma(r2, r.fma(-E1, E0)).fma(r2, r.neg());
            FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector d = s.fma(q, s.add(SIGMOID_UNIT));
            FloatVector low = s.fma(q, s.sub(d).add(SIGMOID_UNIT));
            FloatVector inverse = one.div(d);
            FloatVector error = inverse.fma(low, inverse.fma(d, FloatVector.broadcast(F, -1)));
            FloatVector result = inverse.mul(SIGMOID_UNIT);
            FloatVector o = error.neg().fma(result, result).blend(v, v.compare(NE, v));
            o.mul(tanh).intoArray(h, hOffset + unit);
            o.intoArray(z, at);
            tanh.intoArray(tanhC, tanhCOffset + unit);
        }
    }
}
