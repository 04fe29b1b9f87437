package io.github.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ways to start a program that uses the library, each in a JVM of its own, and the backend it then gets. */
class StartTest {
    private static final String FLAG = "--add-modules=jdk.incubator.vector";

    @Test
    void classPathWithTheFlagRunsOnVectors() throws Exception {
        assertEquals("simd", backend(FLAG, "-cp", library() + File.pathSeparator + tests()));
    }

    @Test
    void classPathWithoutTheFlagFallsBack() throws Exception {
        assertEquals("scalar", backend("-cp", library() + File.pathSeparator + tests()));
    }

    @Test
    void modulePathNeedsNoFlag() throws Exception {
        assertEquals("simd", backend("-p", library().toString(), "--add-modules=io.github.lanewise", "-cp", tests().toString()));
    }

    /** The program that is started. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            System.out.println(Kernels.simd().isPresent() ? "simd" : "scalar");
        }
    }

    private static String backend(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add(Program.class.getName());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + command);
        return output;
    }

    private static Path library() throws URISyntaxException {
        return placeOf(Kernels.class);
    }

    private static Path tests() throws URISyntaxException {
        return placeOf(StartTest.class);
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
