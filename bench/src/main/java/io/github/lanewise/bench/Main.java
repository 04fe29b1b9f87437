package io.github.lanewise.bench;

import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.engine.Engines;
import io.github.lanewise.bench.report.Comparison;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.report.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise bench}. */
@Command(
        name = "lanewise bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures speed. The engines take turns, so that a ratio does not see the machine's drift, and are first shown to compute the same.",
            "Writes <output>/<group>.json, .md and charts, and prints the tables."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:--compare found something slower; or a run failed, or engines disagree", "2:wrong arguments or bad input, said in one line"})
public final class Main implements Callable<Integer> {
    private static final String ALL = "all";

    @Parameters(arity = "0..*", paramLabel = "GROUP", description = "kernels, activations, steps, sequence, training, word2vec, roofline, scale, cold, limit or all; steps if none is given.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "One JVM per task instead of three, short turns, fewer training sizes.")
    private boolean quick;

    @Option(names = "--peers", description = "With ONNX Runtime, oneDNN, PyTorch (through DJL), DL4J and OpenBLAS, one thread each; the first use downloads them (330 MB).")
    private boolean peers;

    @Option(names = "--engines", split = ",", paramLabel = "NAME", description = "Only these; the first is the reference of the ratios.")
    private List<String> engines = new ArrayList<>();

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "", description = "Only tasks whose name contains this text, for example 64x64.")
    private String only = "";

    @Option(names = "--json", description = "Print one JSON object instead of the tables.")
    private boolean json;

    @Option(names = "--output", paramLabel = "DIR", defaultValue = "${sys:lanewise.home:-.}/target/bench", description = "Where the files go (default: target/bench in the source folder).")
    private Path output = Path.of("target", "bench");

    @Option(names = "--limit", paramLabel = "DIR", description = "For the group limit: a folder with lstm.cpp, a C++ program with AVX-512 intrinsics that prints"
            + " 'kernel I H nanoseconds ...' (default: shared/limits beside the source folder). Needs g++.")
    private @Nullable Path limit;

    @Option(names = "--compare", arity = "2", paramLabel = "FILE", description = "Run nothing: compare two reports, OLD and NEW, and exit with 1 if something got slower.")
    private @Nullable List<Path> compared;

    @Option(names = "--threshold", paramLabel = "RATIO", defaultValue = "1.15", description = "What --compare accepts, new over old (default: ${DEFAULT-VALUE}).")
    private double threshold = 1.15;

    @Spec
    private CommandSpec spec;

    private Main() {}

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((problem, args) -> {
                    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
                    problem.getCommandLine().getErr().println(name + ": " + problem.getMessage() + " (see " + name + " --help)");
                    return CommandLine.ExitCode.USAGE;
                });
    }

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args the arguments of the command line
     */
    public static void main(String[] args) {
        CommandLine line = commandLine().setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        // JMH and native libraries print where they like; standard output has the result and nothing else.
        System.setOut(System.err);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (compared != null) {
            Comparison comparison = compare(compared.getFirst(), compared.getLast());
            out.print(comparison.markdown());
            out.flush();
            return comparison.slower() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
        Runs runs = quick ? Runs.quickly() : Runs.full();
        List<Group> groups = groups();
        checkEngines();
        Files.createDirectories(output);
        Request request = new Request(runs, only, engines, peers, output, spec.commandLine().getErr());
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (Group group : groups) {
            try {
                List<Row> measured = group.measure(request);
                if (!measured.isEmpty()) {
                    rows.put(group.name(), measured);
                    // At once: a long run that ends early still leaves what it has.
                    report(runs, List.of(group), rows).only(group.name()).writeTo(output);
                }
            } catch (RunnerException | IllegalStateException e) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("lanewise bench " + group.name() + ": " + rootMessage(e) + " (the whole output is in " + output.resolve(group.name() + ".log") + ")");
                err.flush();
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        if (rows.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--only: got '" + only + "', wanted part of the name of a task of "
                    + groups.stream().map(Group::name).toList() + ", for example '64x64'");
        }
        Report report = report(runs, groups, rows);
        out.print(json ? report.toJson() + "\n" : Tables.markdown(report));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Group> groups() {
        List<Group> known = Groups.all(Optional.ofNullable(limit));
        List<String> wanted = names.isEmpty() ? List.of("steps") : names;
        if (wanted.contains(ALL)) {
            return known.stream().filter(Group::ready).toList();
        }
        List<Group> groups = new ArrayList<>();
        for (String name : wanted) {
            groups.add(known.stream().filter(group -> group.name().equals(name)).findFirst().orElseThrow(() -> new ParameterException(
                    spec.commandLine(), "group: got '" + name + "', wanted one of " + known.stream().map(Group::name).toList() + " or all")));
        }
        return groups;
    }

    private void checkEngines() {
        Set<String> known = Engines.all().keySet();
        for (String name : engines) {
            if (!known.contains(name)) {
                throw new ParameterException(spec.commandLine(), "--engines: got '" + name + "', wanted some of " + known
                        + (peers ? "" : "; with --peers there are more"));
            }
        }
        if (peers && Engines.peers().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--peers: no peer is on the class path; start it as ./lanewise bench --peers");
        }
    }

    private Comparison compare(Path older, Path newer) throws IOException {
        try {
            return Comparison.of(read(older), read(newer), threshold);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), older + ", " + newer + ": " + e.getMessage(), e);
        }
    }

    private Report read(Path file) throws IOException {
        try {
            return Report.fromJson(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), file + ": got no such file, wanted a report written by this command", e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }

    private Report report(Runs runs, List<Group> groups, Map<String, List<Row>> rows) {
        return new Report(Machine.describe(), settings(runs, groups), versions(rows), rows);
    }

    private Map<String, String> settings(Runs runs, List<Group> groups) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("command", "./lanewise bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
        settings.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        settings.put("measured", String.join("; ", groups.stream().map(group -> group.measured(runs)).distinct().toList()));
        return settings;
    }

    private static Map<String, String> versions(Map<String, List<Row>> rows) {
        Map<String, Engine> known = Engines.all();
        Map<String, String> versions = new LinkedHashMap<>();
        rows.values().forEach(of -> of.forEach(row -> {
            Engine engine = known.get(row.engine());
            versions.put(row.engine(), engine == null ? row.engine().equals(Limit.ENGINE) ? Limit.VERSION : "" : engine.version());
        }));
        return versions;
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
