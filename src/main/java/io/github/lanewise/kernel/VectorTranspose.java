package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Panels.BLOCK;
import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes 16 x 16 floats on vectors of any width, by interleaving four by four.
 *
 * <p>Element {@code column} of row {@code i + 4q} comes to position {@code 4 * column + q} of a row {@code i} of 64 floats in the first pass, and from
 * there to position {@code 16 * column + 4q + i} in the second. Every store is a whole vector: between the products of a backward pass this takes
 * about half the time of 16 stores to each cache line, which wait for the line.
 */
final class VectorTranspose {
    private static final VectorShuffle<Float> LOW_HALVES = VectorShuffle.fromOp(F, j -> j % 2 == 0 ? j / 2 : j / 2 - L);
    private static final VectorShuffle<Float> HIGH_HALVES = VectorShuffle.fromOp(F, j -> j % 2 == 0 ? (L + j) / 2 : (L + j) / 2 - L);

    private VectorTranspose() {}

    /** {@code to[column][row] = from[row][column]} for 16 rows and 16 columns. */
    static void block(float[] from, int offset, int fromRow, float[] to, int toOffset, int toRow) {
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
}
