package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Panels.BLOCK;
import static io.github.lanewise.kernel.Panels.WIDTH;

/** The meaning of the cell phases, unit by unit. */
sealed interface ScalarCells extends Elman permits ScalarKernels {

    @Override
    default void lstmForward(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                             float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows, int units) {
        Checks.lstm(z, zOffset, zPanel, cPrevious, cPreviousOffset, tanhC, tanhCOffset, cBlock, rows, units);
        Checks.cells("cNext", cNext, cNextOffset, cBlock, rows, units);
        Checks.rows("h", h, hOffset, rows, hRow, units);
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                int zi = zOffset + unit / BLOCK * zPanel + row * WIDTH + unit % BLOCK;
                float i = ScalarMath.sigmoid(z[zi]);
                float f = ScalarMath.sigmoid(z[zi + BLOCK]);
                float g = ScalarMath.tanh(z[zi + 2 * BLOCK]);
                float o = ScalarMath.sigmoid(z[zi + 3 * BLOCK]);
                int ci = unit / BLOCK * cBlock + row * BLOCK + unit % BLOCK;
                float next = Math.fma(f, cPrevious[cPreviousOffset + ci], i * g);
                float q = ScalarMath.tanh(next);
                z[zi] = i;
                z[zi + BLOCK] = f;
                z[zi + 2 * BLOCK] = g;
                z[zi + 3 * BLOCK] = o;
                cNext[cNextOffset + ci] = next;
                tanhC[tanhCOffset + ci] = q;
                h[hOffset + row * hRow + unit] = o * q;
            }
        }
    }

    @Override
    default void lstmBackward(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                              float[] dh, int dhOffset, float[] dc, int dcOffset, int cBlock, int rows, int units) {
        Checks.lstm(z, zOffset, zPanel, cPrevious, cPreviousOffset, tanhC, tanhCOffset, cBlock, rows, units);
        Checks.rows("dh", dh, dhOffset, rows, units, units);
        Checks.cells("dc", dc, dcOffset, cBlock, rows, units);
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                int zi = zOffset + unit / BLOCK * zPanel + row * WIDTH + unit % BLOCK;
                float i = z[zi];
                float f = z[zi + BLOCK];
                float g = z[zi + 2 * BLOCK];
                float o = z[zi + 3 * BLOCK];
                int ci = unit / BLOCK * cBlock + row * BLOCK + unit % BLOCK;
                float q = tanhC[tanhCOffset + ci];
                float up = dh[dhOffset + row * units + unit];
                float e = Math.fma(up * o, Math.fma(-q, q, 1), dc[dcOffset + ci]);
                z[zi] = e * g * (i * (1 - i));
                z[zi + BLOCK] = e * cPrevious[cPreviousOffset + ci] * (f * (1 - f));
                z[zi + 2 * BLOCK] = e * i * Math.fma(-g, g, 1);
                z[zi + 3 * BLOCK] = up * q * (o * (1 - o));
                dc[dcOffset + ci] = e * f;
            }
        }
    }
}
