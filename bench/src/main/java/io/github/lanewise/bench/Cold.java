package io.github.lanewise.bench;

import io.github.lanewise.bench.report.ColdTable;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.report.Spread;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the first steps of a JVM cost. Every sample is a new JVM; the ways to prepare the layer take turns. */
final class Cold implements Group {
    private static final List<String> MODES = List.of(ColdStart.PLAIN, ColdStart.BACKGROUND, ColdStart.SCALAR);
    private static final int QUICK_ROUNDS = 5;
    private static final int ROUNDS = 11;

    /** One line of {@link ColdStart}. */
    record Sample(int steps, double nanos, double bytes, double p50, double p99, double p999, double slowest) {
        static Sample parse(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 7) {
                throw new IllegalStateException("cold start: got the line '" + line + "', wanted 7 numbers");
            }
            return new Sample(Integer.parseInt(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]), Double.parseDouble(words[4]), Double.parseDouble(words[5]), Double.parseDouble(words[6]));
        }
    }

    @Override
    public String name() {
        return ColdTable.GROUP;
    }

    @Override
    public String measured(Runs runs) {
        return "cold: " + (runs.quick() ? QUICK_ROUNDS : ROUNDS) + " JVMs of each kind in turns";
    }

    @Override
    public List<Row> measure(Request request) throws IOException {
        int rounds = request.runs().quick() ? QUICK_ROUNDS : ROUNDS;
        // By mode, then by JVM.
        Map<String, List<List<Sample>>> samples = new LinkedHashMap<>();
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (String mode : MODES) {
                samples.computeIfAbsent(mode, any -> new ArrayList<>()).add(run(mode, request.folder().resolve(name() + ".log")));
            }
            request.progress().printf(Locale.ROOT, "%s %d/%d, %.0f s left%n", name(), round + 1, rounds, (System.nanoTime() - start) / 1e9 / (round + 1) * (rounds - round - 1));
            request.progress().flush();
        }
        return rows(samples).stream().filter(row -> row.task().contains(request.only())).toList();
    }

    private static List<Sample> run(String mode, Path log) throws IOException {
        List<String> command = List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), ColdStart.class.getName(), mode);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile())).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        Files.writeString(log, Files.readString(log) + text);
        List<Sample> samples = text.lines().map(Sample::parse).toList();
        if (status != 0 || samples.size() != ColdStart.MARKS.size()) {
            throw new IllegalStateException("a JVM for " + mode + " ended with " + status + " after " + samples.size() + " lines, wanted "
                    + ColdStart.MARKS.size());
        }
        return samples;
    }

    static List<Row> rows(Map<String, List<List<Sample>>> samples) {
        List<Row> rows = new ArrayList<>();
        for (int mark = 0; mark < ColdStart.MARKS.size(); mark++) {
            int steps = ColdStart.MARKS.get(mark);
            String task = steps == 1 ? "the first step" : String.format(Locale.ROOT, "the first %,d steps", steps);
            for (String mode : samples.keySet()) {
                rows.add(row(task, mark, mode, samples, false));
            }
        }
        for (String mode : samples.keySet()) {
            rows.add(row("the slowest step but the first", ColdStart.MARKS.size() - 1, mode, samples, true));
        }
        return rows;
    }

    private static Row row(String task, int mark, String mode, Map<String, List<List<Sample>>> samples, boolean slowest) {
        List<Sample> of = samples.getOrDefault(mode, List.of()).stream().map(jvm -> jvm.get(mark)).toList();
        List<Sample> reference = samples.getOrDefault(ColdStart.PLAIN, List.of()).stream().map(jvm -> jvm.get(mark)).toList();
        double[] times = of.stream().mapToDouble(slowest ? Sample::slowest : Sample::nanos).toArray();
        double[] references = reference.stream().mapToDouble(slowest ? Sample::slowest : Sample::nanos).toArray();
        double[] ratios = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            ratios[i] = times[i] / references[i];
        }
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("cell", ColdStart.NETWORK.cell().label());
        sizes.put("input", ColdStart.NETWORK.inputs());
        sizes.put("hidden", ColdStart.NETWORK.hidden());
        if (!slowest) {
            sizes.put("steps", ColdStart.MARKS.get(mark));
        }
        Spread time = Spread.of(times);
        double work = slowest ? 1 : ColdStart.MARKS.get(mark);
        return new Row(task, sizes, mode, time, Spread.of(ratios), median(of, Sample::p50), median(of, Sample::p99), median(of, Sample::p999),
                (long) ColdStart.MARKS.get(mark) * of.size(), median(of, Sample::bytes), work * ColdStart.NETWORK.flops() / time.median(),
                work * ColdStart.NETWORK.bytes() / time.median(), 0);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return Spread.of(samples.stream().mapToDouble(value).toArray()).median();
    }
}
