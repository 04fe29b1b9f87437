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
import static io.github.lanewise.kernel.Width.L;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.UMIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The step of one row where a panel is 4 vectors: its pre-activations stay in registers. Written and loaded again, as {@link VectorCells} must, a
 * vector took 13 cycles on Zen 4, and 23 when not aligned to 32 bytes; an LSTM step of 16 units takes about 320.
 */
sealed interface VectorSteps extends StepKernels permits VectorKernels {

    @Override
    default void lstmStep(float[] row, int rowOffset, float[] weights, int weightsOffset, float[] bias, int biasOffset, float[] c, int cOffset,
                          float[] scratch, int scratchOffset, int inputs, int hidden, int units, boolean backwards) {
        if (L < BLOCK || inputs < 1 || inputs > CHAIN || hidden < 1 || hidden > CHAIN) {
            StepKernels.super.lstmStep(row, rowOffset, weights, weightsOffset, bias, biasOffset, c, cOffset, scratch, scratchOffset,
                    inputs, hidden, units, backwards);
            return;
        }
        Checks.lstmStep(row, rowOffset, weights, weightsOffset, bias, biasOffset, c, cOffset, scratch, scratchOffset, inputs, hidden, units);
        for (int i = 0; i < units; i += BLOCK) {
            int unit = backwards ? units - BLOCK - i : i;
            int panel = unit / BLOCK * WIDTH;
            cells(row, rowOffset, weights, weightsOffset + panel * (inputs + hidden), bias, biasOffset + panel, c, cOffset + unit,
                    scratch, scratchOffset + 2 * unit, inputs, hidden);
        }
        outputs(scratch, scratchOffset, row, rowOffset + inputs, units);
    }

    @Override
    default void lstmRecurrentStep(float[] h, int hOffset, int hNextOffset, float[] weights, int weightsOffset, int weightsPanel,
                                   float[] z, int zOffset, int zPanel, float[] c, int cOffset, int cNextOffset, float[] tanhC, int tanhCOffset,
                                   int hidden, int units, boolean backwards) {
        if (L < BLOCK || hidden < 1 || hidden > CHAIN) {
            StepKernels.super.lstmRecurrentStep(h, hOffset, hNextOffset, weights, weightsOffset, weightsPanel, z, zOffset, zPanel,
                    c, cOffset, cNextOffset, tanhC, tanhCOffset, hidden, units, backwards);
            return;
        }
        Checks.lstmRecurrentStep(h, hOffset, hNextOffset, weights, weightsOffset, weightsPanel, z, zOffset, zPanel,
                c, cOffset, cNextOffset, tanhC, tanhCOffset, hidden, units);
        VectorRecurrentStep.run(h, hOffset, hNextOffset, weights, weightsOffset, weightsPanel, z, zOffset, zPanel,
                c, cOffset, cNextOffset, tanhC, tanhCOffset, hidden, units, backwards);
    }

    @Override
    default void elmanStep(Activation activation, float[] row, int rowOffset, float[] weights, int weightsOffset, float[] bias, int biasOffset,
                           float[] scratch, int scratchOffset, int inputs, int hidden, int units) {
        if (L < BLOCK || inputs < 1 || inputs > CHAIN || hidden < 1 || hidden > CHAIN || units > 2 * BLOCK) {
            StepKernels.super.elmanStep(activation, row, rowOffset, weights, weightsOffset, bias, biasOffset, scratch, scratchOffset,
                    inputs, hidden, units);
            return;
        }
        Checks.elmanStep(row, rowOffset, weights, weightsOffset, bias, biasOffset, scratch, scratchOffset, inputs, hidden, units);
        if (units == BLOCK) {
            affine1(row, rowOffset, weights, weightsOffset, bias, biasOffset, scratch, scratchOffset, inputs, hidden);
        } else {
            affine2(row, rowOffset, weights, weightsOffset, bias, biasOffset, scratch, scratchOffset, inputs, hidden);
        }
        elmanForward(activation, scratch, scratchOffset, units, units, row, rowOffset + inputs, units, 1, units);
    }

    /** A matrix of one vector of columns: the bias and two chains, which the processor interleaves. */
    private static void affine1(float[] a, int aOffset, float[] b, int bOffset, float[] bias, int biasOffset, float[] z, int zOffset,
                                int first, int second) {
        FloatVector s = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + first * BLOCK;
        while (bi < end) {
            s = FloatVector.broadcast(F, a[ai]).fma(FloatVector.fromArray(F, b, bi), s);
            ai++;
            bi += BLOCK;
        }
        FloatVector r = FloatVector.zero(F);
        end += second * BLOCK;
        while (bi < end) {
            r = FloatVector.broadcast(F, a[ai]).fma(FloatVector.fromArray(F, b, bi), r);
            ai++;
            bi += BLOCK;
        }
        FloatVector.fromArray(F, bias, biasOffset).add(s).add(r).intoArray(z, zOffset);
    }

