package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.SplitMix64;

/**
 * Leaves out frequent words at random, as word2vec.c does: a word of relative frequency {@code f} is kept with probability
 * {@code sqrt(sample / f) + sample / f}.
 */
final class Subsampler {
    /** Largest 31-bit number that keeps the word. */
    private final int[] limits;

    Subsampler(Vocabulary vocabulary, double sample) {
        limits = new int[vocabulary.size()];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = (int) (Math.clamp(probability(vocabulary.count(i), vocabulary.total(), sample), 0x1p-31, 1) * 0x1p31 - 1);
        }
    }

    /** Probability that a word is kept; {@code sample} 0 keeps all. */
    static double probability(long count, long total, double sample) {
        if (sample <= 0 || count <= 0) {
            return 1;
        }
        double ratio = sample * total / count;
        return Math.min(1, Math.sqrt(ratio) + ratio);
    }

    boolean keeps(int word, SplitMix64 random) {
        return (int) (random.nextLong() >>> 33) <= limits[word];
    }
}
