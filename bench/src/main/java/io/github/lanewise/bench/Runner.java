package io.github.lanewise.bench;

import io.github.lanewise.bench.jmh.ActivationBenchmark;
import io.github.lanewise.bench.jmh.Match;
import io.github.lanewise.bench.jmh.MemoryBenchmark;
import io.github.lanewise.bench.jmh.ProductBenchmark;
import io.github.lanewise.bench.jmh.SequenceBenchmark;
import io.github.lanewise.bench.jmh.SgnsBenchmark;
import io.github.lanewise.bench.jmh.StepBenchmark;
import io.github.lanewise.bench.jmh.StreamsBenchmark;
import io.github.lanewise.bench.jmh.TileBenchmark;
import io.github.lanewise.bench.jmh.TrainingBenchmark;
import io.github.lanewise.bench.jmh.TurnProfiler;
import io.github.lanewise.bench.jmh.WordsBenchmark;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Memory;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.TileProduct;
import io.github.lanewise.bench.task.Training;
import io.github.lanewise.bench.task.Words;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs one task as a JMH benchmark in which the engines take turns. */
final class Runner {
    private final Runs runs;
    private final Path log;

    Runner(Runs runs, Path log) {
        this.runs = runs;
        this.log = log;
    }

    List<Row> run(Task task, List<String> engines) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark(task).getName()) + "\\.run$")
                .param("engines", String.join(Match.AND, engines))
                .forks(runs.forks())
                .warmupIterations(engines.size())
                .warmupTime(runs.turn())
                .measurementIterations(engines.size() * runs.rounds())
                .measurementTime(runs.turn())
                .addProfiler(TurnProfiler.class)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(log.toString());
        task.parameters().forEach(options::param);
        Collection<RunResult> results = new org.openjdk.jmh.runner.Runner(options.build()).run();
        return Rows.of(task, engines, results);
    }

    private static Class<? extends Match> benchmark(Task task) {
        return switch (task) {
            case Step step -> StepBenchmark.class;
            case Sequence sequence -> SequenceBenchmark.class;
            case Streams streams -> StreamsBenchmark.class;
            case Training training -> TrainingBenchmark.class;
            case Product product -> ProductBenchmark.class;
            case TileProduct product -> TileBenchmark.class;
            case Elementwise elementwise -> ActivationBenchmark.class;
            case Memory memory -> MemoryBenchmark.class;
            case Sgns update -> SgnsBenchmark.class;
            case Words words -> WordsBenchmark.class;
            default -> throw new IllegalStateException("no benchmark for " + task);
        };
    }
}
