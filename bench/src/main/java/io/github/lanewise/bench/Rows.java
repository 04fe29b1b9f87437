package io.github.lanewise.bench;

import io.github.lanewise.bench.jmh.TurnProfiler;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.report.Spread;
import io.github.lanewise.bench.task.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** From JMH's iterations to one row per engine. */
final class Rows {
    private Rows() {}

    /** One iteration of one engine. */
    private record Round(double nanos, double error, double bytes, long samples, double p50, double p99, double p999) {
        static Round of(IterationResult iteration) {
            List<String> percentiles = TurnProfiler.PERCENTILES;
            return new Round(iteration.getPrimaryResult().getScore(), extra(iteration, TurnProfiler.ERROR), extra(iteration, TurnProfiler.BYTES),
                    (long) extra(iteration, TurnProfiler.SAMPLES), extra(iteration, percentiles.get(0)), extra(iteration, percentiles.get(1)),
                    extra(iteration, percentiles.get(2)));
        }
    }

    static List<Row> of(Task task, List<String> engines, Collection<RunResult> results) {
        List<List<Round>> byEngine = new ArrayList<>();
        // Percentiles are cumulative within a JVM: its last round has them all.
        List<List<Round>> last = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            byEngine.add(new ArrayList<>());
            last.add(new ArrayList<>());
        }
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                Round[] newest = new Round[engines.size()];
                for (IterationResult iteration : fork.getIterationResults()) {
                    int engine = (int) extra(iteration, TurnProfiler.TURN);
                    newest[engine] = Round.of(iteration);
                    byEngine.get(engine).add(newest[engine]);
                }
                for (int i = 0; i < newest.length; i++) {
                    if (newest[i] != null) {
                        last.get(i).add(newest[i]);
                    }
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        List<Round> reference = byEngine.stream().filter(rounds -> !rounds.isEmpty()).findFirst()
                .orElseThrow(() -> new IllegalStateException(task.label() + ": JMH gave no results"));
        for (int i = 0; i < engines.size(); i++) {
            if (!byEngine.get(i).isEmpty()) {
                rows.add(row(task, engines.get(i), byEngine.get(i), last.get(i), reference));
            }
        }
        return rows;
    }

    private static Row row(Task task, String engine, List<Round> rounds, List<Round> last, List<Round> reference) {
        double[] times = new double[rounds.size()];
        double[] ratios = new double[Math.min(rounds.size(), reference.size())];
        for (int i = 0; i < times.length; i++) {
            times[i] = rounds.get(i).nanos();
        }
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = rounds.get(i).nanos() / reference.get(i).nanos();
        }
        Spread run = Spread.of(times);
        double units = task.units();
        return new Row(task.label(), task.sizes(), engine, run.times(1 / units), Spread.of(ratios),
                median(last.stream().mapToDouble(Round::p50).toArray()) / units,
                median(last.stream().mapToDouble(Round::p99).toArray()) / units,
                median(last.stream().mapToDouble(Round::p999).toArray()) / units,
                last.stream().mapToLong(Round::samples).sum(),
                // What is allocated once, by the JVM or JMH on this thread, is no part of a run: the median has none of it.
                median(rounds.stream().mapToDouble(Round::bytes).toArray()),
                task.flops() / run.median(), task.bytes() / run.median(),
                rounds.stream().mapToDouble(Round::error).max().orElse(0));
    }

    private static double median(double[] values) {
        return Spread.of(values).median();
    }

    private static double extra(IterationResult iteration, String label) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(label), label).getScore();
    }
}
