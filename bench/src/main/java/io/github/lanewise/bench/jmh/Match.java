package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.engine.Engines;
import io.github.lanewise.bench.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Engines that take turns at one task, one JMH iteration each: so all of them meet the same state of the machine, and a ratio taken
 * round by round does not see its drift. With one engine it is a JMH benchmark like any other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Match {
    /** Between the names of engines that take turns. */
    public static final String AND = "+";

    /** Runs before outputs are compared: enough for a state that is carried wrongly to show. */
    private static final int COMPARED_RUNS = 5;

    private static volatile Optional<Match> current = Optional.empty();

    /** The engines, joined by {@link #AND}; the first is the reference for the outputs. */
    @Param({"lanewise", "scalar"})
    public String engines;

    private final List<Turn> turns = new ArrayList<>();
    private final Sampling sampling = new Sampling();
    private int next;
    private Contestant contestant;

    /** The task of the JMH parameters. */
    protected abstract Task task();

    /**
     * One engine's part.
     *
     * @param index its place in {@link #engines}
     * @param error its largest difference from the reference
     */
    record Turn(int index, Contestant contestant, double error) {}

    /** Prepares the engines that know the task, compares what they compute, and brings their code to a steady state. */
    @Setup(Level.Trial)
    public void prepare() throws Exception {
        Task task = task();
        Map<String, Engine> known = Engines.all();
        List<String> names = List.of(engines.split("\\+", -1));
        float[][] reference = {};
        String referenceName = "";
        double referenceBound = 0;
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index);
            Engine engine = known.get(name);
            if (engine == null) {
                throw new IllegalStateException("engine: got " + name + ", wanted one of " + known.keySet());
            }
            Optional<Contestant> prepared = engine.prepare(task);
            if (prepared.isEmpty()) {
                continue;
            }
            Contestant one = prepared.get();
            for (int i = 0; i < COMPARED_RUNS; i++) {
                one.run();
            }
            float[][] output = one.output();
            double error = 0;
            if (output.length > 0) {
                if (reference.length == 0) {
                    reference = output;
                    referenceName = name;
                    referenceBound = engine.bound(task);
                }
                // Our own backends promise the same bits.
                double bound = name.equals("scalar") && referenceName.equals("lanewise") ? 0 : Math.max(engine.bound(task), referenceBound);
                error = Agreement.check(task.label(), referenceName, reference, name, output, bound);
                System.out.printf("# %s: %s differs from %s by at most %.2g (allowed %.2g)%n", task.label(), name, referenceName, error, bound);
            }
            turns.add(new Turn(index, one, error));
        }
        if (turns.isEmpty()) {
            throw new IllegalStateException(task.label() + ": none of " + names + " can do it");
        }
        Settling.settleAll(turns.stream().map(Turn::contestant).toList());
        contestant = turns.getFirst().contestant();
        current = Optional.of(this);
    }

    /** The next engine's turn. */
    @Setup(Level.Iteration)
    public void nextTurn() {
        contestant = turns.get(next % turns.size()).contestant();
        next++;
    }

    /** Samples the engine whose turn it was. */
    @TearDown(Level.Iteration)
    public void sampleTurn(IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT) {
            sampling.sample(turn().index(), turn().contestant());
        }
    }

    Sampling sampling() {
        return sampling;
    }

    /** The engine whose iteration it is. */
    Turn turn() {
        return turns.get(Math.floorMod(next - 1, turns.size()));
    }

    /** The match of this JVM, once it is prepared. */
    static Optional<Match> current() {
        return current;
    }

    /** Closes the engines. */
    @TearDown(Level.Trial)
    public void close() {
        turns.forEach(turn -> turn.contestant().close());
    }

    /** What is timed. */
    @Benchmark
    public void run() {
        contestant.run();
    }
}
