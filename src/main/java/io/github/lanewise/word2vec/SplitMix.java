package io.github.lanewise.word2vec;

/**
 * The random numbers of training: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Written out here because
 * results depend on every bit, and so that the whole state is one number that a checkpoint can hold.
 */
final class SplitMix {
    private long state;

    SplitMix(long state) {
        this.state = state;
    }

    /** Returns the generator number {@code stream} of a seed; their sequences start far apart. */
    static SplitMix stream(long seed, int stream) {
        SplitMix mixer = new SplitMix(seed);
        long start = 0;
        for (int i = 0; i <= stream; i++) {
            start = mixer.next();
        }
        return new SplitMix(start);
    }

    long state() {
        return state;
    }

    /** Returns 64 random bits. */
    long next() {
        long z = state += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to {@code bound - 1}; the bias is below bound / 2^32. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Returns a float of 24 random bits in [0, 1). */
    float unit() {
        return (next() >>> 40) * 0x1p-24f;
    }
}
