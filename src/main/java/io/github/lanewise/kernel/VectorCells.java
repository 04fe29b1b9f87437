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

/** The LSTM phases on vectors: flat, with the formulas of {@link ScalarMath} repeated, because no vector may cross a method boundary. */
sealed interface VectorCells extends Elman permits VectorKernels {

    @Override
    default void lstmForward(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                             float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows, int units) {
        Checks.lstm(z, zOffset, zPanel, cPrevious, cPreviousOffset, tanhC, tanhCOffset, cBlock, rows, units);
        Checks.cells("cNext", cNext, cNextOffset, cBlock, rows, units);
        Checks.rows("h", h, hOffset, rows, hRow, units);
        // Three methods: in one, C2 sometimes left the last vectors on the heap (see JitRulesTest); of two dependent tanh too few are under way at once.
        sigmoidGates(z, zOffset, zPanel, rows, units);
        tanhGates(z, zOffset, zPanel, rows, units);
        cells(z, zOffset, zPanel, cPrevious, cPreviousOffset, cNext, cNextOffset, tanhC, tanhCOffset, cBlock, h, hOffset, hRow, rows, units);
    }

    /** Turns the pre-activations of i, f and o into gates. */
    private static void sigmoidGates(float[] z, int zOffset, int zPanel, int rows, int units) {
        FloatVector one = FloatVector.broadcast(F, 1);
        FloatVector minusOne = FloatVector.broadcast(F, -1);
        FloatVector unit32 = FloatVector.broadcast(F, SIGMOID_UNIT);
        FloatVector minusLog2e = FloatVector.broadcast(F, -LOG2_E);
        FloatVector rounder = FloatVector.broadcast(F, SIGMOID_ROUNDER);
        FloatVector ln2High = FloatVector.broadcast(F, LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(F, LN2_LOW);
        FloatVector e0 = FloatVector.broadcast(F, E0);
        FloatVector minusE1 = FloatVector.broadcast(F, -E1);
        FloatVector e2 = FloatVector.broadcast(F, E2);
        FloatVector minusE3 = FloatVector.broadcast(F, -E3);
        FloatVector e4 = FloatVector.broadcast(F, E4);
        for (int block = 0; block < units; block += BLOCK) {
            for (int row = 0; row < rows; row++) {
                int zi = zOffset + block / BLOCK * zPanel + row * WIDTH;
                for (int lane = 0; lane < 3 * BLOCK; lane += L) {
                    // i and f, then o behind g.
                    int at = zi + (lane < 2 * BLOCK ? lane : lane + BLOCK);
                    FloatVector v = FloatVector.fromArray(F, z, at);
                    FloatVector y = v.reinterpretAsInts().min(SIGMOID_MAX_BITS).lanewise(UMIN, SIGMOID_MIN_BITS).reinterpretAsFloats();
                    FloatVector t = y.fma(minusLog2e, rounder);
                    FloatVector n = t.sub(rounder);
                    FloatVector r = n.fma(ln2Low, n.fma(ln2High, y));
                    FloatVector r2 = r.mul(r);
                    FloatVector p = e4.fma(r2, minusE3.fma(r, e2)).fma(r2, minusE1.fma(r, e0));
                    FloatVector q = p.fma(r2, r.neg());
                    FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
                    FloatVector d = s.fma(q, s.add(unit32));
                    FloatVector low = s.fma(q, s.sub(d).add(unit32));
                    FloatVector inverse = one.div(d);
                    FloatVector error = inverse.fma(low, inverse.fma(d, minusOne));
                    FloatVector result = inverse.mul(unit32);
                    error.neg().fma(result, result).blend(v, v.compare(NE, v)).intoArray(z, at);
                }
            }
        }
    }

    /** Turns the pre-activations of g into gates. */
    private static void tanhGates(float[] z, int zOffset, int zPanel, int rows, int units) {
        FloatVector one = FloatVector.broadcast(F, 1);
        FloatVector half = FloatVector.broadcast(F, 0.5f);
        FloatVector twiceLog2e = FloatVector.broadcast(F, 2 * LOG2_E);
        FloatVector rounder = FloatVector.broadcast(F, TANH_ROUNDER);
        FloatVector minusHalfLn2 = FloatVector.broadcast(F, -LN2_HIGH / 2);
        FloatVector h0 = FloatVector.broadcast(F, 2 * E0);
        FloatVector h1 = FloatVector.broadcast(F, 4 * E1);
        FloatVector h2 = FloatVector.broadcast(F, 8 * E2);
        FloatVector h3 = FloatVector.broadcast(F, 16 * E3);
        FloatVector h4 = FloatVector.broadcast(F, 32 * E4);
        FloatVector t0 = FloatVector.broadcast(F, T0);
        FloatVector t1 = FloatVector.broadcast(F, T1);
        FloatVector t2 = FloatVector.broadcast(F, T2);
        FloatVector t3 = FloatVector.broadcast(F, T3);
        FloatVector t4 = FloatVector.broadcast(F, T4);
        FloatVector t5 = FloatVector.broadcast(F, T5);
        FloatVector t6 = FloatVector.broadcast(F, T6);
        for (int block = 0; block < units; block += BLOCK) {
            for (int row = 0; row < rows; row++) {
                for (int lane = 0; lane < BLOCK; lane += L) {
                    int at = zOffset + block / BLOCK * zPanel + row * WIDTH + 2 * BLOCK + lane;
                    IntVector bits = FloatVector.fromArray(F, z, at).reinterpretAsInts();
                    IntVector magnitude = bits.and(MAGNITUDE);
                    FloatVector a = magnitude.reinterpretAsFloats();
                    FloatVector u = a.mul(a);
                    FloatVector u2 = u.mul(u);
                    FloatVector w = u2.fma(u2.fma(t6.fma(u2, t5.fma(u, t4)), t3.fma(u, t2)), t1.fma(u, t0));
                    FloatVector small = a.mul(u).fma(w, a);
                    FloatVector y = magnitude.min(TANH_MAX_BITS).reinterpretAsFloats();
                    FloatVector t = y.fma(twiceLog2e, rounder);
                    FloatVector n = t.sub(rounder);
                    FloatVector r = n.fma(minusHalfLn2, y);
                    FloatVector r2 = r.mul(r);
                    FloatVector q = h4.fma(r2, h3.fma(r, h2)).fma(r2, h1.fma(r, h0)).fma(r2, r);
                    FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
                    FloatVector d = s.fma(q, s.fma(half, half));
                    FloatVector large = one.sub(one.div(d));
                    FloatVector g = small.blend(large, a.compare(GE, TANH_SPLIT))
                            .reinterpretAsInts().or(bits.and(~MAGNITUDE)).reinterpretAsFloats();
                    g.intoArray(z, at);
                }
            }
        }
    }

    /** Turns gates into cell and hidden states. */
    private static void cells(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                              float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows, int units) {
        FloatVector one = FloatVector.broadcast(F, 1);
        FloatVector half = FloatVector.broadcast(F, 0.5f);
        FloatVector twiceLog2e = FloatVector.broadcast(F, 2 * LOG2_E);
        FloatVector rounder = FloatVector.broadcast(F, TANH_ROUNDER);
        FloatVector minusHalfLn2 = FloatVector.broadcast(F, -LN2_HIGH / 2);
        FloatVector h0 = FloatVector.broadcast(F, 2 * E0);
        FloatVector h1 = FloatVector.broadcast(F, 4 * E1);
        FloatVector h2 = FloatVector.broadcast(F, 8 * E2);
        FloatVector h3 = FloatVector.broadcast(F, 16 * E3);
        FloatVector h4 = FloatVector.broadcast(F, 32 * E4);
        FloatVector t0 = FloatVector.broadcast(F, T0);
        FloatVector t1 = FloatVector.broadcast(F, T1);
        FloatVector t2 = FloatVector.broadcast(F, T2);
        FloatVector t3 = FloatVector.broadcast(F, T3);
        FloatVector t4 = FloatVector.broadcast(F, T4);
        FloatVector t5 = FloatVector.broadcast(F, T5);
        FloatVector t6 = FloatVector.broadcast(F, T6);
        for (int block = 0; block < units; block += BLOCK) {
            for (int row = 0; row < rows; row++) {
                for (int lane = 0; lane < BLOCK; lane += L) {
                    int zi = zOffset + block / BLOCK * zPanel + row * WIDTH + lane;
                    int ci = block / BLOCK * cBlock + row * BLOCK + lane;
                    FloatVector i = FloatVector.fromArray(F, z, zi);
                    FloatVector f = FloatVector.fromArray(F, z, zi + BLOCK);
                    FloatVector g = FloatVector.fromArray(F, z, zi + 2 * BLOCK);
                    FloatVector c = f.fma(FloatVector.fromArray(F, cPrevious, cPreviousOffset + ci), i.mul(g));
                    IntVector cbits = c.reinterpretAsInts();
                    IntVector cmagnitude = cbits.and(MAGNITUDE);
                    FloatVector ca = cmagnitude.reinterpretAsFloats();
                    FloatVector cu = ca.mul(ca);
                    FloatVector cu2 = cu.mul(cu);
                    FloatVector cw = cu2.fma(cu2.fma(t6.fma(cu2, t5.fma(cu, t4)), t3.fma(cu, t2)), t1.fma(cu, t0));
                    FloatVector csmall = ca.mul(cu).fma(cw, ca);
                    FloatVector cy = cmagnitude.min(TANH_MAX_BITS).reinterpretAsFloats();
                    FloatVector ct = cy.fma(twiceLog2e, rounder);
                    FloatVector cn = ct.sub(rounder);
                    FloatVector cr = cn.fma(minusHalfLn2, cy);
                    FloatVector cr2 = cr.mul(cr);
                    FloatVector cq = h4.fma(cr2, h3.fma(cr, h2)).fma(cr2, h1.fma(cr, h0)).fma(cr2, cr);
                    FloatVector cs = ct.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
                    FloatVector cd = cs.fma(cq, cs.fma(half, half));
                    FloatVector clarge = one.sub(one.div(cd));
                    FloatVector q = csmall.blend(clarge, ca.compare(GE, TANH_SPLIT))
                            .reinterpretAsInts().or(cbits.and(~MAGNITUDE)).reinterpretAsFloats();

                    c.intoArray(cNext, cNextOffset + ci);
                    q.intoArray(tanhC, tanhCOffset + ci);
                    FloatVector.fromArray(F, z, zi + 3 * BLOCK).mul(q).intoArray(h, hOffset + row * hRow + block + lane);
                }
            }
        }
    }

    @Override
    default void lstmBackward(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                              float[] dh, int dhOffset, float[] dc, int dcOffset, int cBlock, int rows, int units) {
        Checks.lstm(z, zOffset, zPanel, cPrevious, cPreviousOffset, tanhC, tanhCOffset, cBlock, rows, units);
        Checks.rows("dh", dh, dhOffset, rows, units, units);
        Checks.cells("dc", dc, dcOffset, cBlock, rows, units);
        FloatVector one = FloatVector.broadcast(F, 1);
        for (int block = 0; block < units; block += BLOCK) {
            for (int row = 0; row < rows; row++) {
                for (int lane = 0; lane < BLOCK; lane += L) {
                    int zi = zOffset + block / BLOCK * zPanel + row * WIDTH + lane;
                    int ci = block / BLOCK * cBlock + row * BLOCK + lane;
                    FloatVector i = FloatVector.fromArray(F, z, zi);
                    FloatVector f = FloatVector.fromArray(F, z, zi + BLOCK);
                    FloatVector g = FloatVector.fromArray(F, z, zi + 2 * BLOCK);
                    FloatVector o = FloatVector.fromArray(F, z, zi + 3 * BLOCK);
                    FloatVector q = FloatVector.fromArray(F, tanhC, tanhCOffset + ci);
                    FloatVector up = FloatVector.fromArray(F, dh, dhOffset + row * units + block + lane);
                    FloatVector e = up.mul(o).fma(q.neg().fma(q, one), FloatVector.fromArray(F, dc, dcOffset + ci));
                    FloatVector previous = FloatVector.fromArray(F, cPrevious, cPreviousOffset + ci);
                    e.mul(g).mul(i.mul(one.sub(i))).intoArray(z, zi);
                    e.mul(previous).mul(f.mul(one.sub(f))).intoArray(z, zi + BLOCK);
                    e.mul(i).mul(g.neg().fma(g, one)).intoArray(z, zi + 2 * BLOCK);
                    up.mul(q).mul(o.mul(one.sub(o))).intoArray(z, zi + 3 * BLOCK);
                    e.mul(f).intoArray(dc, dcOffset + ci);
                }
            }
        }
    }
}
