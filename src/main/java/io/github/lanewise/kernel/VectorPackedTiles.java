package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles for 16 registers whose factors follow each other in memory: {@link MatrixKernels#matmulTiles}. Tiles that walk through a panel
 * ({@link VectorPanelTiles}) are 10 to 20 % slower on Zen 4 at 256 bits ({@code ./lanewise bench roofline}): of a slice of a panel, a line of cache in every
 * fourth, L1 has room for one half, so each tile fetches it again.
 *
 * <p>12 accumulators leave four of the registers for factors. From a loop without a branch C2 loads more factors ahead and keeps accumulators in memory
 * instead, at half the speed. An index is never negative where its checks have passed, so {@code ai == -1} and so on are never true: each is one
 * instruction that C2 must not move loads across. Two indices in a round then share the checks of one: 53 operations for 24 multiplications, 66
 * with two indices that were checked each time. That gains nothing where both threads of a core are free for one, but 10 to 20 % where another one is
 * busy on it.
 */
final class VectorPackedTiles {
    private VectorPackedTiles() {}

    /** 6 rows, a tile, x 2 vectors, two inner indices in a round. */
    static void rows6(float[] a, int aOffset, float[] b, int bOffset, float[] from, int fromOffset, float[] c, int cOffset, int cRow, int inner) {
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
        int end = bOffset + inner * Panels.BLOCK;
        for (int last = end - 2 * Panels.BLOCK; bi <= last; bi += 2 * Panels.BLOCK) {
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
            FloatVector b10 = FloatVector.fromArray(F, b, bi + Panels.BLOCK);
            FloatVector b11 = FloatVector.fromArray(F, b, bi + Panels.BLOCK + L);
            FloatVector a10 = FloatVector.broadcast(F, a[ai + 6]);
            s00 = a10.fma(b10, s00);
            s01 = a10.fma(b11, s01);
            FloatVector a11 = FloatVector.broadcast(F, a[ai + 7]);
            s10 = a11.fma(b10, s10);
            s11 = a11.fma(b11, s11);
            FloatVector a12 = FloatVector.broadcast(F, a[ai + 8]);
            s20 = a12.fma(b10, s20);
            s21 = a12.fma(b11, s21);
            FloatVector a13 = FloatVector.broadcast(F, a[ai + 9]);
            s30 = a13.fma(b10, s30);
            s31 = a13.fma(b11, s31);
            if (ai == -3) {
                break;
            }
            FloatVector a14 = FloatVector.broadcast(F, a[ai + 10]);
            s40 = a14.fma(b10, s40);
            s41 = a14.fma(b11, s41);
            FloatVector a15 = FloatVector.broadcast(F, a[ai + 11]);
            s50 = a15.fma(b10, s50);
            s51 = a15.fma(b11, s51);
            ai += 2 * MatrixKernels.TILE;
        }
        for (; bi < end; bi += Panels.BLOCK) {
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
            ai += MatrixKernels.TILE;
        }
        int f1 = fromOffset + cRow;
        int f2 = f1 + cRow;
        int f3 = f2 + cRow;
        int f4 = f3 + cRow;
        int f5 = f4 + cRow;
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

    /** 12 rows, two tiles, x 1 vector. */
    static void rows12(float[] a, int aOffset, float[] b, int bOffset, float[] from, int fromOffset, float[] c, int cOffset, int cRow, int inner) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector s4 = FloatVector.zero(F);
        FloatVector s5 = FloatVector.zero(F);
        FloatVector s6 = FloatVector.zero(F);
        FloatVector s7 = FloatVector.zero(F);
        FloatVector s8 = FloatVector.zero(F);
        FloatVector s9 = FloatVector.zero(F);
        FloatVector s10 = FloatVector.zero(F);
        FloatVector s11 = FloatVector.zero(F);
        int low = aOffset;
        int high = aOffset + MatrixKernels.TILE * inner;
        int end = bOffset + inner * Panels.BLOCK;
        for (int bi = bOffset; bi < end; bi += Panels.BLOCK) {
            FloatVector b0 = FloatVector.fromArray(F, b, bi);
            s0 = FloatVector.broadcast(F, a[low]).fma(b0, s0);
            s1 = FloatVector.broadcast(F, a[low + 1]).fma(b0, s1);
            s2 = FloatVector.broadcast(F, a[low + 2]).fma(b0, s2);
            s3 = FloatVector.broadcast(F, a[low + 3]).fma(b0, s3);
            s4 = FloatVector.broadcast(F, a[low + 4]).fma(b0, s4);
            s5 = FloatVector.broadcast(F, a[low + 5]).fma(b0, s5);
            s6 = FloatVector.broadcast(F, a[high]).fma(b0, s6);
            s7 = FloatVector.broadcast(F, a[high + 1]).fma(b0, s7);
            s8 = FloatVector.broadcast(F, a[high + 2]).fma(b0, s8);
            s9 = FloatVector.broadcast(F, a[high + 3]).fma(b0, s9);
            s10 = FloatVector.broadcast(F, a[high + 4]).fma(b0, s10);
            s11 = FloatVector.broadcast(F, a[high + 5]).fma(b0, s11);
            low += MatrixKernels.TILE;
            high += MatrixKernels.TILE;
        }
        int f1 = fromOffset + cRow;
        int f2 = f1 + cRow;
        int f3 = f2 + cRow;
        int f4 = f3 + cRow;
        int f5 = f4 + cRow;
        int f6 = f5 + cRow;
        int f7 = f6 + cRow;
        int f8 = f7 + cRow;
        int f9 = f8 + cRow;
        int f10 = f9 + cRow;
        int f11 = f10 + cRow;
        int c1 = cOffset + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        int c4 = c3 + cRow;
        int c5 = c4 + cRow;
        int c6 = c5 + cRow;
        int c7 = c6 + cRow;
        int c8 = c7 + cRow;
        int c9 = c8 + cRow;
        int c10 = c9 + cRow;
        int c11 = c10 + cRow;
        FloatVector.fromArray(F, from, fromOffset).add(s0).intoArray(c, cOffset);
        FloatVector.fromArray(F, from, f1).add(s1).intoArray(c, c1);
        FloatVector.fromArray(F, from, f2).add(s2).intoArray(c, c2);
        FloatVector.fromArray(F, from, f3).add(s3).intoArray(c, c3);
        FloatVector.fromArray(F, from, f4).add(s4).intoArray(c, c4);
        FloatVector.fromArray(F, from, f5).add(s5).intoArray(c, c5);
        FloatVector.fromArray(F, from, f6).add(s6).intoArray(c, c6);
        FloatVector.fromArray(F, from, f7).add(s7).intoArray(c, c7);
        FloatVector.fromArray(F, from, f8).add(s8).intoArray(c, c8);
        FloatVector.fromArray(F, from, f9).add(s9).intoArray(c, c9);
        FloatVector.fromArray(F, from, f10).add(s10).intoArray(c, c10);
        FloatVector.fromArray(F, from, f11).add(s11).intoArray(c, c11);
    }
}
