package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles: several rows times two vectors of columns, the accumulators all in registers.
 *
 * <p>Rows times vectors is as large as the register file allows: 8 x 2 for 32 registers, 6 x 2 for 16. Wider tiles with fewer rows load more
 * of {@code b} per multiplication and measured slower (6 x 4: 88 % of the speed of 8 x 2 on 512-bit vectors).
 *
 * <p>The tiles of 8 rows come in two forms, one for each stride of {@code a} that may be 1, and work out the addresses of {@code c} again behind the loop,
 * from {@code bi - end}, which is 0. With general strides, or with these addresses alive during the loop, C2 runs out of registers and keeps
 * integers in vector registers; moving them takes turns from the multiplications (Zen 4, 512 bits, 96 rows x 512 columns x 128: 92 against
 * 112 of 114 GFLOP/s).
 */
final class VectorTiles {
    private VectorTiles() {}

    /** 8 rows x 2 vectors, the rows of {@code a} without gaps: {@code aStep = 1}. */
    static void rows8(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bStep,
                      float[] c, int cOffset, int cRow, int inner) {
        int c0 = cOffset;
        int c1 = c0 + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        int c6 = c5 + cRow;
        int c7 = c6 + cRow;
        FloatVector s00 = FloatVector.fromArray(F, c, c0);
        FloatVector s01 = FloatVector.fromArray(F, c, c0 + L);
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        FloatVector s21 = FloatVector.fromArray(F, c, c2 + L);
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        FloatVector s31 = FloatVector.fromArray(F, c, c3 + L);
        FloatVector s40 = FloatVector.fromArray(F, c, c4);
        FloatVector s41 = FloatVector.fromArray(F, c, c4 + L);
        FloatVector s50 = FloatVector.fromArray(F, c, c5);
        FloatVector s51 = FloatVector.fromArray(F, c, c5 + L);
        FloatVector s60 = FloatVector.fromArray(F, c, c6);
        FloatVector s61 = FloatVector.fromArray(F, c, c6 + L);
        FloatVector s70 = FloatVector.fromArray(F, c, c7);
        FloatVector s71 = FloatVector.fromArray(F, c, c7 + L);
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
            low++;
            high++;
            bi += bStep;
        }
        c0 += bi - end;
        c1 = c0 + cRow;
        c2 = c1 + cRow;
        c3 = c2 + cRow;
        c4 = c3 + cRow;
        c5 = c4 + cRow;
        c6 = c5 + cRow;
        c7 = c6 + cRow;
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
        s60.intoArray(c, c6);
        s61.intoArray(c, c6 + L);
        s70.intoArray(c, c7);
        s71.intoArray(c, c7 + L);
    }

    /** 8 rows x 2 vectors, the rows of {@code a} side by side: {@code aRow = 1}. */
    static void rows8Transposed(float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStep,
                                float[] c, int cOffset, int cRow, int inner) {
        int c0 = cOffset;
        int c1 = c0 + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        int c6 = c5 + cRow;
        int c7 = c6 + cRow;
        FloatVector s00 = FloatVector.fromArray(F, c, c0);
        FloatVector s01 = FloatVector.fromArray(F, c, c0 + L);
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        FloatVector s21 = FloatVector.fromArray(F, c, c2 + L);
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        FloatVector s31 = FloatVector.fromArray(F, c, c3 + L);
        FloatVector s40 = FloatVector.fromArray(F, c, c4);
        FloatVector s41 = FloatVector.fromArray(F, c, c4 + L);
        FloatVector s50 = FloatVector.fromArray(F, c, c5);
        FloatVector s51 = FloatVector.fromArray(F, c, c5 + L);
        FloatVector s60 = FloatVector.fromArray(F, c, c6);
        FloatVector s61 = FloatVector.fromArray(F, c, c6 + L);
        FloatVector s70 = FloatVector.fromArray(F, c, c7);
        FloatVector s71 = FloatVector.fromArray(F, c, c7 + L);
        int ai = aOffset;
        int bi = bOffset;
        int end = bOffset + inner * bStep;
        while (bi < end) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            FloatVector b1 = FloatVector.fromArray(F, b, bi + L);
            FloatVector a0 = FloatVector.broadcast(F, a[ai]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(F, a[ai + 1]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(F, a[ai + 2]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(F, a[ai + 3]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            FloatVector a4 = FloatVector.broadcast(F, a[ai + 4]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            FloatVector a5 = FloatVector.broadcast(F, a[ai + 5]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            FloatVector a6 = FloatVector.broadcast(F, a[ai + 6]);
            s60 = a6.fma(b0, s60);
            s61 = a6.fma(b1, s61);
            FloatVector a7 = FloatVector.broadcast(F, a[ai + 7]);
            s70 = a7.fma(b0, s70);
            s71 = a7.fma(b1, s71);
            ai += aStep;
            bi += bStep;
        }
        c0 += bi - end;
        c1 = c0 + cRow;
        c2 = c1 + cRow;
        c3 = c2 + cRow;
        c4 = c3 + cRow;
        c5 = c4 + cRow;
        c6 = c5 + cRow;
        c7 = c6 + cRow;
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
        s60.intoArray(c, c6);
        s61.intoArray(c, c6 + L);
        s70.intoArray(c, c7);
        s71.intoArray(c, c7 + L);
    }

    /** 6 rows x 2 vectors. */
    static void rows6(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] c, int cOffset, int cRow, int inner) {
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        FloatVector s21 = FloatVector.fromArray(F, c, c2 + L);
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        FloatVector s31 = FloatVector.fromArray(F, c, c3 + L);
        FloatVector s40 = FloatVector.fromArray(F, c, c4);
        FloatVector s41 = FloatVector.fromArray(F, c, c4 + L);
        FloatVector s50 = FloatVector.fromArray(F, c, c5);
        FloatVector s51 = FloatVector.fromArray(F, c, c5 + L);
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
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
    }

    /** 4 rows x 2 vectors. */
    static void rows4(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] c, int cOffset, int cRow, int inner) {
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        FloatVector s21 = FloatVector.fromArray(F, c, c2 + L);
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        FloatVector s31 = FloatVector.fromArray(F, c, c3 + L);
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
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
    }

    /** 2 rows x 2 vectors. */
    static void rows2(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStep,
                      float[] c, int cOffset, int cRow, int inner) {
        int c1 = cOffset + cRow;
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
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
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
    }
}
