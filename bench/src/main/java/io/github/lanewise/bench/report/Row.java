package io.github.lanewise.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one engine did at one task. Times are nanoseconds per unit (step, element, product).
 *
 * @param task name of the task
 * @param sizes its sizes
 * @param engine name of the engine
 * @param time of its rounds
 * @param ratio its time as a multiple of the first engine's in the same round
 * @param p50 median of single runs
 * @param p99 99th percentile of single runs
 * @param p999 99.9th percentile of single runs
 * @param samples single runs behind the percentiles
 * @param bytes allocated per run
 * @param gflops floating-point operations per nanosecond
 * @param gbPerSecond bytes that the task must read, per nanosecond
 * @param error largest difference from the first engine's output, relative to its largest magnitude
 */
public record Row(String task, Map<String, Object> sizes, String engine, Spread time, Spread ratio, double p50, double p99, double p999,
                  long samples, double bytes, double gflops, double gbPerSecond, double error) {

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("engine", engine);
        json.addProperty("task", task);
        sizes.forEach((name, value) -> json.add(name, value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(value.toString())));
        json.addProperty("ns", rounded(time.median()));
        json.addProperty("nsLow", rounded(time.low()));
        json.addProperty("nsHigh", rounded(time.high()));
        json.addProperty("rounds", time.count());
        json.addProperty("ratio", rounded(ratio.median()));
        json.addProperty("ratioLow", rounded(ratio.low()));
        json.addProperty("ratioHigh", rounded(ratio.high()));
        json.addProperty("p50", rounded(p50));
        json.addProperty("p99", rounded(p99));
        json.addProperty("p999", rounded(p999));
        json.addProperty("samples", samples);
        json.addProperty("bytes", rounded(bytes));
        json.addProperty("gflops", rounded(gflops));
        json.addProperty("gbPerSecond", rounded(gbPerSecond));
        json.addProperty("error", rounded(error));
        return json;
    }

    static Row fromJson(JsonObject json) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            // Sizes stand between the names and the time.
            if (entry.getKey().equals("ns")) {
                break;
            }
            if (!entry.getKey().equals("engine") && !entry.getKey().equals("task")) {
                JsonPrimitive value = entry.getValue().getAsJsonPrimitive();
                sizes.put(entry.getKey(), value.isNumber() ? (Object) value.getAsInt() : value.getAsString());
            }
        }
        int rounds = json.get("rounds").getAsInt();
        return new Row(json.get("task").getAsString(), sizes, json.get("engine").getAsString(),
                new Spread(number(json, "ns"), number(json, "nsLow"), number(json, "nsHigh"), rounds),
                new Spread(number(json, "ratio"), number(json, "ratioLow"), number(json, "ratioHigh"), rounds),
                number(json, "p50"), number(json, "p99"), number(json, "p999"), json.get("samples").getAsLong(),
                number(json, "bytes"), number(json, "gflops"), number(json, "gbPerSecond"), number(json, "error"));
    }

    private static double number(JsonObject json, String name) {
        return json.get(name).getAsDouble();
    }

    /** Four digits: more than any measurement here has. */
    private static double rounded(double value) {
        if (value == 0) {
            return 0;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 3);
        double digits = Math.rint(value / unit);
        return unit >= 1 ? digits * unit : digits / Math.rint(1 / unit);
    }
}
