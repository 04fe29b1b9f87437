package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether our own engines got slower between two reports.
 *
 * <p>The machine's own drift is taken out where it can be seen: plain Java code ran in turns with ours in both reports, and its ratio new/old
 * is the machine's. A task is slower when its ratio, after that, is above the threshold and the rounds of both reports do not overlap.
 *
 * @param lines one per task and engine that both reports have
 */
public record Comparison(List<Line> lines) {
    private static final List<String> OURS = List.of("lanewise", "scalar");
    private static final String REFERENCE = "careful";

    /**
     * One engine at one task.
     *
     * @param group the group
     * @param task the task
     * @param engine the engine
     * @param oldNanos median of the old report
     * @param newNanos median of the new one
     * @param ratio new over old, with the least and the largest that the rounds allow
     * @param drift new over old of the reference at the same task; 1 when it did not run
     * @param slower beyond the threshold
     */
    public record Line(String group, String task, String engine, double oldNanos, double newNanos, Spread ratio, double drift, boolean slower) {}

    /**
     * Compares what both reports have.
     *
     * @param threshold the largest ratio that is accepted, for example 1.15
     * @throws IllegalArgumentException if they have nothing of ours in common
     */
    public static Comparison of(Report older, Report newer, double threshold) {
        List<Line> lines = new ArrayList<>();
        newer.groups().forEach((group, rows) -> {
            List<Row> before = older.groups().getOrDefault(group, List.of());
            for (Row now : rows) {
                if (OURS.contains(now.engine())) {
                    find(before, now.task(), now.engine()).ifPresent(then -> lines.add(line(group, before, rows, then, now, threshold)));
                }
            }
        });
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("got two reports without a common task of " + OURS + ", wanted at least one");
        }
        return new Comparison(lines);
    }

    private static Line line(String group, List<Row> before, List<Row> rows, Row then, Row now, double threshold) {
        Spread ratio = new Spread(now.time().median() / then.time().median(), now.time().low() / then.time().high(),
                now.time().high() / then.time().low(), Math.min(now.time().count(), then.time().count()));
        Optional<Row> referenceThen = find(before, now.task(), REFERENCE);
        Optional<Row> referenceNow = find(rows, now.task(), REFERENCE);
        double drift = referenceThen.isPresent() && referenceNow.isPresent()
                ? referenceNow.get().time().median() / referenceThen.get().time().median()
                : 1;
        boolean slower = ratio.median() / drift > threshold && ratio.low() / drift > 1;
        return new Line(group, now.task(), now.engine(), then.time().median(), now.time().median(), ratio, drift, slower);
    }

    private static Optional<Row> find(List<Row> rows, String task, String engine) {
        return rows.stream().filter(row -> row.task().equals(task) && row.engine().equals(engine)).findFirst();
    }

    /** Whether any task got slower. */
    public boolean slower() {
        return lines.stream().anyMatch(Line::slower);
    }

    /** As a Markdown table. */
    public String markdown() {
        StringBuilder text = new StringBuilder("| task | old | new | new / old (spread) | drift of the machine | after drift | |\n|---|---|---|---|---|---|---|\n");
        for (Line line : lines) {
            text.append(String.format(Locale.ROOT, "| %s: %s %s | %s | %s | %.2f (%.2f-%.2f) | %.2f | %.2f | %s |%n", line.group(), line.engine(), line.task(),
                    Tables.time(line.oldNanos()), Tables.time(line.newNanos()), line.ratio().median(), line.ratio().low(), line.ratio().high(),
                    line.drift(), line.ratio().median() / line.drift(), line.slower() ? "SLOWER" : ""));
        }
        return text.toString();
    }
}
