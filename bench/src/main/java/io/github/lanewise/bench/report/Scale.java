package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How time changes with the number of threads, the number of units and the length of a sequence. */
public final class Scale {
    /** The group that measures it. */
    public static final String GROUP = "scale";

    private Scale() {}

    /** A step for each number of units: times of the kernel and of reading its weights. */
    record Step(int units, Row kernel, Row read) {
        static List<Step> of(List<Row> rows) {
            List<Step> steps = new ArrayList<>();
            for (List<Row> task : Tables.byTask(rows).values()) {
                if (task.size() == 2 && task.getLast().engine().equals(Roof.READ)) {
                    steps.add(new Step(size(task.getFirst(), "hidden"), task.getFirst(), task.getLast()));
                }
            }
            return steps;
        }
    }

    /** A whole sequence for each length. */
    record Length(int steps, Row row) {
        static List<Length> of(List<Row> rows) {
            return rows.stream().filter(row -> row.sizes().containsKey("steps") && !row.sizes().containsKey("batch"))
                    .map(row -> new Length(size(row, "steps"), row)).toList();
        }

        /** Time of the whole sequence; a row has that of a step. */
        double nanos() {
            return row.time().median() * steps;
        }

        static Fit fit(List<Length> lengths) {
            return Fit.of(values(lengths, Length::steps), values(lengths, Length::nanos));
        }
    }

    /** One thread against two: tasks with streams or a batch. */
    private static List<List<Row>> threads(List<Row> rows) {
        return Tables.byTask(rows).values().stream()
                .filter(task -> task.size() == 2 && (task.getFirst().sizes().containsKey("streams") || task.getFirst().sizes().containsKey("batch"))).toList();
    }

    static String tables(List<Row> rows) {
        return threadTable(threads(rows)) + stepTable(Step.of(rows)) + lengthTable(Length.of(rows));
    }

    private static String threadTable(List<List<Row>> tasks) {
        if (tasks.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("| work per step | one thread | two threads | speedup (lowest to highest of the rounds) | bytes allocated per run |\n|---|---|---|---|---|\n");
        for (List<Row> task : tasks) {
            Row two = task.getLast();
            text.append(String.format(Locale.ROOT, "| %s | %s | %s | %.2f (%.2f-%.2f) | %s |%n", two.task(), Tables.time(task.getFirst().time().median()),
                    Tables.time(two.time().median()), 1 / two.ratio().median(), 1 / two.ratio().high(), 1 / two.ratio().low(), Tables.digits(two.bytes())));
        }
        return text.append('\n').toString();
    }

    private static String stepTable(List<Step> steps) {
        if (steps.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("| step | time | reading its weights, about 16 * H * (I + H) bytes | part of the time |\n|---|---|---|---|\n");
        for (Step step : steps) {
            Spread part = step.read().ratio().times(100);
            text.append(String.format(Locale.ROOT, "| %s | %s | %s | %.0f %% (%.0f-%.0f) |%n", step.kernel().task(), Tables.time(step.kernel().time().median()),
                    Tables.time(step.read().time().median()), part.median(), part.low(), part.high()));
        }
        if (steps.size() > 1) {
            Fit power = Fit.of(values(steps, step -> Math.log(step.units())), values(steps, step -> Math.log(step.kernel().time().median())));
            text.append(String.format(Locale.ROOT, "%nTime grows with H to the power of %.2f (least squares of the logarithms, R^2 %.4f).%n", power.slope(), power.r2()));
        }
        return text.append('\n').toString();
    }

    private static String lengthTable(List<Length> lengths) {
        if (lengths.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("| sequence | whole | a step |\n|---|---|---|\n");
        for (Length length : lengths) {
            text.append(String.format(Locale.ROOT, "| %s | %s | %s |%n", length.row().task(), Tables.time(length.nanos()),
                    Tables.time(length.row().time().median())));
        }
        if (lengths.size() > 1) {
            Fit line = Length.fit(lengths);
            text.append(String.format(Locale.ROOT, "%nTime is %.1f ns * T %s %.0f ns (least squares, R^2 %.6f).%n", line.slope(), line.intercept() < 0 ? "-" : "+",
                    Math.abs(line.intercept()), line.r2()));
        }
        return text.append('\n').toString();
    }

    /** The layer of a row. */
    static String kind(Row row) {
        Map<String, Object> sizes = row.sizes();
        return sizes.get("cell") + " " + sizes.get("input") + "x" + sizes.get("hidden");
    }

    private static int size(Row row, String name) {
        return row.sizes().get(name) instanceof Number number ? number.intValue() : 0;
    }

    static <T> double[] values(List<T> of, ToDoubleFunction<T> value) {
        return of.stream().mapToDouble(value).toArray();
    }
}
