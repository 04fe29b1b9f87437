package io.github.lanewise.allocation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that this thread allocates. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUND = 1_000;
    private static final int QUIET_ROUNDS = 5;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private Allocation() {
    }

    /** Returns the bytes allocated in so many calls. */
    static long bytes(Runnable call, int calls) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * Returns in how many of some rounds of calls something was allocated. A call that allocates now and then is noisy in most rounds; the JVM
     * itself (a class loaded for a branch taken first, a deoptimisation) in a few at most.
     */
    static int noisyRounds(Runnable call, int rounds, int callsPerRound) {
        int noisy = 0;
        for (int round = 0; round < rounds; round++) {
            noisy += bytes(call, callsPerRound) == 0 ? 0 : 1;
        }
        return noisy;
    }

    /**
     * Runs the call until it has been quiet for some rounds: until C2 has compiled it, since the interpreter and C1 put vectors on the heap.
     * Returns the number of calls until then, or -1 if it is not quiet after 10 seconds.
     */
    static long callsUntilQuiet(Runnable call) {
        long start = System.nanoTime();
        int quiet = 0;
        long calls = 0;
        while (quiet < QUIET_ROUNDS) {
            if (System.nanoTime() - start > LONGEST_NANOS) {
                return -1;
            }
            quiet = bytes(call, ROUND) == 0 ? quiet + 1 : 0;
            calls += ROUND;
        }
        return calls - (long) QUIET_ROUNDS * ROUND;
    }
}
