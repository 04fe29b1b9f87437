package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles, {@code c = from + a * b}: several rows times some vectors of columns, the accumulators all in registers.
 *
 * <p>With 32 registers of 512 bits the tile is 4 rows x 4 vectors, the columns of a panel: it reads whole rows of {@code b}, line after line, and has
 * fewer indices to check than 8 rows x 2 vectors, which took 4 to 8 % longer, from matrices in L1 up to some in memory; more rows (5 x 4, 6 x 4) gain
 * nothing. Panels of fewer columns take 8 x 2. 16 registers hold 6 x 2; {@link VectorPanelTiles} has more for these. Two rows alone want 2 x 4: 4
 * accumulators wait for their own results (256 bits, Zen 4: 34 instead of 43 to 50 of 87 GFLOP/s).
 *
 * <p>Every tile adds one chain that starts from zero, so nothing of {@code c} lives in the loop; with its values or addresses alive there C2 ran out
 * of integer registers and kept some in vector registers, whose moves took turns from the multiplications.
 */
final class VectorTiles {
    private VectorTiles() {}

    /** 4 rows x 4 vectors. */
    static void rows4x4(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                        float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s02 = FloatVector.zero(F);
        FloatVector s03 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s12 = FloatVector.zero(F);
        FloatVector s13 = FloatVector.zero(F);
        FloatVector s20 = FloatVector.zero(F);
        FloatVector s21 = FloatVector.zero(F);
        FloatVector s22 = FloatVector.zero(F);
        FloatVector s23 = FloatVector.zero(F);
        FloatVector s30 = FloatVector.zero(F);
        FloatVector s31 = FloatVector.zero(F);
        FloatVector s32 = FloatVector.zero(F);
        FloatVector s33 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + inner * bStep;
        while (bi < end) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector b2 = FloatVector.fromArray(F, b, bi + 2 * L);
            FloatVector b3 = FloatVector.fromArray(F, b, bi + 3 * L);
            FloatVector a0 = FloatVector.broadcast(F, a[ai]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            s02 = a0.fma(b2, s02);
            s03 = a0.fma(b3, s03);
            FloatVector a1 = FloatVector.broadcast(F, a[ai + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            s12 = a1.fma(b2, s12);
            s13 = a1.fma(b3, s13);
            FloatVector a2 = FloatVector.broadcast(F, a[ai + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            s22 = a2.fma(b2, s22);
            s23 = a2.fma(b3, s23);
            FloatVector a3 = FloatVector.broadcast(F, a[ai + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            s32 = a3.fma(b2, s32);
            s33 = a3.fma(b3, s33);
            ai += aStep;
            bi += bStep;
        }
        int f1 = fromOffset + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, fromOffset + 2 * L).add(s02).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, from, fromOffset + 3 * L).add(s03).intoArray(c, cOffset + 3 * L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f1 + 2 * L).add(s12).intoArray(c, c1 + 2 * L);
        FloatVector.fromArray(F, from, f1 + 3 * L).add(s13).intoArray(c, c1 + 3 * L);
        FloatVector.fromArray(F, from, f2).add(s20).intoArray(c, c2);
        FloatVector.fromArray(F, from, f2 + L).add(s21).intoArray(c, c2 + L);
        FloatVector.fromArray(F, from, f2 + 2 * L).add(s22).intoArray(c, c2 + 2 * L);
        FloatVector.fromArray(F, from, f2 + 3 * L).add(s23).intoArray(c, c2 + 3 * L);
        FloatVector.fromArray(F, from, f3).add(s30).intoArray(c, c3);
        FloatVector.fromArray(F, from, f3 + L).add(s31).intoArray(c, c3 + L);
        FloatVector.fromArray(F, from, f3 + 2 * L).add(s32).intoArray(c, c3 + 2 * L);
        FloatVector.fromArray(F, from, f3 + 3 * L).add(s33).intoArray(c, c3 + 3 * L);
    }

    /** 8 rows x 2 vectors. */
    static void rows8(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int inner) {
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
        FloatVector s60 = FloatVector.zero(F);
        FloatVector s61 = FloatVector.zero(F);
        FloatVector s70 = FloatVector.zero(F);
        FloatVector s71 = FloatVector.zero(F);
        int low = aOffset;
        int high = aOffset + 4 * aRow;
        int bi = bOffset;
        int end = bOffset + inner * bStep;
        while (bi < end) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a0 = FloatVector.broadcast(F, a[low]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(F, a[low + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(F, a[low + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(F, a[low + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            FloatVector a4 = FloatVector.broadcast(F, a[high]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            FloatVector a5 = FloatVector.broadcast(F, a[high + aRow]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            FloatVector a6 = FloatVector.broadcast(F, a[high + 2 * aRow]);
            s60 = a6.fma(b0, s60);
            s61 = a6.fma(b1, s61);
            FloatVector a7 = FloatVector.broadcast(F, a[high + 3 * aRow]);
            s70 = a7.fma(b0, s70);
            s71 = a7.fma(b1, s71);
            low += aStep;
            high += aStep;
            bi += bStep;
        }
        int f1 = fromOffset + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int f4 = f3 + fromRow;
        int f5 = f4 + fromRow;
        int f6 = f5 + fromRow;
        int f7 = f6 + fromRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        int c6 = c5 + cRow;
        int c7 = c6 + cRow;
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
        FloatVector.fromArray(F, from, f6).add(s60).intoArray(c, c6);
        FloatVector.fromArray(F, from, f6 + L).add(s61).intoArray(c, c6 + L);
        FloatVector.fromArray(F, from, f7).add(s70).intoArray(c, c7);
        FloatVector.fromArray(F, from, f7 + L).add(s71).intoArray(c, c7 + L);
    }

    /** 6 rows x 2 vectors. */
    static void rows6(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int inner) {
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
        for (int k = 0; k < inner; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a0 = FloatVector.broadcast(F, a[ai]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(F, a[ai + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(F, a[ai + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(F, a[ai + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            FloatVector a4 = FloatVector.broadcast(F, a[ai + 4 * aRow]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            FloatVector a5 = FloatVector.broadcast(F, a[ai + 5 * aRow]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            ai += aStep;
            bi += bStep;
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

    /** 4 rows x 2 vectors. */
    static void rows4(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s20 = FloatVector.zero(F);
        FloatVector s21 = FloatVector.zero(F);
        FloatVector s30 = FloatVector.zero(F);
        FloatVector s31 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        for (int k = 0; k < inner; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a0 = FloatVector.broadcast(F, a[ai]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(F, a[ai + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(F, a[ai + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(F, a[ai + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            ai += aStep;
            bi += bStep;
        }
        int f1 = fromOffset + fromRow;
        int f2 = f1 + fromRow;
        int f3 = f2 + fromRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f2).add(s20).intoArray(c, c2);
        FloatVector.fromArray(F, from, f2 + L).add(s21).intoArray(c, c2 + L);
        FloatVector.fromArray(F, from, f3).add(s30).intoArray(c, c3);
        FloatVector.fromArray(F, from, f3 + L).add(s31).intoArray(c, c3 + L);
    }

    /** 2 rows x 4 vectors. */
    static void rows2x4(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                        float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s02 = FloatVector.zero(F);
        FloatVector s03 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        FloatVector s12 = FloatVector.zero(F);
        FloatVector s13 = FloatVector.zero(F);
        int ai = aOffset;
        int end = bOffset + inner * bStep;
        for (int bi = bOffset; bi < end; bi += bStep) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector b2 = FloatVector.fromArray(F, b, bi + 2 * L);
            FloatVector b3 = FloatVector.fromArray(F, b, bi + 3 * L);
            FloatVector a0 = FloatVector.broadcast(F, a[ai]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            s02 = a0.fma(b2, s02);
            s03 = a0.fma(b3, s03);
            FloatVector a1 = FloatVector.broadcast(F, a[ai + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            s12 = a1.fma(b2, s12);
            s13 = a1.fma(b3, s13);
            ai += aStep;
        }
        int f1 = fromOffset + fromRow;
        int c1 = cOffset + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, fromOffset + 2 * L).add(s02).intoArray(c, cOffset + 2 * L);
        FloatVector.fromArray(F, from, fromOffset + 3 * L).add(s03).intoArray(c, cOffset + 3 * L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
        FloatVector.fromArray(F, from, f1 + 2 * L).add(s12).intoArray(c, c1 + 2 * L);
        FloatVector.fromArray(F, from, f1 + 3 * L).add(s13).intoArray(c, c1 + 3 * L);
    }

    /** 2 rows x 2 vectors. */
    static void rows2(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] from, int fromOffset, int fromRow, float[] c, int cOffset, int cRow, int inner) {
        FloatVector s00 = FloatVector.zero(F);
        FloatVector s01 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        int ai = aOffset;
        int bi = bOffset;
        for (int k = 0; k < inner; k++) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a0 = FloatVector.broadcast(F, a[ai]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(F, a[ai + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            ai += aStep;
            bi += bStep;
        }
        int f1 = fromOffset + fromRow;
        int c1 = cOffset + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s00).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, fromOffset + L).add(s01).intoArray(c, cOffset + L);
        FloatVector.fromArray(F, from, f1).add(s10).intoArray(c, c1);
        FloatVector.fromArray(F, from, f1 + L).add(s11).intoArray(c, c1 + L);
    }
}
