package io.github.lanewise.kernel;

import java.util.random.RandomGenerator;

/**
 * A small seeded generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014) whose sequence is part of its contract: a
 * seed means the same on every machine. Weights start from it, and word2vec draws from it.
 */
public final class SplitMix64 implements RandomGenerator {
    private long state;

    /**
     * Starts a sequence.
     *
     * @param seed any number
     */
    public SplitMix64(long seed) {
        state = seed;
    }

    /**
     * Returns the whole state: a new generator with this seed goes on where this one stands.
     *
     * @return a seed
     */
    public long state() {
        return state;
    }

    @Override
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
