package io.github.lanewise.cli.chat;

import io.github.lanewise.kernel.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/** Random choices of training, from a seeded generator; those of an epoch depend on seed and epoch alone. */
final class Draws {
    private final SplitMix64 random;

    private Draws(SplitMix64 random) {
        this.random = random;
    }

    /** The choices of one epoch; 0 is before the first. */
    static Draws of(long seed, int epoch) {
        return new Draws(new SplitMix64(new SplitMix64(seed).nextLong() + epoch));
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (((random.nextLong() >>> 33) * bound) >>> 31);
    }

    /** True with a probability. */
    boolean happens(double probability) {
        return (random.nextLong() >>> 11) * 0x1p-53 < probability;
    }

    /** 0 to {@code length - 1} in random order (Fisher and Yates). */
    List<Integer> order(int length) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            order.add(i);
        }
        for (int i = length - 1; i > 0; i--) {
            order.set(i, order.set(below(i + 1), order.get(i)));
        }
        return order;
    }
}
