package io.github.lanewise.rnn;

import java.util.concurrent.locks.LockSupport;

/**
 * Runs code until it no longer gets faster: until C2 has compiled it.
 *
 * <p>Before that the interpreter and C1 put every vector on the heap, so the first calls are slow and allocate.
 */
final class WarmUp {
    /** C2 compiles a method after 5,000 to 15,000 calls, and in the background: see -XX:Tier4CompileThreshold. */
    private static final int LEAST_CALLS = 15_000;
    private static final int ROUNDS_WITHOUT_GAIN = 20;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    /** Work between two pauses, and the pauses: a fifth of one processor. */
    private static final long BURST_NANOS = 200_000;
    private static final int PAUSE_PER_WORK = 4;
    private static final long LEAST_PAUSE_NANOS = 800_000;
    /** C2 works this long at a large kernel while the calls get no faster. */
    private static final long QUIET_NANOS = 500_000_000;
    /** Nobody waits for it. */
    private static final long LONGEST_GENTLE_NANOS = 60_000_000_000L;

    private WarmUp() {}

    /** Runs {@code call}, which makes {@code kernelCalls} calls of each kernel, at most 10 seconds long. */
    static void run(Runnable call, int kernelCalls) {
        long start = System.nanoTime();
        int perRound = Math.max(1, 500 / kernelCalls);
        long best = Long.MAX_VALUE;
        int without = 0;
        long calls = 0;
        while ((calls < LEAST_CALLS || without < ROUNDS_WITHOUT_GAIN) && System.nanoTime() - start < LONGEST_NANOS) {
            long roundStart = System.nanoTime();
            for (int i = 0; i < perRound; i++) {
                call.run();
            }
            long nanos = System.nanoTime() - roundStart;
            without = nanos < best - best / 10 ? 0 : without + 1;
            best = Math.min(best, nanos);
            calls += (long) perRound * kernelCalls;
        }
    }

    /** Runs {@code call} for a while, at least once: until it no longer runs for the first time. */
    static void prime(Runnable call, int calls, long mostNanos) {
        long start = System.nanoTime();
        for (int i = 0; i < calls && (i == 0 || System.nanoTime() - start < mostNanos); i++) {
            call.run();
        }
    }

    /**
     * Runs {@code small} and then {@code call} in short bursts with pauses, so that a thread that computes at the same time keeps its processor.
     * {@code small} runs the same kernels with less work: while they are slow a burst is short, and they leave less to the garbage collector.
     */
    static void gently(Runnable small, Runnable call) {
        gently(small, LEAST_CALLS, 0);
        gently(call, 1, QUIET_NANOS);
    }

    private static void gently(Runnable call, int leastCalls, long quietNanos) {
        double best = Double.POSITIVE_INFINITY;
        int without = 0;
        long calls = 0;
        long begin = System.nanoTime();
        long gain = begin;
        for (long start = begin; calls < leastCalls || without < ROUNDS_WITHOUT_GAIN || start - gain < quietNanos; start = System.nanoTime()) {
            if (start - begin > LONGEST_GENTLE_NANOS) {
                return;
            }
            long inBurst = 0;
            long nanos;
            do {
                call.run();
                inBurst++;
                nanos = System.nanoTime() - start;
            } while (nanos < BURST_NANOS);
            calls += inBurst;
            double each = (double) nanos / inBurst;
            if (each < 0.9 * best) {
                without = 0;
                gain = start;
            } else {
                without++;
            }
            best = Math.min(best, each);
            LockSupport.parkNanos(Math.max(LEAST_PAUSE_NANOS, PAUSE_PER_WORK * nanos));
        }
    }
}
