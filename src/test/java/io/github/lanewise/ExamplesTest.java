package io.github.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.kernel.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example runs, and prints what the comment at its end says: to the bit, with and without SIMD. */
class ExamplesTest {
    private static final String PRINTS = "// Prints, on every machine:";

    static Stream<Path> examples() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("examples"))) {
            files = all.sorted().toList();
        }
        assertFalse(files.isEmpty(), "no examples");
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatItSaysOnVectors(Path example) throws Exception {
        assertEquals(promised(example), run(List.of("--add-modules=jdk.incubator.vector"), example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsTheSameWithoutTheFlag(Path example) throws Exception {
        assertEquals(promised(example), run(List.of(), example));
    }

    private static List<String> promised(Path example) throws IOException {
        List<String> lines = Files.readAllLines(example);
        return lines.subList(lines.indexOf(PRINTS) + 1, lines.size()).stream().map(line -> line.substring("// ".length())).toList();
    }

    private static List<String> run(List<String> flags, Path example) throws Exception {
        Path library = Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", library.toString(), example.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), "exit code of " + example);
        return output.lines().toList();
    }
}
