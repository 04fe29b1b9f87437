package io.github.lanewise.bench.jmh;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.bench.engine.Contestant;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * After each iteration of a {@link Match}: whose turn it was, the latency of single runs, and the bytes that one allocates on its thread.
 *
 * <p>Percentiles are those of all single runs of the engine in this JVM so far. Each run is timed by {@link System#nanoTime}, whose own cost
 * is contained. JMH's allocation profiler counts the whole JVM, which blurs long runs; this one counts the thread.
 */
public final class TurnProfiler implements InternalProfiler {
    /** Index of the engine in {@link Match#engines}. */
    public static final String TURN = "turn";
    /** Largest difference from the reference. */
    public static final String ERROR = "error";
    /** Bytes allocated per run. */
    public static final String BYTES = "bytes";
    /** Single runs timed. */
    public static final String SAMPLES = "samples";
    /** Percentiles of single runs in nanoseconds. */
    public static final List<String> PERCENTILES = List.of("p50", "p99", "p999");

    private static final double[] RANKS = {50, 99, 99.9};
    private static final int MOST_RUNS = 5_000;
    private static final long MOST_NANOS = 25_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Integer, Histogram> histograms = new HashMap<>();

    @Override
    public String getDescription() {
        return "latency percentiles and allocation of the engine whose turn it was";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

    @Override
    public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        // Without a match its preparation failed, and JMH reports that.
        if (iteration.getType() == IterationType.WARMUP || Match.current().isEmpty()) {
            return List.of();
        }
        Match.Turn turn = Match.current().orElseThrow().turn();
        Histogram histogram = histograms.computeIfAbsent(turn.index(), index -> new Histogram(3));
        double bytes = sample(turn.contestant(), histogram);
        List<Result<?>> results = new ArrayList<>();
        results.add(scalar(TURN, turn.index(), ""));
        results.add(scalar(ERROR, turn.error(), ""));
        results.add(scalar(BYTES, bytes, "B/op"));
        results.add(scalar(SAMPLES, (double) histogram.getTotalCount(), ""));
        for (int i = 0; i < RANKS.length; i++) {
            results.add(scalar(PERCENTILES.get(i), (double) histogram.getValueAtPercentile(RANKS[i]), "ns"));
        }
        return results;
    }

    private double sample(Contestant contestant, Histogram histogram) {
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
            contestant.run();
            long end = System.nanoTime();
            histogram.recordValue(end - start);
            start = end;
            runs++;
        }
        return Math.max(0, threads.getThreadAllocatedBytes(thread) - allocated - ownBytes()) / (double) runs;
    }

    /** What asking for the allocated bytes allocates itself. */
    private long ownBytes() {
        long thread = Thread.currentThread().threadId();
        long first = threads.getThreadAllocatedBytes(thread);
        return threads.getThreadAllocatedBytes(thread) - first;
    }

    private static ScalarResult scalar(String label, double value, String unit) {
        return new ScalarResult(label, value, unit, AggregationPolicy.AVG);
    }
}
