package io.github.lanewise.rnn;

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
}
