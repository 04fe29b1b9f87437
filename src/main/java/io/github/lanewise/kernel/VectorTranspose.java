package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Panels.BLOCK;
import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes 16 x 16 floats: with vectors of 8 floats as four squares of 8 x 8 that stay in registers, at other widths by interleaving
 * four by four, which takes 1.7 times as long there.
 *
 * <p>Interleaved, element {@code column} of row {@code i + 4q} comes to position {@code 4 * column + q} of a row {@code i} of 64 floats in the first pass,
 * and from there to position {@code 16 * column + 4q + i} in the second. Every store is a whole vector: between the products of a backward pass this takes
 * about half the time of 16 stores to each cache line, which wait for the line.
 */
final class VectorTranspose {
    private static final VectorShuffle<Float> LOW_HALVES = VectorShuffle.fromOp(F, j -> j % 2 == 0 ? j / 2 : j / 2 - L);
    private static final VectorShuffle<Float> HIGH_HALVES = VectorShuffle.fromOp(F, j -> j % 2 == 0 ? (L + j) / 2 : (L + j) / 2 - L);

    private VectorTranspose() {}

    /** {@code to[column][row] = from[row][column]} for 16 rows and 16 columns. */
    static void block(float[] from, int offset, int fromRow, float[] to, int toOffset, int toRow) {
        if (L == 8) {
            square8(from, offset, fromRow, to, toOffset, toRow);
            square8(from, offset + 8 * fromRow, fromRow, to, toOffset + 8, toRow);
            square8(from, offset + 8, fromRow, to, toOffset + 8 * toRow, toRow);
            square8(from, offset + 8 * fromRow + 8, fromRow, to, toOffset + 8 * toRow + 8, toRow);
            return;
        }
        for (int lane = 0; lane < BLOCK; lane += L) {
            for (int i = 0; i < 4; i++) {
                // The vectors that meet in the second pass lie side by side, where it leaves its own.
                int source = offset + i * fromRow + lane;
                int target = BLOCK * lane + i * L;
                interleave(from, source, source + 4 * fromRow, source + 8 * fromRow, source + 12 * fromRow, to,
                        toOffset + index(target, toRow), toOffset + index(target + 4 * L, toRow),
                        toOffset + index(target + 8 * L, toRow), toOffset + index(target + 12 * L, toRow));
            }
        }
        for (int position = 0; position < BLOCK * BLOCK; position += 4 * L) {
            int i0 = toOffset + index(position, toRow);
            int i1 = toOffset + index(position + L, toRow);
            int i2 = toOffset + index(position + 2 * L, toRow);
            int i3 = toOffset + index(position + 3 * L, toRow);
            interleave(to, i0, i1, i2, i3, to, i0, i1, i2, i3);
        }
    }

