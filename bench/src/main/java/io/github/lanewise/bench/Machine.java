package io.github.lanewise.bench;

import io.github.lanewise.kernel.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a number was measured on. */
final class Machine {
    private Machine() {}

    static Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", processor());
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("lanewise", Diagnostics.current().backend() + ", species " + Diagnostics.current().species());
        return facts;
    }

    /** Java does not know; Linux does. */
    private static String processor() {
        Path file = Path.of("/proc/cpuinfo");
        String fallback = System.getProperty("os.arch");
        if (!Files.isReadable(file)) {
            return fallback;
        }
        String family = "";
        String name = fallback;
        try {
            for (String line : Files.readAllLines(file)) {
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("model name")) {
                    name = value;
                } else if (line.startsWith("cpu family") || line.startsWith("model\t")) {
                    family += (family.isEmpty() ? ", family " : ", model ") + value;
                } else if (line.isBlank()) {
                    break;
                }
            }
        } catch (IOException e) {
            return fallback;
        }
        return name + family;
    }
}
