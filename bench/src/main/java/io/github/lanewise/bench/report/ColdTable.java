package io.github.lanewise.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The first steps of a JVM: time and bytes, all steps together. */
public final class ColdTable {
    /** The group it shows. */
    public static final String GROUP = "cold";

    private ColdTable() {}

    static String table(List<Row> rows) {
        Set<String> engines = Tables.engineNames(rows);
        StringBuilder text = new StringBuilder("An LSTM in a new JVM: time of the steps (lowest to highest of the JVMs), bytes allocated on their thread.\n\n| |");
        engines.forEach(engine -> text.append(' ').append(engine).append(" |"));
        text.append("\n|---|").append("---|".repeat(engines.size())).append('\n');
        Tables.byTask(rows).forEach((task, of) -> {
            text.append("| ").append(task).append(" |");
            for (Row row : of) {
                text.append(String.format(Locale.ROOT, " %s (%s - %s)%s |", Tables.time(row.time().median()), Tables.time(row.time().low()),
                        Tables.time(row.time().high()), row.sizes().containsKey("steps") ? ", " + bytes(row.bytes()) : ""));
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String bytes(double bytes) {
        if (bytes < 1e3) {
            return String.format(Locale.ROOT, "%.0f bytes", bytes);
        }
        return bytes < 1e6 ? Tables.digits(bytes / 1e3) + " KB" : Tables.digits(bytes / 1e6) + " MB";
    }
}
