package io.github.lanewise.kernel;

/** The meaning of the reductions: 16 chains, one tree. */
sealed interface ScalarReductions extends ReductionKernels permits ScalarKernels {

    @Override
    default float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        Checks.range("a", a, aOffset, length);
        Checks.range("b", b, bOffset, length);
        return tree(a, aOffset, b, bOffset, length, 0, 1);
    }

    @Override
    default float sumOfSquares(float[] a, int aOffset, int length) {
        return dot(a, aOffset, a, aOffset, length);
    }

    @Override
    default float sum(float[] a, int aOffset, int length) {
        Checks.range("a", a, aOffset, length);
        return tree(a, aOffset, length, 0, 1);
    }

    /** Sum of the chains {@code first, first + step, first + 2 * step ...} below 16: the two halves of every other chain, added last. */
    private static float tree(float[] a, int aOffset, float[] b, int bOffset, int length, int first, int step) {
        if (step < Panels.BLOCK) {
            return tree(a, aOffset, b, bOffset, length, first, 2 * step) + tree(a, aOffset, b, bOffset, length, first + step, 2 * step);
        }
        float chain = 0;
        for (int i = first; i < length; i += Panels.BLOCK) {
            chain = Math.fma(a[aOffset + i], b[bOffset + i], chain);
        }
        return chain;
    }

    private static float tree(float[] a, int aOffset, int length, int first, int step) {
        if (step < Panels.BLOCK) {
            return tree(a, aOffset, length, first, 2 * step) + tree(a, aOffset, length, first + step, 2 * step);
        }
        float chain = 0;
        for (int i = first; i < length; i += Panels.BLOCK) {
            chain += a[aOffset + i];
        }
        return chain;
    }
}
