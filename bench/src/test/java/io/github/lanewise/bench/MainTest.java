package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a user runs it. Times are never asserted. */
class MainTest {
    @Test
    void jsonIsAllThatStandardOutputHas(@TempDir Path folder) throws Exception {
        JsonObject report = measured(folder);
        assertEquals(Set.of("machine", "run", "engines", "steps"), report.keySet());
        List<String> engines = new ArrayList<>();
        for (JsonElement element : report.getAsJsonArray("steps")) {
            JsonObject row = element.getAsJsonObject();
            engines.add(row.get("engine").getAsString());
            assertEquals(16, row.get("hidden").getAsInt());
            assertTrue(row.get("ns").getAsDouble() > 0 && row.get("p50").getAsDouble() <= row.get("p99").getAsDouble()
                    && row.get("p99").getAsDouble() <= row.get("p999").getAsDouble(), row.toString());
            // On a busy machine C2 may still be at work; AllocationTest is where nothing may be allocated.
            assertTrue(row.get("bytes").getAsDouble() >= 0, row.toString());
            assertEquals(0, row.get("error").getAsDouble(), row.toString());
        }
        assertEquals(List.of("lanewise", "scalar"), engines);
        assertTrue(Files.exists(folder.resolve("steps.md")) && Files.exists(folder.resolve("steps-elman.png")));

        Path older = folder.resolve("steps.json");
        Path slower = folder.resolve("slower.json");
        report.getAsJsonArray("steps").forEach(row -> {
            for (String time : List.of("ns", "nsLow", "nsHigh")) {
                row.getAsJsonObject().addProperty(time, 3000 * row.getAsJsonObject().get(time).getAsDouble());
            }
        });
        Files.writeString(slower, report.toString());
        assertEquals(0, execute("--compare", older.toString(), older.toString()));
        assertEquals(1, execute("--compare", older.toString(), slower.toString()));
        assertEquals(0, execute("--compare", older.toString(), slower.toString(), "--threshold", "9999"));
        assertEquals(0, execute("--compare", slower.toString(), older.toString()));
    }

    /** A short run in a process of its own, because JMH and native code write to the process's standard output. */
    private static JsonObject measured(Path folder) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
                "-Djava.awt.headless=true", "-Djmh.ignoreLock=true", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "steps", "--quick", "--only", "elman 1x16", "--engines", "lanewise,scalar", "--json", "--output", folder.toString())
                .redirectError(folder.resolve("errors.txt").toFile()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.onExit().join().exitValue(), Files.readString(folder.resolve("errors.txt")));
        assertTrue(text.startsWith("{") && text.endsWith("}\n"), text);
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void wrongArgumentsAreExitCode2() {
        assertEquals(2, execute("nonsense"));
        assertEquals(2, execute("steps", "--engines", "nobody"));
        assertEquals(2, execute("steps", "--only", "no such task"));
        assertEquals(2, execute("--compare", "absent-1.json", "absent-2.json"));
    }

    private static int execute(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(new StringWriter()));
        return line.execute(arguments);
    }
}