    /**
     * {@code to[column][row] = from[row][column]} for 8 rows and 8 columns of vectors of 8 floats. Each step exchanges the lanes whose bit 4, 2 or 1 is set in
     * one row with those where it is not set in the row that is 4, 2 or 1 further on.
     */
    static void square8(float[] from, int offset, int fromRow, float[] to, int toOffset, int toRow) {
        VectorMask<Float> m4 = VectorMask.fromLong(F, 0xf0);
        VectorMask<Float> m2 = VectorMask.fromLong(F, 0xcc);
        VectorMask<Float> m1 = VectorMask.fromLong(F, 0xaa);
        FloatVector v0 = FloatVector.fromArray(F, from, offset);
        FloatVector v1 = FloatVector.fromArray(F, from, offset + fromRow);
        FloatVector v2 = FloatVector.fromArray(F, from, offset + 2 * fromRow);
        FloatVector v3 = FloatVector.fromArray(F, from, offset + 3 * fromRow);
        FloatVector v4 = FloatVector.fromArray(F, from, offset + 4 * fromRow);
        FloatVector v5 = FloatVector.fromArray(F, from, offset + 5 * fromRow);
        FloatVector v6 = FloatVector.fromArray(F, from, offset + 6 * fromRow);
        FloatVector v7 = FloatVector.fromArray(F, from, offset + 7 * fromRow);
        FloatVector s40 = v4.blend(v0, m4).rearrange(Swap.BY_4);
        v0 = v0.blend(s40, m4);
        v4 = s40.blend(v4, m4);
        FloatVector s41 = v5.blend(v1, m4).rearrange(Swap.BY_4);
        v1 = v1.blend(s41, m4);
        v5 = s41.blend(v5, m4);
        FloatVector s42 = v6.blend(v2, m4).rearrange(Swap.BY_4);
        v2 = v2.blend(s42, m4);
        v6 = s42.blend(v6, m4);
        FloatVector s43 = v7.blend(v3, m4).rearrange(Swap.BY_4);
        v3 = v3.blend(s43, m4);
        v7 = s43.blend(v7, m4);
        FloatVector s20 = v2.blend(v0, m2).rearrange(Swap.BY_2);
        v0 = v0.blend(s20, m2);
        v2 = s20.blend(v2, m2);
        FloatVector s21 = v3.blend(v1, m2).rearrange(Swap.BY_2);
        v1 = v1.blend(s21, m2);
        v3 = s21.blend(v3, m2);
        FloatVector s24 = v6.blend(v4, m2).rearrange(Swap.BY_2);
        v4 = v4.blend(s24, m2);
        v6 = s24.blend(v6, m2);
        FloatVector s25 = v7.blend(v5, m2).rearrange(Swap.BY_2);
        v5 = v5.blend(s25, m2);
        v7 = s25.blend(v7, m2);
        FloatVector s10 = v1.blend(v0, m1).rearrange(Swap.BY_1);
        v0 = v0.blend(s10, m1);
        v1 = s10.blend(v1, m1);
        FloatVector s12 = v3.blend(v2, m1).rearrange(Swap.BY_1);
        v2 = v2.blend(s12, m1);
        v3 = s12.blend(v3, m1);
        FloatVector s14 = v5.blend(v4, m1).rearrange(Swap.BY_1);
        v4 = v4.blend(s14, m1);
        v5 = s14.blend(v5, m1);
        FloatVector s16 = v7.blend(v6, m1).rearrange(Swap.BY_1);
        v6 = v6.blend(s16, m1);
        v7 = s16.blend(v7, m1);
        v0.intoArray(to, toOffset);
        v1.intoArray(to, toOffset + toRow);
        v2.intoArray(to, toOffset + 2 * toRow);
        v3.intoArray(to, toOffset + 3 * toRow);
        v4.intoArray(to, toOffset + 4 * toRow);
        v5.intoArray(to, toOffset + 5 * toRow);
        v6.intoArray(to, toOffset + 6 * toRow);
        v7.intoArray(to, toOffset + 7 * toRow);
    }

    /** Where a position in 16 rows of 16 floats lies. */
    private static int index(int position, int row) {
        return position / BLOCK * row + position % BLOCK;
    }

    /** Four vectors, element by element in turn, into four; in place if the indices agree. */
    private static void interleave(float[] from, int f0, int f1, int f2, int f3, float[] to, int t0, int t1, int t2, int t3) {
        FloatVector a = FloatVector.fromArray(F, from, f0);
        FloatVector b = FloatVector.fromArray(F, from, f1);
        FloatVector c = FloatVector.fromArray(F, from, f2);
        FloatVector d = FloatVector.fromArray(F, from, f3);
        FloatVector acLow = a.rearrange(LOW_HALVES, c);
        FloatVector acHigh = a.rearrange(HIGH_HALVES, c);
        FloatVector bdLow = b.rearrange(LOW_HALVES, d);
        FloatVector bdHigh = b.rearrange(HIGH_HALVES, d);
        acLow.rearrange(LOW_HALVES, bdLow).intoArray(to, t0);
        acLow.rearrange(HIGH_HALVES, bdLow).intoArray(to, t1);
        acHigh.rearrange(LOW_HALVES, bdHigh).intoArray(to, t2);
        acHigh.rearrange(HIGH_HALVES, bdHigh).intoArray(to, t3);
    }

    /** Lane {@code j} takes lane {@code j ^ n}. Loaded at any width, used with 8 lanes. */
    private static final class Swap {
        static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(F, j -> (j ^ 4) % L);
        static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, j -> (j ^ 2) % L);
        static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(F, j -> (j ^ 1) % L);
    }
}
