package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.SplitMix64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The random choices have the probabilities that word2vec's formulas say. Seeds are fixed, so the tests always give the same answer. */
class SamplingTest {
    private static final int DRAWS = 2_000_000;

    @Test
    void negativesFollowTheThreeQuarterPower() {
        int n = 500;
        long[] counts = IntStream.range(0, n).mapToLong(i -> 1 + 1_000_000L / ((i + 1L) * (i + 1))).toArray();
        NegativeSampler sampler = new NegativeSampler(vocabulary(counts));
        double total = 0;
        for (long count : counts) {
            total += Math.pow((double) count, 0.75);
        }
        long[] seen = new long[n];
        SplitMix64 random = new SplitMix64(11);
        for (int i = 0; i < DRAWS; i++) {
            seen[sampler.draw(random)]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < n; i++) {
            double want = DRAWS * Math.pow((double) counts[i], 0.75) / total;
            chiSquare += (seen[i] - want) * (seen[i] - want) / want;
        }
        // 499 degrees of freedom: mean 499, standard deviation 31.6.
        assertTrue(chiSquare > 400 && chiSquare < 625, "chi-square " + chiSquare);
    }

    @Test
    void aSingleWordIsAlwaysDrawn() {
        NegativeSampler sampler = new NegativeSampler(vocabulary(7));
        SplitMix64 random = new SplitMix64(3);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, sampler.draw(random));
        }
    }

    @Test
    void subsamplingKeepsWhatTheFormulaOfWord2vecSays() {
        long[] counts = {60_000, 30_000, 9_000, 900, 100};
        double sample = 1e-2;
        Subsampler subsampler = new Subsampler(vocabulary(counts), sample);
        SplitMix64 random = new SplitMix64(5);
        for (int w = 0; w < counts.length; w++) {
            double threshold = sample * 100_000;
            double want = Math.min(1, (Math.sqrt(counts[w] / threshold) + 1) * threshold / counts[w]);
            int kept = 0;
            for (int i = 0; i < DRAWS; i++) {
                kept += subsampler.keeps(w, random) ? 1 : 0;
            }
            double deviation = Math.sqrt(DRAWS * want * (1 - want));
            assertEquals(DRAWS * want, kept, 4 * deviation + 0.01, "word " + w);
        }
    }

    @Test
    void withoutSubsamplingEveryWordIsKept() {
        Subsampler subsampler = new Subsampler(vocabulary(1_000_000, 1), 0);
        SplitMix64 random = new SplitMix64(5);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(subsampler.keeps(i % 2, random));
        }
    }

    /** The size of the window is uniform from 1 to 5: a word sees each neighbour at distance d with probability (6 - d) / 5. */
    @Test
    void windowsAreUniform() {
        SplitMix64 random = new SplitMix64(17);
        int[] seen = new int[5];
        for (int i = 0; i < DRAWS; i++) {
            seen[Worker.below(5, random)]++;
        }
        for (int count : seen) {
            assertEquals(DRAWS / 5.0, count, 4 * Math.sqrt(DRAWS * 0.16));
        }
    }

    private static Vocabulary vocabulary(long... counts) {
        return Vocabulary.of(IntStream.range(0, counts.length).mapToObj(i -> "w" + i).toList(), counts);
    }
}
