package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Reductions on vectors: the 16 chains are 16 lanes, in one, two or four registers. What a loop carries from round to round is an argument
 * in it, never the receiver: C2 knows the class of a carried vector only after the loop is resolved, so a call on it stays virtual where the
 * profile is missing, and a virtual call puts its vectors on the heap.
 */
sealed interface VectorReductions extends ReductionKernels permits VectorKernels {

    @Override
    default float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        Checks.range("a", a, aOffset, length);
        Checks.range("b", b, bOffset, length);
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int blocks = length & -Panels.BLOCK;
        for (int i = 0; i < blocks; i += Panels.BLOCK) {
            s0 = FloatVector.fromArray(F, a, aOffset + i).fma(FloatVector.fromArray(F, b, bOffset + i), s0);
            if (L < 16) {
                s1 = FloatVector.fromArray(F, a, aOffset + i + L).fma(FloatVector.fromArray(F, b, bOffset + i + L), s1);
            }
            if (L < 8) {
                s2 = FloatVector.fromArray(F, a, aOffset + i + 2 * L).fma(FloatVector.fromArray(F, b, bOffset + i + 2 * L), s2);
                s3 = FloatVector.fromArray(F, a, aOffset + i + 3 * L).fma(FloatVector.fromArray(F, b, bOffset + i + 3 * L), s3);
            }
        }
        int rest = length - blocks;
        if (L < 16 && rest >= L) {
            s0 = FloatVector.fromArray(F, a, aOffset + blocks).fma(FloatVector.fromArray(F, b, bOffset + blocks), s0);
        }
        if (L < 8 && rest >= 2 * L) {
            s1 = FloatVector.fromArray(F, a, aOffset + blocks + L).fma(FloatVector.fromArray(F, b, bOffset + blocks + L), s1);
        }
        if (L < 8 && rest >= 3 * L) {
            s2 = FloatVector.fromArray(F, a, aOffset + blocks + 2 * L).fma(FloatVector.fromArray(F, b, bOffset + blocks + 2 * L), s2);
        }
        if (rest % L != 0) {
            // A chain without an element keeps its value: adding 0 * 0 would turn -0 into +0. One mask only: with four of them C1 gives the
            // method up ("out of virtual registers"), and it may then stay in C1's code that puts every vector on the heap.
            int last = blocks + rest / L * L;
            var m = F.indexInRange(last, length);
            FloatVector x = FloatVector.fromArray(F, a, aOffset + last, m);
            FloatVector y = FloatVector.fromArray(F, b, bOffset + last, m);
            var beyond = m.not();
            if (rest < L) {
                s0 = x.fma(y, s0).blend(s0, beyond);
            } else if (rest < 2 * L) {
                s1 = x.fma(y, s1).blend(s1, beyond);
            } else if (rest < 3 * L) {
                s2 = x.fma(y, s2).blend(s2, beyond);
            } else {
                s3 = x.fma(y, s3).blend(s3, beyond);
            }
        }
        if (L == 16) {
            s0 = s0.add(s0.rearrange(Tree.BY_8));
        } else if (L == 8) {
            s0 = s0.add(s1);
        } else {
            s0 = s0.add(s2);
            s1 = s1.add(s3);
        }
        if (L == 4) {
            s0 = s0.add(s1);
        } else {
            s0 = s0.add(s0.rearrange(Tree.BY_4));
        }
        s0 = s0.add(s0.rearrange(Tree.BY_2));
        return s0.lane(0) + s0.lane(1);
    }

    @Override
    default float sumOfSquares(float[] a, int aOffset, int length) {
        return dot(a, aOffset, a, aOffset, length);
    }

    @Override
    default float sum(float[] a, int aOffset, int length) {
        Checks.range("a", a, aOffset, length);
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int blocks = length & -Panels.BLOCK;
        for (int i = 0; i < blocks; i += Panels.BLOCK) {
            s0 = FloatVector.fromArray(F, a, aOffset + i).add(s0);
            if (L < 16) {
                s1 = FloatVector.fromArray(F, a, aOffset + i + L).add(s1);
            }
            if (L < 8) {
                s2 = FloatVector.fromArray(F, a, aOffset + i + 2 * L).add(s2);
                s3 = FloatVector.fromArray(F, a, aOffset + i + 3 * L).add(s3);
            }
        }
        int rest = length - blocks;
        if (L < 16 && rest >= L) {
            s0 = FloatVector.fromArray(F, a, aOffset + blocks).add(s0);
        }
        if (L < 8 && rest >= 2 * L) {
            s1 = FloatVector.fromArray(F, a, aOffset + blocks + L).add(s1);
        }
        if (L < 8 && rest >= 3 * L) {
            s2 = FloatVector.fromArray(F, a, aOffset + blocks + 2 * L).add(s2);
        }
        if (rest % L != 0) {
            int last = blocks + rest / L * L;
            // No chain is ever -0, so the zeros of lanes beyond the end change nothing.
            FloatVector x = FloatVector.fromArray(F, a, aOffset + last, F.indexInRange(last, length));
            if (rest < L) {
                s0 = x.add(s0);
            } else if (rest < 2 * L) {
                s1 = x.add(s1);
            } else if (rest < 3 * L) {
                s2 = x.add(s2);
            } else {
                s3 = x.add(s3);
            }
        }
        if (L == 16) {
            s0 = s0.add(s0.rearrange(Tree.BY_8));
        } else if (L == 8) {
            s0 = s0.add(s1);
        } else {
            s0 = s0.add(s2);
            s1 = s1.add(s3);
        }
        if (L == 4) {
            s0 = s0.add(s1);
        } else {
            s0 = s0.add(s0.rearrange(Tree.BY_4));
        }
        s0 = s0.add(s0.rearrange(Tree.BY_2));
        return s0.lane(0) + s0.lane(1);
    }

    /** Lane {@code j} takes lane {@code j + n}, around the end. */
    final class Tree {
        static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(F, 8 % L, 1, true);
        static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(F, 4 % L, 1, true);
        static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(F, 2, 1, true);

        private Tree() {}
    }
}
