package io.github.lanewise.bench.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 * <p>Percentiles are those of all single runs of the engine in this JVM so far. Each run is timed by {@link System#nanoTime}, whose own least
 * cost is taken off. JMH's allocation profiler counts the whole JVM, which blurs long runs; this one counts the thread.
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
        Histogram histogram = Match.current().orElseThrow().sampling().histogram(turn.index());
        double bytes = Match.current().orElseThrow().sampling().bytes();
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

    private static ScalarResult scalar(String label, double value, String unit) {
        return new ScalarResult(label, value, unit, AggregationPolicy.AVG);
    }
}
