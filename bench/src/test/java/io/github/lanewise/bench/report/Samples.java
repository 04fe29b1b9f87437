package io.github.lanewise.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows and reports for tests. */
final class Samples {
    private Samples() {}

    static Row row(String task, String engine, double low, double median, double high) {
        return row(task, engine, new Spread(median, low, high, 5), new Spread(1, 1, 1, 5));
    }

    static Row row(String task, String engine, Spread time, Spread ratio) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("cell", "lstm");
        sizes.put("input", 64);
        sizes.put("hidden", 65);
        return new Row(task, sizes, engine, time, ratio, 1023, 1101, 2000, 20_000, 0, 12.34, 56.78, 1.25e-7);
    }

    static Report report(Row... rows) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        groups.put("steps", List.of(rows));
        return new Report(Map.of("cpu", "a \"quoted\" one"), Map.of("date", "2026-01-01"), Map.of("lanewise", "simd-512"), groups);
    }
}
