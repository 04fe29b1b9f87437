package io.github.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleTest {
    private static Row row(Task task, String engine, double nanos, double ratio) {
        return new Row(task.label(), task.sizes(), engine, new Spread(nanos, nanos, nanos, 5), new Spread(ratio, ratio - 0.1, ratio + 0.1, 5),
                1, 1, 1, 1, 0, 1, 1, 0);
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Task training = new Training(Network.of("lstm", "64x64"), 32, 64);
        rows.add(row(training, "lanewise", 1000, 1));
        rows.add(row(training, "two-threads", 500, 0.5));
        Task streams = new Streams(Network.of("lstm", "64x64"), 2);
        rows.add(row(streams, "lanewise", 1000, 1));
        rows.add(row(streams, "two-threads", 600, 0.6));
        for (int hidden : List.of(16, 64)) {
            Task step = new Step(Network.of("lstm", hidden + "x" + hidden));
            // 16 to 64: four times the units, eight times the time.
            rows.add(row(step, "lanewise", hidden == 16 ? 100 : 800, 1));
            rows.add(row(step, "read", hidden == 16 ? 25 : 600, hidden == 16 ? 0.25 : 0.75));
        }
        // 200 ns + 50 ns a step.
        rows.add(row(new Sequence(Network.of("lstm", "64x64"), 10), "lanewise", 70, 1));
        rows.add(row(new Sequence(Network.of("lstm", "64x64"), 100), "lanewise", 52, 1));
        return rows;
    }

    @Test
    void tablesShowSpeedupRoofAndFits() {
        String tables = Scale.tables(rows());
        assertTrue(tables.contains("| lstm 64x64 N=32 | 1.00 µs | 500 ns | 2.00 (1.67-2.50) | 0.00 |"), tables);
        assertTrue(tables.contains("| lstm 64x64 2 streams | 1.00 µs | 600 ns | 1.67 (1.43-2.00) | 0.00 |"), tables);
        assertTrue(tables.contains("| lstm 64x64 | 800 ns | 600 ns | 75 % (65-85) |"), tables);
        assertTrue(tables.contains("H to the power of 1.50 (least squares of the logarithms, R^2 1.0000)"), tables);
        assertTrue(tables.contains("| lstm 64x64 T=100 | 5.20 µs | 52.0 ns |"), tables);
        assertTrue(tables.contains("Time is 50.0 ns * T + 200 ns (least squares, R^2 1.000000)."), tables);
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() {
        assertEquals("", Scale.tables(List.of()));
        String tables = Scale.tables(rows().subList(0, 2));
        assertEquals(3, tables.strip().lines().count(), tables);
    }

    @Test
    void jsonKeepsWhatTheTablesNeed() {
        Report report = new Report(Map.of(), Map.of(), Map.of(), Map.of(Scale.GROUP, rows()));
        assertEquals(Tables.markdown(report), Tables.markdown(Report.fromJson(report.toJson())));
    }

    @Test
    void chartsAreWritten(@TempDir Path folder) throws IOException {
        new Report(Map.of(), Map.of(), Map.of(), Map.of(Scale.GROUP, rows())).writeTo(folder);
        try (var files = Files.list(folder)) {
            assertEquals(Set.of("scale.json", "scale.md", "scale-units.png", "scale-length.png"),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
        assertEquals(900, ImageIO.read(folder.resolve("scale-units.png").toFile()).getWidth());
        assertEquals(900, ImageIO.read(folder.resolve("scale-length.png").toFile()).getWidth());
    }
}
