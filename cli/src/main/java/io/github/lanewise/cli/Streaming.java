package io.github.lanewise.cli;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Speed and allocation of a call after warm-up.
 *
 * @param perSecond calls per second
 * @param bytesPerCall bytes allocated per call by the measuring thread
 */
public record Streaming(double perSecond, double bytesPerCall) {
    private static final long WARM_UP_NANOS = 700_000_000L;
    private static final long MEASURE_NANOS = 500_000_000L;
    private static final int BATCH = 1000;

    /**
     * Warms a call up and measures it; takes about a second.
     *
     * @param call what to measure
     * @return its speed and allocation
     */
    public static Streaming measure(Runnable call) {
        run(call, WARM_UP_NANOS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long calls = run(call, MEASURE_NANOS);
        long nanos = System.nanoTime() - start;
        return new Streaming(calls * 1e9 / nanos, (threads.getCurrentThreadAllocatedBytes() - bytes) / (double) calls);
    }

    private static long run(Runnable call, long nanos) {
        long end = System.nanoTime() + nanos;
        long calls = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < BATCH; i++) {
                call.run();
            }
            calls += BATCH;
        }
        return calls;
    }
}
