package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of rows by rows, in registers. Each product has 16 chains; a pass computes L of the 16, so a product costs one register at every
 * width. The chains go to memory, 16 floats a product, and {@link #reduce} joins those of L products at once.
 */
final class VectorDots {
    /** At most 256 bits. */
    private static final VectorSpecies<Float> H = L == 16 ? FloatVector.SPECIES_256 : F;

    private VectorDots() {}

    /** Three rows by six. */
    static void dots3x6(float[] a, int a0, int a1, int a2, float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length,
                        float[] chains, int at, int next) {
        for (int lane = 0; lane < Panels.BLOCK; lane += L) {
            FloatVector s00 = FloatVector.zero(F);
            FloatVector s01 = FloatVector.zero(F);
            FloatVector s02 = FloatVector.zero(F);
            FloatVector s03 = FloatVector.zero(F);
            FloatVector s04 = FloatVector.zero(F);
            FloatVector s05 = FloatVector.zero(F);
            FloatVector s10 = FloatVector.zero(F);
            FloatVector s11 = FloatVector.zero(F);
            FloatVector s12 = FloatVector.zero(F);
            FloatVector s13 = FloatVector.zero(F);
            FloatVector s14 = FloatVector.zero(F);
            FloatVector s15 = FloatVector.zero(F);
            FloatVector s20 = FloatVector.zero(F);
            FloatVector s21 = FloatVector.zero(F);
            FloatVector s22 = FloatVector.zero(F);
            FloatVector s23 = FloatVector.zero(F);
            FloatVector s24 = FloatVector.zero(F);
            FloatVector s25 = FloatVector.zero(F);
            for (int j = lane; j < length; j += Panels.BLOCK) {
                FloatVector x0 = FloatVector.fromArray(F, a, a0 + j);
                FloatVector x1 = FloatVector.fromArray(F, a, a1 + j);
                FloatVector x2 = FloatVector.fromArray(F, a, a2 + j);
                FloatVector y = FloatVector.fromArray(F, b, b0 + j);
                s00 = x0.fma(y, s00);
                s10 = x1.fma(y, s10);
                s20 = x2.fma(y, s20);
                y = FloatVector.fromArray(F, b, b1 + j);
                s01 = x0.fma(y, s01);
                s11 = x1.fma(y, s11);
                s21 = x2.fma(y, s21);
                y = FloatVector.fromArray(F, b, b2 + j);
                s02 = x0.fma(y, s02);
                s12 = x1.fma(y, s12);
                s22 = x2.fma(y, s22);
                y = FloatVector.fromArray(F, b, b3 + j);
                s03 = x0.fma(y, s03);
                s13 = x1.fma(y, s13);
                s23 = x2.fma(y, s23);
                y = FloatVector.fromArray(F, b, b4 + j);
                s04 = x0.fma(y, s04);
                s14 = x1.fma(y, s14);
                s24 = x2.fma(y, s24);
                y = FloatVector.fromArray(F, b, b5 + j);
                s05 = x0.fma(y, s05);
                s15 = x1.fma(y, s15);
                s25 = x2.fma(y, s25);
            }
            int to = at + lane;
            s00.intoArray(chains, to);
            s01.intoArray(chains, to + 1 * Panels.BLOCK);
            s02.intoArray(chains, to + 2 * Panels.BLOCK);
            s03.intoArray(chains, to + 3 * Panels.BLOCK);
            s04.intoArray(chains, to + 4 * Panels.BLOCK);
            s05.intoArray(chains, to + 5 * Panels.BLOCK);
            s10.intoArray(chains, to + next);
            s11.intoArray(chains, to + next + 1 * Panels.BLOCK);
            s12.intoArray(chains, to + next + 2 * Panels.BLOCK);
            s13.intoArray(chains, to + next + 3 * Panels.BLOCK);
            s14.intoArray(chains, to + next + 4 * Panels.BLOCK);
            s15.intoArray(chains, to + next + 5 * Panels.BLOCK);
            s20.intoArray(chains, to + 2 * next);
            s21.intoArray(chains, to + 2 * next + 1 * Panels.BLOCK);
            s22.intoArray(chains, to + 2 * next + 2 * Panels.BLOCK);
            s23.intoArray(chains, to + 2 * next + 3 * Panels.BLOCK);
            s24.intoArray(chains, to + 2 * next + 4 * Panels.BLOCK);
            s25.intoArray(chains, to + 2 * next + 5 * Panels.BLOCK);
        }
    }

    /** Two rows by six. */
    static void dots2x6(float[] a, int a0, int a1, float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length,
                        float[] chains, int at, int next) {
        for (int lane = 0; lane < Panels.BLOCK; lane += L) {
            FloatVector s00 = FloatVector.zero(F);
            FloatVector s01 = FloatVector.zero(F);
            FloatVector s02 = FloatVector.zero(F);
            FloatVector s03 = FloatVector.zero(F);
            FloatVector s04 = FloatVector.zero(F);
            FloatVector s05 = FloatVector.zero(F);
            FloatVector s10 = FloatVector.zero(F);
            FloatVector s11 = FloatVector.zero(F);
            FloatVector s12 = FloatVector.zero(F);
            FloatVector s13 = FloatVector.zero(F);
            FloatVector s14 = FloatVector.zero(F);
            FloatVector s15 = FloatVector.zero(F);
            for (int j = lane; j < length; j += Panels.BLOCK) {
                FloatVector x0 = FloatVector.fromArray(F, a, a0 + j);
                FloatVector x1 = FloatVector.fromArray(F, a, a1 + j);
                FloatVector y = FloatVector.fromArray(F, b, b0 + j);
                s00 = x0.fma(y, s00);
                s10 = x1.fma(y, s10);
                y = FloatVector.fromArray(F, b, b1 + j);
                s01 = x0.fma(y, s01);
                s11 = x1.fma(y, s11);
                y = FloatVector.fromArray(F, b, b2 + j);
                s02 = x0.fma(y, s02);
                s12 = x1.fma(y, s12);
                y = FloatVector.fromArray(F, b, b3 + j);
                s03 = x0.fma(y, s03);
                s13 = x1.fma(y, s13);
                y = FloatVector.fromArray(F, b, b4 + j);
                s04 = x0.fma(y, s04);
                s14 = x1.fma(y, s14);
                y = FloatVector.fromArray(F, b, b5 + j);
                s05 = x0.fma(y, s05);
                s15 = x1.fma(y, s15);
            }
            int to = at + lane;
            s00.intoArray(chains, to);
            s01.intoArray(chains, to + 1 * Panels.BLOCK);
            s02.intoArray(chains, to + 2 * Panels.BLOCK);
            s03.intoArray(chains, to + 3 * Panels.BLOCK);
            s04.intoArray(chains, to + 4 * Panels.BLOCK);
            s05.intoArray(chains, to + 5 * Panels.BLOCK);
            s10.intoArray(chains, to + next);
            s11.intoArray(chains, to + next + 1 * Panels.BLOCK);
            s12.intoArray(chains, to + next + 2 * Panels.BLOCK);
            s13.intoArray(chains, to + next + 3 * Panels.BLOCK);
            s14.intoArray(chains, to + next + 4 * Panels.BLOCK);
            s15.intoArray(chains, to + next + 5 * Panels.BLOCK);
        }
    }

    /** One row by six. */
    static void dots1x6(float[] a, int a0, float[] b, int b0, int b1, int b2, int b3, int b4, int b5, int length,
                        float[] chains, int at, int next) {
        for (int lane = 0; lane < Panels.BLOCK; lane += L) {
            FloatVector s00 = FloatVector.zero(F);
            FloatVector s01 = FloatVector.zero(F);
            FloatVector s02 = FloatVector.zero(F);
            FloatVector s03 = FloatVector.zero(F);
            FloatVector s04 = FloatVector.zero(F);
            FloatVector s05 = FloatVector.zero(F);
            for (int j = lane; j < length; j += Panels.BLOCK) {
                FloatVector x0 = FloatVector.fromArray(F, a, a0 + j);
                s00 = x0.fma(FloatVector.fromArray(F, b, b0 + j), s00);
                s01 = x0.fma(FloatVector.fromArray(F, b, b1 + j), s01);
                s02 = x0.fma(FloatVector.fromArray(F, b, b2 + j), s02);
                s03 = x0.fma(FloatVector.fromArray(F, b, b3 + j), s03);
                s04 = x0.fma(FloatVector.fromArray(F, b, b4 + j), s04);
                s05 = x0.fma(FloatVector.fromArray(F, b, b5 + j), s05);
            }
            int to = at + lane;
            s00.intoArray(chains, to);
            s01.intoArray(chains, to + 1 * Panels.BLOCK);
            s02.intoArray(chains, to + 2 * Panels.BLOCK);
            s03.intoArray(chains, to + 3 * Panels.BLOCK);
            s04.intoArray(chains, to + 4 * Panels.BLOCK);
            s05.intoArray(chains, to + 5 * Panels.BLOCK);
        }
    }

    /** One row by one. */
    static void dots1x1(float[] a, int a0, float[] b, int b0, int length,
                        float[] chains, int at, int next) {
        for (int lane = 0; lane < Panels.BLOCK; lane += L) {
            FloatVector s00 = FloatVector.zero(F);
            for (int j = lane; j < length; j += Panels.BLOCK) {
                FloatVector x0 = FloatVector.fromArray(F, a, a0 + j);
                s00 = x0.fma(FloatVector.fromArray(F, b, b0 + j), s00);
            }
            int to = at + lane;
            s00.intoArray(chains, to);
        }
    }

    /**
     * {@code dots[d] = tree of chains[16 * d ..]} for {@code count} products, rounded up to a whole register of them. Two products share a register
     * from some step of the tree on: the lanes whose bit is set go to the second one. With 256 bits also where 512 are there: the first step is
     * then an addition of two loads (all dots of a window with 6 inputs on Zen 4: 135 against 154 ns).
     */
    static void reduce(float[] chains, float[] dots, int count) {
        VectorMask<Float> m4 = VectorMask.fromLong(H, 0xf0);
        VectorMask<Float> m2 = VectorMask.fromLong(H, 0xcc);
        VectorMask<Float> m1 = VectorMask.fromLong(H, 0xaa);
        for (int d = 0; d < count; d += H.length()) {
            int from = d * Panels.BLOCK;
            if (H.length() == 8) {
                FloatVector c0 = FloatVector.fromArray(H, chains, from + 0).add(FloatVector.fromArray(H, chains, from + 8));
                FloatVector c1 = FloatVector.fromArray(H, chains, from + 16).add(FloatVector.fromArray(H, chains, from + 24));
                FloatVector c2 = FloatVector.fromArray(H, chains, from + 32).add(FloatVector.fromArray(H, chains, from + 40));
                FloatVector c3 = FloatVector.fromArray(H, chains, from + 48).add(FloatVector.fromArray(H, chains, from + 56));
                FloatVector c4 = FloatVector.fromArray(H, chains, from + 64).add(FloatVector.fromArray(H, chains, from + 72));
                FloatVector c5 = FloatVector.fromArray(H, chains, from + 80).add(FloatVector.fromArray(H, chains, from + 88));
                FloatVector c6 = FloatVector.fromArray(H, chains, from + 96).add(FloatVector.fromArray(H, chains, from + 104));
                FloatVector c7 = FloatVector.fromArray(H, chains, from + 112).add(FloatVector.fromArray(H, chains, from + 120));
                c0 = c0.blend(c4, m4).add(c4.blend(c0, m4).rearrange(Swap.BY_4));
                c1 = c1.blend(c5, m4).add(c5.blend(c1, m4).rearrange(Swap.BY_4));
                c2 = c2.blend(c6, m4).add(c6.blend(c2, m4).rearrange(Swap.BY_4));
                c3 = c3.blend(c7, m4).add(c7.blend(c3, m4).rearrange(Swap.BY_4));
                c0 = c0.blend(c2, m2).add(c2.blend(c0, m2).rearrange(Swap.BY_2));
                c1 = c1.blend(c3, m2).add(c3.blend(c1, m2).rearrange(Swap.BY_2));
                c0.blend(c1, m1).add(c1.blend(c0, m1).rearrange(Swap.BY_1)).intoArray(dots, d);
            } else {
                FloatVector c0 = FloatVector.fromArray(H, chains, from + 0).add(FloatVector.fromArray(H, chains, from + 8))
                        .add(FloatVector.fromArray(H, chains, from + 4).add(FloatVector.fromArray(H, chains, from + 12)));
                FloatVector c1 = FloatVector.fromArray(H, chains, from + 16).add(FloatVector.fromArray(H, chains, from + 24))
                        .add(FloatVector.fromArray(H, chains, from + 20).add(FloatVector.fromArray(H, chains, from + 28)));
                FloatVector c2 = FloatVector.fromArray(H, chains, from + 32).add(FloatVector.fromArray(H, chains, from + 40))
                        .add(FloatVector.fromArray(H, chains, from + 36).add(FloatVector.fromArray(H, chains, from + 44)));
                FloatVector c3 = FloatVector.fromArray(H, chains, from + 48).add(FloatVector.fromArray(H, chains, from + 56))
                        .add(FloatVector.fromArray(H, chains, from + 52).add(FloatVector.fromArray(H, chains, from + 60)));
                c0 = c0.blend(c2, m2).add(c2.blend(c0, m2).rearrange(Swap.BY_2));
                c1 = c1.blend(c3, m2).add(c3.blend(c1, m2).rearrange(Swap.BY_2));
                c0.blend(c1, m1).add(c1.blend(c0, m1).rearrange(Swap.BY_1)).intoArray(dots, d);
            }
        }
    }

    /** Lane {@code j} takes lane {@code j ^ n}. */
    private static final class Swap {
        static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(H, j -> (j ^ 4) % H.length());
        static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(H, j -> j ^ 2);
        static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(H, j -> j ^ 1);
    }
}
