package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.SplitMix64;

/**
 * Draws words with probability proportional to {@code count^0.75}, by Walker's alias method: one random number, one table entry, whatever the size.
 * word2vec.c uses a table of 10^8 words instead, whose 400 MB miss every cache.
 */
final class NegativeSampler {
    private static final double POWER = 0.75;

    /** One per word: the alias in the upper half, the probability of the word itself (as a fraction of 2^32) in the lower. */
    private final long[] entries;

    NegativeSampler(Vocabulary vocabulary) {
        int n = vocabulary.size();
        double[] rest = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            // A word of unknown count can still be drawn.
            rest[i] = StrictMath.pow((double) Math.max(1, vocabulary.count(i)), POWER);
            sum += rest[i];
        }
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            rest[i] *= n / sum;
            if (rest[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        entries = new long[n];
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            entries[poor] = entry(rich, rest[poor]);
            rest[rich] -= 1 - rest[poor];
            if (rest[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        // What is left is 1 up to rounding.
        while (larges > 0) {
            int word = large[--larges];
            entries[word] = entry(word, 1);
        }
        while (smalls > 0) {
            int word = small[--smalls];
            entries[word] = entry(word, 1);
        }
    }

    private static long entry(int alias, double probability) {
        return (long) alias << 32 | Math.min((long) (probability * 0x1p32), 0xFFFFFFFFL);
    }

    int draw(SplitMix64 random) {
        long bits = random.nextLong();
        int word = (int) (((bits >>> 32) * entries.length) >>> 32);
        long entry = entries[word];
        return (bits & 0xFFFFFFFFL) < (entry & 0xFFFFFFFFL) ? word : (int) (entry >>> 32);
    }
}
