package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link VectorTiles} for 16 registers and whole panels ({@code bStep} is their width). With vectors of 8 floats a tile of 6 x 2 must issue its
 * 12 multiplications in 6 cycles, so what stands beside them counts: general rows need an index and a check each in every round. Without the checks
 * ({@link #dense6}) a product takes 4 to 8 % less time on Zen 4 at 256 bits, with rows side by side as well ({@code aRow} is 1) 12 %.
 *
 * <p>Six rows side by side need a branch that is never taken between their factors, see {@link VectorPackedTiles}; five do without. Two inner indices in
 * a round gain 8 % over one where the panels are in L1 (Zen 4, chains of 64).
 */
final class VectorPanelTiles {
    private VectorPanelTiles() {}

    /** 6 rows x 2 vectors, the rows side by side. */
    static void rows6(float[] a, int aOffset, int aStep, float[] b, int bOffset, float[] from, int fromOffset, int fromRow,
                      float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s20 = FloatVector.zero(F);
        FloatVector s21 = FloatVector.zero(F);
        FloatVector s30 = FloatVector.zero(F);
        FloatVector s31 = FloatVector.zero(F);
        FloatVector s40 = FloatVector.zero(F);
        FloatVector s41 = FloatVector.zero(F);
        FloatVector s50 = FloatVector.zero(F);
        FloatVector s51 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + inner * Panels.WIDTH;
        for (int last = end - 2 * Panels.WIDTH; bi <= last; bi += 2 * Panels.WIDTH) {
            FloatVector b00 = FloatVector.fromArray(F, b, bi);
            FloatVector b01 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a00 = FloatVector.broadcast(F, a[ai]);
            s00 = a00.fma(b00, s00);
            s01 = a00.fma(b01, s01);
            FloatVector a01 = FloatVector.broadcast(F, a[ai + 1]);
            s10 = a01.fma(b00, s10);
            s11 = a01.fma(b01, s11);
            FloatVector a02 = FloatVector.broadcast(F, a[ai + 2]);
            s20 = a02.fma(b00, s20);
            s21 = a02.fma(b01, s21);
            FloatVector a03 = FloatVector.broadcast(F, a[ai + 3]);
            s30 = a03.fma(b00, s30);
            s31 = a03.fma(b01, s31);
            if (ai == -1) {
                break;
            }
            FloatVector a04 = FloatVector.broadcast(F, a[ai + 4]);
            s40 = a04.fma(b00, s40);
            s41 = a04.fma(b01, s41);
            FloatVector a05 = FloatVector.broadcast(F, a[ai + 5]);
            s50 = a05.fma(b00, s50);
            s51 = a05.fma(b01, s51);
            if (ai == -2) {
                break;
            }
            FloatVector b10 = FloatVector.fromArray(F, b, bi + Panels.WIDTH);
            FloatVector b11 = FloatVector.fromArray(F, b, bi + Panels.WIDTH + L);
            int next = ai + aStep;
            FloatVector a10 = FloatVector.broadcast(F, a[next]);
            s00 = a10.fma(b10, s00);
            s01 = a10.fma(b11, s01);
            FloatVector a11 = FloatVector.broadcast(F, a[next + 1]);
            s10 = a11.fma(b10, s10);
            s11 = a11.fma(b11, s11);
            FloatVector a12 = FloatVector.broadcast(F, a[next + 2]);
            s20 = a12.fma(b10, s20);
            s21 = a12.fma(b11, s21);
            FloatVector a13 = FloatVector.broadcast(F, a[next + 3]);
            s30 = a13.fma(b10, s30);
            s31 = a13.fma(b11, s31);
            if (ai == -3) {
                break;
            }
            FloatVector a14 = FloatVector.broadcast(F, a[next + 4]);
            s40 = a14.fma(b10, s40);
            s41 = a14.fma(b11, s41);
            FloatVector a15 = FloatVector.broadcast(F, a[next + 5]);
            s50 = a15.fma(b10, s50);
            s51 = a15.fma(b11, s51);
            ai = next + aStep;
        }
        for (; bi < end; bi += Panels.WIDTH) {
            FloatVector b00 = FloatVector.fromArray(F, b, bi);
            FloatVector b01 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a00 = FloatVector.broadcast(F, a[ai]);
            s00 = a00.fma(b00, s00);
            s01 = a00.fma(b01, s01);
            FloatVector a01 = FloatVector.broadcast(F, a[ai + 1]);
            s10 = a01.fma(b00, s10);
            s11 = a01.fma(b01, s11);
            FloatVector a02 = FloatVector.broadcast(F, a[ai + 2]);
            s20 = a02.fma(b00, s20);
            s21 = a02.fma(b01, s21);
            FloatVector a03 = FloatVector.broadcast(F, a[ai + 3]);
            s30 = a03.fma(b00, s30);
            s31 = a03.fma(b01, s31);
            if (ai == -1) {
                break;
            }
            FloatVector a04 = FloatVector.broadcast(F, a[ai + 4]);
            s40 = a04.fma(b00, s40);
            s41 = a04.fma(b01, s41);
            FloatVector a05 = FloatVector.broadcast(F, a[ai + 5]);
            s50 = a05.fma(b00, s50);
            s51 = a05.fma(b01, s51);
            ai += aStep;
        }
        int f1 = fromOffset + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f2).add(s20).intoArray(c, c2);
        FloatVector.fromArray(F, from, f2 + L).add(s21).intoArray(c, c2 + L);
        FloatVector.fromArray(F, from, f3).add(s30).intoArray(c, c3);
        FloatVector.fromArray(F, from, f3 + L).add(s31).intoArray(c, c3 + L);
        FloatVector.fromArray(F, from, f4).add(s40).intoArray(c, c4);
        FloatVector.fromArray(F, from, f4 + L).add(s41).intoArray(c, c4 + L);
        FloatVector.fromArray(F, from, f5).add(s50).intoArray(c, c5);
        FloatVector.fromArray(F, from, f5 + L).add(s51).intoArray(c, c5 + L);
    }

    /** 5 rows x 2 vectors, the rows side by side. */
    static void rows5(float[] a, int aOffset, int aStep, float[] b, int bOffset, float[] from, int fromOffset, int fromRow,
                      float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s20 = FloatVector.zero(F);
        FloatVector s21 = FloatVector.zero(F);
        FloatVector s30 = FloatVector.zero(F);
        FloatVector s31 = FloatVector.zero(F);
        FloatVector s40 = FloatVector.zero(F);
        FloatVector s41 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + inner * Panels.WIDTH;
        for (int last = end - 2 * Panels.WIDTH; bi <= last; bi += 2 * Panels.WIDTH) {
            FloatVector b00 = FloatVector.fromArray(F, b, bi);
            FloatVector b01 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a00 = FloatVector.broadcast(F, a[ai]);
            s00 = a00.fma(b00, s00);
            s01 = a00.fma(b01, s01);
            FloatVector a01 = FloatVector.broadcast(F, a[ai + 1]);
            s10 = a01.fma(b00, s10);
            s11 = a01.fma(b01, s11);
            FloatVector a02 = FloatVector.broadcast(F, a[ai + 2]);
            s20 = a02.fma(b00, s20);
            s21 = a02.fma(b01, s21);
            FloatVector a03 = FloatVector.broadcast(F, a[ai + 3]);
            s30 = a03.fma(b00, s30);
            s31 = a03.fma(b01, s31);
            FloatVector a04 = FloatVector.broadcast(F, a[ai + 4]);
            s40 = a04.fma(b00, s40);
            s41 = a04.fma(b01, s41);
            if (ai == -1) {
                break;
            }
            FloatVector b10 = FloatVector.fromArray(F, b, bi + Panels.WIDTH);
            FloatVector b11 = FloatVector.fromArray(F, b, bi + Panels.WIDTH + L);
            int next = ai + aStep;
            FloatVector a10 = FloatVector.broadcast(F, a[next]);
            s00 = a10.fma(b10, s00);
            s01 = a10.fma(b11, s01);
            FloatVector a11 = FloatVector.broadcast(F, a[next + 1]);
            s10 = a11.fma(b10, s10);
            s11 = a11.fma(b11, s11);
            FloatVector a12 = FloatVector.broadcast(F, a[next + 2]);
            s20 = a12.fma(b10, s20);
            s21 = a12.fma(b11, s21);
            FloatVector a13 = FloatVector.broadcast(F, a[next + 3]);
            s30 = a13.fma(b10, s30);
            s31 = a13.fma(b11, s31);
            FloatVector a14 = FloatVector.broadcast(F, a[next + 4]);
            s40 = a14.fma(b10, s40);
            s41 = a14.fma(b11, s41);
            ai = next + aStep;
        }
        for (; bi < end; bi += Panels.WIDTH) {
            FloatVector b00 = FloatVector.fromArray(F, b, bi);
            FloatVector b01 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a00 = FloatVector.broadcast(F, a[ai]);
            s00 = a00.fma(b00, s00);
            s01 = a00.fma(b01, s01);
            FloatVector a01 = FloatVector.broadcast(F, a[ai + 1]);
            s10 = a01.fma(b00, s10);
            s11 = a01.fma(b01, s11);
            FloatVector a02 = FloatVector.broadcast(F, a[ai + 2]);
            s20 = a02.fma(b00, s20);
            s21 = a02.fma(b01, s21);
            FloatVector a03 = FloatVector.broadcast(F, a[ai + 3]);
            s30 = a03.fma(b00, s30);
            s31 = a03.fma(b01, s31);
            FloatVector a04 = FloatVector.broadcast(F, a[ai + 4]);
            s40 = a04.fma(b00, s40);
            s41 = a04.fma(b01, s41);
            ai += aStep;
        }
        int f1 = fromOffset + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f2).add(s20).intoArray(c, c2);
        FloatVector.fromArray(F, from, f2 + L).add(s21).intoArray(c, c2 + L);
        FloatVector.fromArray(F, from, f3).add(s30).intoArray(c, c3);
        FloatVector.fromArray(F, from, f3 + L).add(s31).intoArray(c, c3 + L);
        FloatVector.fromArray(F, from, f4).add(s40).intoArray(c, c4);
        FloatVector.fromArray(F, from, f4 + L).add(s41).intoArray(c, c4 + L);
    }

    /** 6 rows x 2 vectors, the rows apart ({@code aStep} is 1): with every index the sum of the counter and a constant, C2 checks them before the loop. */
    static void dense6(float[] a, int aOffset, int aRow, float[] b, int bOffset, float[] from, int fromOffset, int fromRow,
                       float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s20 = FloatVector.zero(F);
        FloatVector s21 = FloatVector.zero(F);
        FloatVector s30 = FloatVector.zero(F);
        FloatVector s31 = FloatVector.zero(F);
        FloatVector s40 = FloatVector.zero(F);
        FloatVector s41 = FloatVector.zero(F);
        FloatVector s50 = FloatVector.zero(F);
        FloatVector s51 = FloatVector.zero(F);
        int a1 = aOffset + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        for (int k = 0; k < inner; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bOffset + k * Panels.WIDTH);
            FloatVector b1 = FloatVector.fromArray(F, b, bOffset + k * Panels.WIDTH + L);
            FloatVector x0 = FloatVector.broadcast(F, a[aOffset + k]);
            s00 = x0.fma(b0, s00);
            s01 = x0.fma(b1, s01);
            FloatVector x1 = FloatVector.broadcast(F, a[a1 + k]);
            s10 = x1.fma(b0, s10);
            s11 = x1.fma(b1, s11);
            FloatVector x2 = FloatVector.broadcast(F, a[a2 + k]);
            s20 = x2.fma(b0, s20);
            s21 = x2.fma(b1, s21);
            FloatVector x3 = FloatVector.broadcast(F, a[a3 + k]);
            s30 = x3.fma(b0, s30);
            s31 = x3.fma(b1, s31);
            FloatVector x4 = FloatVector.broadcast(F, a[a4 + k]);
            s40 = x4.fma(b0, s40);
            s41 = x4.fma(b1, s41);
            FloatVector x5 = FloatVector.broadcast(F, a[a5 + k]);
            s50 = x5.fma(b0, s50);
            s51 = x5.fma(b1, s51);
        }
        int f1 = fromOffset + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f2).add(s20).intoArray(c, c2);
        FloatVector.fromArray(F, from, f2 + L).add(s21).intoArray(c, c2 + L);
        FloatVector.fromArray(F, from, f3).add(s30).intoArray(c, c3);
        FloatVector.fromArray(F, from, f3 + L).add(s31).intoArray(c, c3 + L);
        FloatVector.fromArray(F, from, f4).add(s40).intoArray(c, c4);
        FloatVector.fromArray(F, from, f4 + L).add(s41).intoArray(c, c4 + L);
        FloatVector.fromArray(F, from, f5).add(s50).intoArray(c, c5);
        FloatVector.fromArray(F, from, f5 + L).add(s51).intoArray(c, c5 + L);
    }
}
