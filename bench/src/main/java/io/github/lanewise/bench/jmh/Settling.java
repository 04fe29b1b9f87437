package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.engine.Contestant;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Objects;

/** Brings code to its compiled state before anything is measured. */
public final class Settling {
    private static final long SLICE = 10_000_000;
    /** C2 compiles a method after 5,000 to 15,000 calls, one with long loops sooner. */
    private static final long LEAST_RUNS = 15_000;
    private static final long LEAST_NANOS = 1_500_000_000;
    /** A compilation is counted when it ends, and C2 works some tenths of a second at the largest kernels. */
    private static final long QUIET_NANOS = 400_000_000;
    private static final long QUIET_AGAIN_NANOS = 150_000_000;
    private static final long MOST_NANOS = 6_000_000_000L;

    private static final CompilationMXBean COMPILERS = Objects.requireNonNull(ManagementFactory.getCompilationMXBean(), "this JVM has no compiler");

    private Settling() {}

    /** Settles each, then each once more: what ran later may have undone code that was compiled for fewer classes. */
    public static void settleAll(Collection<? extends Contestant> contestants) {
        contestants.forEach(contestant -> settle(contestant, QUIET_NANOS));
        contestants.forEach(contestant -> settle(contestant, QUIET_AGAIN_NANOS));
    }

    /** Runs until there were enough runs, or enough time, and for a while no compiler finished and nothing got a tenth faster. */
    private static void settle(Contestant contestant, long quiet) {
        long begin = System.nanoTime();
        long runs = 0;
        double best = Double.POSITIVE_INFINITY;
        long compiled = COMPILERS.getTotalCompilationTime();
        long changed = begin;
        long now = begin;
        while (now - begin < MOST_NANOS && (now - changed < quiet || (runs < LEAST_RUNS && now - begin < LEAST_NANOS))) {
            long start = now;
            long slice = 0;
            do {
                contestant.run();
                slice++;
                now = System.nanoTime();
            } while (now - start < SLICE);
            double time = (double) (now - start) / slice;
            long compiledNow = COMPILERS.getTotalCompilationTime();
            if (time < 0.9 * best || compiledNow != compiled) {
                changed = now;
            }
            best = Math.min(best, time);
            compiled = compiledNow;
            runs += slice;
        }
    }
}
