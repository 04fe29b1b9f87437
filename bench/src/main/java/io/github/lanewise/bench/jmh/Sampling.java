package io.github.lanewise.bench.jmh;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.bench.engine.Contestant;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latency of single runs and bytes allocated, engine by engine. */
public final class Sampling {
    private static final int MOST_RUNS = 5_000;
    private static final long MOST_NANOS = 25_000_000;
    /** Longer runs are counted as this long. */
    private static final long LONGEST_NANOS = 100_000_000_000L;

    private static final long CLOCK_NANOS = clockNanos();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Integer, Histogram> histograms = new HashMap<>();
    private double bytes;

    /** All single runs of an engine so far. */
    public Histogram histogram(int index) {
        // Of fixed size: one that grows would allocate while bytes are counted.
        return histograms.computeIfAbsent(index, any -> new Histogram(LONGEST_NANOS, 3));
    }

    /** Bytes per run of the last sample. */
    public double bytes() {
        return bytes;
    }

    /** Times single runs, on the thread that prepared the engine: oneDNN's primitives run on no other. */
    public void sample(int index, Contestant contestant) {
        Histogram histogram = histogram(index);
        long first = System.nanoTime();
        // Other code ran on this thread: caches and branches are warm again after some runs.
        for (int i = 0; i < 200 && System.nanoTime() - first < MOST_NANOS / 5; i++) {
            contestant.run();
        }
        long thread = Thread.currentThread().threadId();
        long allocated = threads.getThreadAllocatedBytes(thread);
        long begin = System.nanoTime();
        long start = begin;
        long runs = 0;
        while (runs < MOST_RUNS && start - begin < MOST_NANOS) {
            start = System.nanoTime();
            contestant.run();
            histogram.recordValue(Math.clamp(System.nanoTime() - start - CLOCK_NANOS, 1, LONGEST_NANOS));
            runs++;
        }
        bytes = Math.max(0, threads.getThreadAllocatedBytes(thread) - allocated - ownBytes()) / (double) runs;
    }

    /** What asking for the time takes at least. */
    private static long clockNanos() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 100_000; i++) {
            long start = System.nanoTime();
            least = Math.min(least, System.nanoTime() - start);
        }
        return least;
    }

    /** What asking for the allocated bytes allocates itself. */
    private long ownBytes() {
        long thread = Thread.currentThread().threadId();
        long first = threads.getThreadAllocatedBytes(thread);
        return threads.getThreadAllocatedBytes(thread) - first;
    }
}
