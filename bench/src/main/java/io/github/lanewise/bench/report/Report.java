package io.github.lanewise.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one run.
 *
 * @param machine what it ran on
 * @param run how: command, date, forks, rounds
 * @param engines version of each engine
 * @param groups rows of each group
 */
public record Report(Map<String, String> machine, Map<String, String> run, Map<String, String> engines, Map<String, List<Row>> groups) {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    /** One JSON object: {@code machine}, {@code run}, {@code engines} and an array of rows for each group. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.add("machine", GSON.toJsonTree(machine));
        json.add("run", GSON.toJsonTree(run));
        json.add("engines", GSON.toJsonTree(engines));
        groups.forEach((name, rows) -> {
            JsonArray array = new JsonArray();
            rows.forEach(row -> array.add(row.toJson()));
            json.add(name, array);
        });
        return GSON.toJson(json);
    }

    /**
     * The inverse of {@link #toJson}.
     *
     * @throws IllegalArgumentException if the text is not such a report; says where
     */
    public static Report fromJson(String text) {
        Map<String, String> machine = new LinkedHashMap<>();
        Map<String, String> run = new LinkedHashMap<>();
        Map<String, String> engines = new LinkedHashMap<>();
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonElement> entry : JsonParser.parseString(text).getAsJsonObject().entrySet()) {
                switch (entry.getKey()) {
                    case "machine" -> putAll(entry.getValue(), machine);
                    case "run" -> putAll(entry.getValue(), run);
                    case "engines" -> putAll(entry.getValue(), engines);
                    default -> {
                        List<Row> rows = new ArrayList<>();
                        entry.getValue().getAsJsonArray().forEach(row -> rows.add(Row.fromJson(row.getAsJsonObject())));
                        groups.put(entry.getKey(), rows);
                    }
                }
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
            throw new IllegalArgumentException("got no report of this command (" + e.getMessage() + "), wanted the JSON that it writes", e);
        }
        return new Report(machine, run, engines, groups);
    }

    /** The report of one group alone. */
    public Report only(String group) {
        return new Report(machine, run, engines, Map.of(group, groups.getOrDefault(group, List.of())));
    }

    /** Writes a text file, under its name only when it is whole. */
    static void write(Path file, String text) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes {@code group.json}, {@code group.md} and, where there is something to compare, charts. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String group : groups.keySet()) {
            Report alone = only(group);
            write(folder.resolve(group + ".json"), alone.toJson());
            write(folder.resolve(group + ".md"), Tables.markdown(alone));
            Charts.write(group, groups.getOrDefault(group, List.of()), folder);
        }
    }

    private static void putAll(JsonElement from, Map<String, String> to) {
        from.getAsJsonObject().entrySet().forEach(entry -> to.put(entry.getKey(), entry.getValue().getAsString()));
    }
}
