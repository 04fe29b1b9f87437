package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.task.Task;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the command line asks for.
 *
 * @param runs how often and how long
 * @param only part of the names of the wanted tasks; empty for all
 * @param engines names of the wanted engines; empty for those of the group
 * @param peers whether peers take part
 * @param folder where logs go
 * @param progress the error stream
 */
record Request(Runs runs, String only, List<String> engines, boolean peers, Path folder, PrintWriter progress) {
    /** The wanted ones. */
    List<Task> wanted(List<Task> tasks) {
        return tasks.stream().filter(task -> task.label().contains(only)).toList();
    }

    /** One line for a finished part. */
    void report(String group, int done, int all, long startNanos, List<Row> rows) {
        StringBuilder line = new StringBuilder();
        for (Row row : rows) {
            line.append(row.equals(rows.getFirst()) ? String.format(Locale.ROOT, " %s %.3g ns", row.engine(), row.time().median())
                    : String.format(Locale.ROOT, ", %s %.3g x", row.engine(), row.ratio().median()));
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        progress.printf(Locale.ROOT, "%s %d/%d, %.0f s left: %s:%s%n", group, done, all, seconds / done * (all - done), rows.getFirst().task(), line);
        progress.flush();
    }
}
