package io.github.lanewise.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The roofline model (Williams, Waterman and Patterson 2009): no kernel is faster than its arithmetic at the peak rate, nor than its data at
 * the read bandwidth of the cache level that holds them. Both are measured in turns with the kernel, so their time over its own is the
 * fraction of the roof that it reaches.
 */
public final class Roof {
    /** The group that measures it. */
    public static final String GROUP = "roofline";
    /** The engine that does the arithmetic of a task and nothing else. */
    public static final String PEAK = "peak";
    /** The engine that reads the data of a task and nothing else. */
    public static final String READ = "read";

    private Roof() {}

    /**
     * How close a kernel comes.
     *
     * @param bound what limits it: {@link #PEAK} or {@link #READ}
     * @param fraction time of that limit over the kernel's
     */
    public record Reached(String bound, Spread fraction) {}

    /** The roof of a task's first engine, from the rows of one task; empty when that is itself a roof. */
    public static Optional<Reached> reached(List<Row> rows) {
        String kernel = rows.getFirst().engine();
        if (kernel.equals(PEAK) || kernel.equals(READ)) {
            return Optional.empty();
        }
        Optional<Reached> best = Optional.empty();
        for (Row row : rows) {
            boolean roof = row.engine().equals(PEAK) || row.engine().equals(READ);
            if (roof && best.map(b -> b.fraction().median() < row.ratio().median()).orElse(true)) {
                best = Optional.of(new Reached(row.engine(), row.ratio()));
            }
        }
        return best;
    }

    static String table(List<Row> rows) {
        StringBuilder text = new StringBuilder("| kernel | time | GFLOP/s | GB/s | bound by | fraction of the roof (lowest to highest of the rounds) |\n|---|---|---|---|---|---|\n");
        Tables.byTask(rows).forEach((task, of) -> {
            for (Row row : of) {
                boolean roof = row.engine().equals(PEAK) || row.engine().equals(READ);
                boolean first = row.equals(of.getFirst());
                if (roof && !first) {
                    continue;
                }
                String name = roof ? task : row.engine() + " " + task;
                String fraction = first ? reached(of).map(r -> String.format(Locale.ROOT, "%s | %.0f %% (%.0f-%.0f)", r.bound(),
                        100 * r.fraction().median(), 100 * r.fraction().low(), 100 * r.fraction().high())).orElse("| ") : "| ";
                text.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s |%n", name, Tables.time(row.time().median()),
                        row.engine().equals(READ) ? "" : Tables.digits(row.gflops()),
                        row.engine().equals(PEAK) ? "" : Tables.digits(row.gbPerSecond()), fraction));
            }
        });
        return text.toString();
    }
}
