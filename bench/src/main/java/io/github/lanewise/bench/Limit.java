package io.github.lanewise.bench;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.engine.Engines;
import io.github.lanewise.bench.jmh.Sampling;
import io.github.lanewise.bench.jmh.Settling;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.report.Spread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Steps of this library against a C++ program that is written as the limit of the machine: round by round, first it, then ours, so that a
 * ratio does not see the machine's drift. The program is not a part of this project; without it there is no such group.
 */
final class Limit implements Group {
    private static final String SOURCE = "lstm.cpp";
    /** Name of the group, and of the program among the engines. */
    static final String ENGINE = "limit";
    /** What the program is, for the table of engines. */
    static final String VERSION = "a C++ program with AVX-512 intrinsics and a cheaper tanh, g++ -O3 -march=native, default pages; of a sequence the recurrent half alone";
    private static final int QUICK_ROUNDS = 3;
    private static final int ROUNDS = 7;

    private final Path folder;

    Limit(Optional<Path> folder) {
        this.folder = folder.orElseGet(() -> Path.of(System.getProperty("lanewise.home", ".")).toAbsolutePath().resolveSibling("shared").resolve("limits"));
    }

    @Override
    public String name() {
        return ENGINE;
    }

    @Override
    public boolean ready() {
        return Files.isReadable(folder.resolve(SOURCE));
    }

    @Override
    public String measured(Runs runs) {
        return "limit: one JVM, " + (runs.quick() ? QUICK_ROUNDS : ROUNDS) + " rounds, the program and ours in turns";
    }

    @Override
    public List<Row> measure(Request request) throws IOException {
        if (!ready()) {
            throw new IllegalStateException("--limit: got " + folder + ", wanted a folder with " + SOURCE);
        }
        Path log = request.folder().resolve(ENGINE + ".log");
        Path program = request.folder().toAbsolutePath().resolve("limit-lstm");
        output(log, "g++", "-O3", "-march=native", "-o", program.toString(), folder.resolve(SOURCE).toString());
        Engine engine = Engines.all().values().iterator().next();
        int rounds = request.runs().quick() ? QUICK_ROUNDS : ROUNDS;
        Map<LimitLine.Kernel, List<LimitLine>> theirs = new LinkedHashMap<>();
        Map<LimitLine.Kernel, Contestant> ours = new LinkedHashMap<>();
        Map<LimitLine.Kernel, double[]> times = new LinkedHashMap<>();
        Sampling sampling = new Sampling();
        Map<LimitLine.Kernel, double[]> bytes = new LinkedHashMap<>();
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (LimitLine line : LimitLine.parse(output(log, program.toString()))) {
                if (line.kernel().label().contains(request.only())) {
                    theirs.computeIfAbsent(line.kernel(), any -> new ArrayList<>()).add(line);
                }
            }
            if (round == 0) {
                for (LimitLine.Kernel kernel : theirs.keySet()) {
                    ours.put(kernel, prepare(engine, kernel));
                    times.put(kernel, new double[rounds]);
                    bytes.put(kernel, new double[rounds]);
                }
                Settling.settleAll(ours.values());
            }
            int index = 0;
            for (Map.Entry<LimitLine.Kernel, Contestant> entry : ours.entrySet()) {
                Objects.requireNonNull(times.get(entry.getKey()))[round] = batches(entry.getValue()) / entry.getKey().task().units();
                sampling.sample(index, entry.getValue());
                Objects.requireNonNull(bytes.get(entry.getKey()))[round] = sampling.bytes();
                index++;
            }
            request.progress().printf(Locale.ROOT, "%s %d/%d, %.0f s left%n", ENGINE, round + 1, rounds, (System.nanoTime() - start) / 1e9 / (round + 1) * (rounds - round - 1));
            request.progress().flush();
        }
        List<Row> rows = new ArrayList<>();
        int index = 0;
        for (Map.Entry<LimitLine.Kernel, List<LimitLine>> entry : theirs.entrySet()) {
            LimitLine.Kernel kernel = entry.getKey();
            rows.add(LimitLine.row(kernel, entry.getValue()));
            rows.add(row(engine.name(), kernel, Objects.requireNonNull(times.get(kernel)), entry.getValue(), sampling, index,
                    Spread.of(Objects.requireNonNull(bytes.get(kernel))).median()));
            index++;
        }
        return rows;
    }

    private static Contestant prepare(Engine engine, LimitLine.Kernel kernel) {
        try {
            return engine.prepare(kernel.task()).orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(kernel.label() + ": " + e.getMessage(), e);
        }
    }

    /** As the program does it: the median of up to 401 batches of about 20 microseconds, after 20 milliseconds of warming up. */
    private static double batches(Contestant contestant) {
        long begin = System.nanoTime();
        long runs = 0;
        do {
            contestant.run();
            runs++;
        } while (System.nanoTime() - begin < 20_000_000);
        double one = (double) (System.nanoTime() - begin) / runs;
        int inner = Math.max(1, (int) (20_000 / one));
        double[] medians = new double[(int) Math.clamp(300_000_000 / (inner * one), 11, 401)];
        for (int batch = 0; batch < medians.length; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < inner; i++) {
                contestant.run();
            }
            medians[batch] = (double) (System.nanoTime() - start) / inner;
        }
        return Spread.of(medians).median();
    }

    private static Row row(String engine, LimitLine.Kernel kernel, double[] times, List<LimitLine> theirs, Sampling sampling, int index, double bytes) {
        double[] ratios = new double[times.length];
        Arrays.setAll(ratios, round -> times[round] / theirs.get(round).nanos());
        Spread time = Spread.of(times);
        double units = kernel.task().units();
        return new Row(kernel.label(), kernel.task().sizes(), engine, time, Spread.of(ratios), sampling.histogram(index).getValueAtPercentile(50) / units,
                sampling.histogram(index).getValueAtPercentile(99) / units, sampling.histogram(index).getValueAtPercentile(99.9) / units,
                sampling.histogram(index).getTotalCount(), bytes, kernel.task().flops() / units / time.median(), kernel.task().bytes() / units / time.median(), 0);
    }

    private static String output(Path log, String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new IllegalStateException("--limit: " + e.getMessage() + "; it needs g++ and a processor with AVX-512", e);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(command[0] + " ended with " + status + "; the limit needs g++ and a processor with AVX-512");
        }
        return text;
    }
}
