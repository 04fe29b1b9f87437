package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.engine.Contestant;

/** Brings code to its compiled state before anything is measured. */
final class Settling {
    private static final long SLICE = 20_000_000;
    private static final int SLICES_WITHOUT_GAIN = 6;
    /** C2 compiles a method after 5,000 to 15,000 calls, one with long loops sooner. */
    private static final long LEAST_RUNS = 15_000;
    private static final long LEAST_NANOS = 800_000_000;
    private static final long MOST_NANOS = 5_000_000_000L;

    private Settling() {}

    /** Runs slices of 20 ms until there were enough runs, or enough time, and the last slices were not a tenth faster than the best. */
    static void settle(Contestant contestant) {
        long begin = System.nanoTime();
        long runs = 0;
        double best = Double.POSITIVE_INFINITY;
        int without = 0;
        long now = begin;
        while (now - begin < MOST_NANOS && (without < SLICES_WITHOUT_GAIN || (runs < LEAST_RUNS && now - begin < LEAST_NANOS))) {
            long start = now;
            long slice = 0;
            do {
                contestant.run();
                slice++;
                now = System.nanoTime();
            } while (now - start < SLICE);
            double time = (double) (now - start) / slice;
            without = time < 0.9 * best ? 0 : without + 1;
            best = Math.min(best, time);
            runs += slice;
        }
    }
}
