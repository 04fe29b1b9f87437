package io.github.lanewise.kernel;

/** The sigmoid table of word2vec.c: entry i is the sigmoid of {@code (i / 1000 * 2 - 1) * 6}. */
final class SigmoidTable {
    static final float[] VALUES = new float[SgnsKernels.TABLE_SIZE];

    static {
        for (int i = 0; i < VALUES.length; i++) {
            double e = StrictMath.exp((i / (double) SgnsKernels.TABLE_SIZE * 2 - 1) * SgnsKernels.TABLE_LIMIT);
            VALUES[i] = (float) (e / (e + 1));
        }
    }

    private SigmoidTable() {}
}
