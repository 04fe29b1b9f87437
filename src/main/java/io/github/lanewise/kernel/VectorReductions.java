package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** Reductions on vectors: the 16 chains are 16 lanes, in one, two or four registers. */
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
        if (blocks < length) {
            // A chain without an element keeps its value: adding 0 * 0 would turn -0 into +0.
            var m0 = F.indexInRange(blocks, length);
            s0 = s0.blend(FloatVector.fromArray(F, a, aOffset + blocks, m0).fma(FloatVector.fromArray(F, b, bOffset + blocks, m0), s0), m0);
            if (L < 16) {
                var m1 = F.indexInRange(blocks + L, length);
                s1 = s1.blend(
                        FloatVector.fromArray(F, a, aOffset + blocks + L, m1).fma(FloatVector.fromArray(F, b, bOffset + blocks + L, m1), s1), m1);
            }
            if (L < 8) {
                var m2 = F.indexInRange(blocks + 2 * L, length);
                s2 = s2.blend(FloatVector.fromArray(F, a, aOffset + blocks + 2 * L, m2)
                        .fma(FloatVector.fromArray(F, b, bOffset + blocks + 2 * L, m2), s2), m2);
                var m3 = F.indexInRange(blocks + 3 * L, length);
                s3 = s3.blend(FloatVector.fromArray(F, a, aOffset + blocks + 3 * L, m3)
                        .fma(FloatVector.fromArray(F, b, bOffset + blocks + 3 * L, m3), s3), m3);
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
            s0 = s0.add(FloatVector.fromArray(F, a, aOffset + i));
            if (L < 16) {
                s1 = s1.add(FloatVector.fromArray(F, a, aOffset + i + L));
            }
            if (L < 8) {
                s2 = s2.add(FloatVector.fromArray(F, a, aOffset + i + 2 * L));
                s3 = s3.add(FloatVector.fromArray(F, a, aOffset + i + 3 * L));
            }
        }
        if (blocks < length) {
            // No chain is ever -0, so the zeros of lanes beyond the end change nothing.
            s0 = s0.add(FloatVector.fromArray(F, a, aOffset + blocks, F.indexInRange(blocks, length)));
            if (L < 16) {
                s1 = s1.add(FloatVector.fromArray(F, a, aOffset + blocks + L, F.indexInRange(blocks + L, length)));
            }
            if (L < 8) {
                s2 = s2.add(FloatVector.fromArray(F, a, aOffset + blocks + 2 * L, F.indexInRange(blocks + 2 * L, length)));
                s3 = s3.add(FloatVector.fromArray(F, a, aOffset + blocks + 3 * L, F.indexInRange(blocks + 3 * L, length)));
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
