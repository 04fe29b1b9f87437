package io.github.lanewise.bench.report;

import static io.github.lanewise.bench.report.Samples.report;
import static io.github.lanewise.bench.report.Samples.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private final Report report = report(
            row("lstm 64x65", "lanewise", new Spread(1000, 990, 1020, 5), new Spread(1, 1, 1, 5)),
            row("lstm 64x65", "careful", new Spread(2500, 2400, 2600, 5), new Spread(2.5, 2.4, 2.6, 5)));

    @Test
    void jsonHasTheFieldsThatScriptsRead() {
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        assertEquals(Set.of("machine", "run", "engines", "steps"), json.keySet());
        JsonObject row = json.getAsJsonArray("steps").get(0).getAsJsonObject();
        assertEquals(List.of("engine", "task", "cell", "input", "hidden", "ns", "nsLow", "nsHigh", "rounds", "ratio", "ratioLow", "ratioHigh", "p50",
                "p99", "p999", "samples", "bytes", "gflops", "gbPerSecond", "error"), List.copyOf(row.keySet()));
        assertEquals("lanewise", row.get("engine").getAsString());
        assertEquals(65, row.get("hidden").getAsInt());
        assertEquals(1000, row.get("ns").getAsDouble());
        assertEquals("1.25E-7", row.get("error").getAsString());
    }

    @Test
    void jsonCanBeReadBack() {
        Report again = Report.fromJson(report.toJson());
        assertEquals(report.groups(), again.groups());
        assertEquals(report.toJson(), again.toJson());
    }

    @Test
    void otherFilesAreRefused() {
        for (String text : List.of("", "[]", "{\"steps\":[{}]}", "{\"steps\":3}", "no json")) {
            assertThrows(IllegalArgumentException.class, () -> Report.fromJson(text), text);
        }
    }

    @Test
    void tablesShowTimeRatioAndSpread() {
        String table = Tables.markdown(report);
        assertTrue(table.contains("| lstm 64x65 | 1.00 µs (990-1020) | 2.50 µs, 2.50 x (2.40-2.60) |"), table);
    }

    @Test
    void filesAreWritten(@TempDir Path folder) throws IOException {
        report.writeTo(folder);
        try (var files = Files.list(folder)) {
            assertEquals(Set.of("steps.json", "steps.md", "steps-lstm.png"),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
        assertTrue(ImageIO.read(folder.resolve("steps-lstm.png").toFile()).getWidth() >= 900);
    }
}