    /** The same with two vectors of columns. */
    private static void affine2(float[] a, int aOffset, float[] b, int bOffset, float[] bias, int biasOffset, float[] z, int zOffset,
                                int first, int second) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + first * 2 * BLOCK;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + BLOCK), s1);
            ai++;
            bi += 2 * BLOCK;
        }
        FloatVector r0 = FloatVector.zero(F);
        FloatVector r1 = FloatVector.zero(F);
        end += second * 2 * BLOCK;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            r0 = factor.fma(FloatVector.fromArray(F, b, bi), r0);
            r1 = factor.fma(FloatVector.fromArray(F, b, bi + BLOCK), r1);
            ai++;
            bi += 2 * BLOCK;
        }
        FloatVector.fromArray(F, bias, biasOffset).add(s0).add(r0).intoArray(z, zOffset);
        FloatVector.fromArray(F, bias, biasOffset + BLOCK).add(s1).add(r1).intoArray(z, zOffset + BLOCK);
    }

    /** A block of cell states; leaves them and the pre-activations of the output gate in {@code scratch} for {@link #outputs}. */
    private static void cells(float[] a, int aOffset, float[] b, int bOffset, float[] bias, int biasOffset, float[] c, int cOffset,
                              float[] scratch, int scratchOffset, int first, int second) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + first * WIDTH;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            s0 = factor.fma(FloatVector.fromArray(F, b, bi), s0);
            s1 = factor.fma(FloatVector.fromArray(F, b, bi + BLOCK), s1);
            s2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * BLOCK), s2);
            s3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * BLOCK), s3);
            ai++;
            bi += WIDTH;
        }
        FloatVector r0 = FloatVector.zero(F);
        FloatVector r1 = FloatVector.zero(F);
        FloatVector r2 = FloatVector.zero(F);
        FloatVector r3 = FloatVector.zero(F);
        end += second * WIDTH;
        while (bi < end) {
            FloatVector factor = FloatVector.broadcast(F, a[ai]);
            r0 = factor.fma(FloatVector.fromArray(F, b, bi), r0);
            r1 = factor.fma(FloatVector.fromArray(F, b, bi + BLOCK), r1);
            r2 = factor.fma(FloatVector.fromArray(F, b, bi + 2 * BLOCK), r2);
            r3 = factor.fma(FloatVector.fromArray(F, b, bi + 3 * BLOCK), r3);
            ai++;
            bi += WIDTH;
        }
        FloatVector zi = FloatVector.fromArray(F, bias, biasOffset).add(s0).add(r0);
        FloatVector zf = FloatVector.fromArray(F, bias, biasOffset + BLOCK).add(s1).add(r1);
        FloatVector zg = FloatVector.fromArray(F, bias, biasOffset + 2 * BLOCK).add(s2).add(r2);
        FloatVector.fromArray(F, bias, biasOffset + 3 * BLOCK).add(s3).add(r3).intoArray(scratch, scratchOffset + BLOCK);

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
            next = error.neg().fma(result, result).blend(v, v.compare(NE, v)).fma(gate == 0 ? g : previous, next);
        }
        next.intoArray(c, cOffset);
        next.intoArray(scratch, scratchOffset);
    }

    /** {@code h = sigmoid(o) * tanh(c)}, both from {@code scratch} [blocks][c, o][16]. */
    private static void outputs(float[] scratch, int scratchOffset, float[] h, int hOffset, int units) {
        FloatVector one = FloatVector.broadcast(F, 1);
        for (int unit = 0; unit < units; unit += BLOCK) {
            FloatVector c = FloatVector.fromArray(F, scratch, scratchOffset + 2 * unit);
            IntVector bits = c.reinterpretAsInts();
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
            FloatVector tanhC = small.blend(large, absolute.compare(GE, TANH_SPLIT))
                    .reinterpretAsInts().or(bits.and(~MAGNITUDE)).reinterpretAsFloats();

            FloatVector v = FloatVector.fromArray(F, scratch, scratchOffset + 2 * unit + BLOCK);
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
            error.neg().fma(result, result).blend(v, v.compare(NE, v)).mul(tanhC).intoArray(h, hOffset + unit);
        }
    }
}
