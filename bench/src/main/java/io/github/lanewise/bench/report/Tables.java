package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reports as Markdown. */
public final class Tables {
    private Tables() {}

    /** All groups of a report, with machine, settings and engines. */
    public static String markdown(Report report) {
        StringBuilder text = new StringBuilder();
        report.groups().forEach((group, rows) -> {
            text.append("## ").append(group).append("\n\n");
            if (group.equals(Roof.GROUP)) {
                text.append(Roof.table(rows));
            } else if (group.equals(Scale.GROUP)) {
                text.append(Scale.tables(rows));
            } else if (group.equals(ColdTable.GROUP)) {
                text.append(ColdTable.table(rows));
            } else {
                text.append(times(rows)).append('\n').append(latencies(rows)).append('\n').append(engines(rows, report.engines()));
            }
            text.append('\n');
        });
        report.machine().forEach((name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
        report.run().forEach((name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** The rows of each task, in the order of the run. */
    static Map<String, List<Row>> byTask(List<Row> rows) {
        Map<String, List<Row>> tasks = new LinkedHashMap<>();
        rows.forEach(row -> tasks.computeIfAbsent(row.task(), task -> new ArrayList<>()).add(row));
        return tasks;
    }

    /** Names of all engines, in the order of the run. */
    static Set<String> engineNames(List<Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.add(row.engine()));
        return names;
    }

    /** Three digits and a unit. */
    static String time(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        return nanos < 1e6 ? digits(nanos / 1e3) + " µs" : digits(nanos / 1e6) + " ms";
    }

    static String digits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }

    private static String times(List<Row> rows) {
        Set<String> engines = engineNames(rows);
        StringBuilder text = new StringBuilder("| time, and ratio to the first (lowest to highest of the rounds) |");
        engines.forEach(engine -> text.append(' ').append(engine).append(" |"));
        text.append("\n|---|").append("---|".repeat(engines.size())).append('\n');
        byTask(rows).forEach((task, of) -> {
            text.append("| ").append(task).append(" |");
            for (String engine : engines) {
                text.append(' ').append(of.stream().filter(row -> row.engine().equals(engine)).findFirst()
                        .map(row -> cell(row, row.equals(of.getFirst()))).orElse("-")).append(" |");
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String cell(Row row, boolean first) {
        if (first) {
            return String.format(Locale.ROOT, "%s (%s-%s)", time(row.time().median()), digits(row.time().low()), digits(row.time().high()));
        }
        return String.format(Locale.ROOT, "%s, %s x (%s-%s)", time(row.time().median()), digits(row.ratio().median()),
                digits(row.ratio().low()), digits(row.ratio().high()));
    }

    /** Of the first engine of each task, and of ours. */
    private static String latencies(List<Row> rows) {
        StringBuilder text = new StringBuilder("| single runs | p50 | p99 | p99.9 | runs timed | bytes per run | GFLOP/s | GB/s |\n|---|---|---|---|---|---|---|---|\n");
        byTask(rows).forEach((task, of) -> of.stream().filter(row -> row.equals(of.getFirst()) || row.engine().equals("lanewise"))
                .forEach(row -> text.append(String.format(Locale.ROOT, "| %s %s | %s | %s | %s | %d | %s | %s | %s |%n", row.engine(), task,
                        time(row.p50()), time(row.p99()), time(row.p999()), row.samples(), digits(row.bytes()), digits(row.gflops()), digits(row.gbPerSecond())))));
        return text.toString();
    }

    private static String engines(List<Row> rows, Map<String, String> versions) {
        StringBuilder text = new StringBuilder("| engine | bytes allocated per run | p99.9 / p50, largest | largest difference from the first | version |\n|---|---|---|---|---|\n");
        for (String engine : engineNames(rows)) {
            List<Row> of = rows.stream().filter(row -> row.engine().equals(engine)).toList();
            double least = of.stream().mapToDouble(Row::bytes).min().orElse(0);
            double most = of.stream().mapToDouble(Row::bytes).max().orElse(0);
            double tail = of.stream().mapToDouble(row -> row.p999() / row.p50()).max().orElse(0);
            double error = of.stream().mapToDouble(Row::error).max().orElse(0);
            text.append(String.format(Locale.ROOT, "| %s | %.0f to %.0f | %s | %.2g | %s |%n", engine, least, most, digits(tail), error,
                    versions.getOrDefault(engine, "")));
        }
        return text.toString();
    }
}
