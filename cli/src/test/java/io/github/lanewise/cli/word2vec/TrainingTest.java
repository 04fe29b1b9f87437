package io.github.lanewise.cli.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.lanewise.io.VectorFormat;
import io.github.lanewise.io.WordVectors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a text to answers. */
class TrainingTest {
    @TempDir
    private static Path shared = Path.of("");
    private static Path text = Path.of("");
    private static Path questions = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void writeText() {
        text = shared.resolve("text.txt");
        questions = shared.resolve("questions.txt");
        assertEquals(0, Run.of("generate", "--output", text, "--questions", questions).code());
    }

    @Test
    void trainedVectorsAnswerAnalogies() {
        Path vectors = folder.resolve("vectors.bin");
        Run run = Run.of("train", "--corpus", text, "--output", vectors, "--dim", 48, "--sample", 1e-3, "--alpha", 0.05, "--json");
        assertEquals(0, run.code(), run.err());
        JsonObject result = run.json();
        assertEquals(5 * result.get("corpusWords").getAsLong(), result.get("words").getAsLong());
        assertEquals(result.get("words").getAsDouble() / result.get("seconds").getAsDouble(), result.get("wordsPerSecond").getAsDouble(), 1);
        assertTrue(result.get("tokenizeSeconds").getAsDouble() > 0);
        assertTrue(result.get("vocabulary").getAsInt() > 200);
        assertEquals("window", result.get("update").getAsString());
        assertEquals(1, result.get("threads").getAsInt());
        assertTrue(run.err().contains("training: 100 %"), run.err());

        assertEquals("queen", answer(vectors, "man", "king", "woman"));
        assertEquals("italy", answer(vectors, "paris", "france", "rome"));
        JsonObject total = Run.of("evaluate", vectors, "--questions", questions, "--json").json().getAsJsonObject("analogies").getAsJsonObject("total");
        assertTrue(total.get("accuracy").getAsDouble() > 0.9, total.toString());
        JsonObject nearest = Run.of("nearest", vectors, "france", "--json").json().getAsJsonArray("results").get(0).getAsJsonObject();
        assertEquals(10, nearest.getAsJsonArray("nearest").size());
    }

    private static String answer(Path vectors, String a, String b, String c) {
        Run run = Run.of("analogy", vectors, a, b, c, "--json");
        assertEquals(0, run.code(), run.err());
        return run.json().getAsJsonArray("answers").get(0).getAsJsonObject().get("word").getAsString();
    }

    private Path small() throws IOException {
        return Files.writeString(folder.resolve("small.txt"), "a b c d\nb c a d\nd a b c\n".repeat(50));
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        Path small = small();
        byte[] one = trainSmall(small, "--seed", 7);
        assertArrayEquals(one, trainSmall(small, "--seed", 7));
        assertFalse(Arrays.equals(one, trainSmall(small, "--seed", 8)));
        assertFalse(Arrays.equals(one, trainSmall(small, "--seed", 7, "--update", "pair")));
        assertFalse(Arrays.equals(one, trainSmall(small, "--seed", 7, "--cbow")));
        assertFalse(Arrays.equals(one, trainSmall(small, "--seed", 7, "--epochs", 2)));
        assertArrayEquals(one, trainSmall(small, "--seed", 7, "--negative-reuse", 1));
        byte[] narrow = trainSmall(small, "--seed", 7, "--window", 1);
        assertFalse(Arrays.equals(narrow, trainSmall(small, "--seed", 7, "--window", 1, "--negative-reuse", 2)));
    }

    private byte[] trainSmall(Path small, Object... more) throws IOException {
        Path target = folder.resolve("small.bin");
        List<Object> arguments = new ArrayList<>(List.of("train", "--corpus", small, "--output", target, "--dim", 8, "--sample", 0));
        arguments.addAll(List.of(more));
        Run run = Run.of(arguments.toArray());
        assertEquals(0, run.code(), run.err());
        return Files.readAllBytes(target);
    }

    @Test
    void gzipTextIsReadAsItIs() throws IOException {
        Path small = small();
        Path packed = folder.resolve("small.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(small, out);
        }
        assertArrayEquals(trainSmall(small), trainSmall(packed));
    }

    @Test
    void theNamesOfWord2vecAreUnderstood() throws IOException {
        Path small = small();
        Path ours = folder.resolve("ours.bin");
        Path theirs = folder.resolve("theirs");
        assertEquals(0, Run.of("train", "--corpus", small, "--output", ours, "--dim", 12, "--window", 3, "--negative", 4, "--sample", 0.01,
                "--epochs", 2, "--threads", 1, "--cbow", "--min-count", 2, "--alpha", 0.05).code());
        Run run = Run.of("train", "-train", small, "-output", theirs, "-size", 12, "-window", 3, "-negative", 4, "-sample", "1e-2",
                "-iter", 2, "-threads", 1, "-cbow", 1, "-binary", 1, "-min-count", 2, "-alpha", 0.05, "-hs", 0, "-debug", 2);
        assertEquals(0, run.code(), run.err());
        assertArrayEquals(Files.readAllBytes(ours), Files.readAllBytes(theirs));
    }

    @ParameterizedTest
    @CsvSource({"x.bin,,BINARY", "x.txt,,TEXT", "x.bin,--text,TEXT", "x.vec,,TEXT", "x.glove,,GLOVE"})
    void theFormatFollowsTheName(String name, @Nullable String option, VectorFormat format) throws IOException {
        Path target = folder.resolve(name);
        Run run = option == null ? Run.of("train", "--corpus", small(), "--output", target, "--dim", 8)
                : Run.of("train", "--corpus", small(), "--output", target, "--dim", 8, option);
        assertEquals(0, run.code(), run.err());
        assertEquals(format, WordVectors.detect(target));
        assertEquals(List.of("a", "b", "c", "d"), WordVectors.read(target).vocabulary().words());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dim 0", "--window 0", "--negative 0", "--negative-reuse 0", "--sample -1", "--min-count 0", "--epochs 0", "--alpha 0", "--threads 0", "--update both",
        "-hs 1", "-cbow 2", "-binary yes", "--min-count 1000", "--max-vocabulary 0"})
    void badSettingsAreOneLineAndExitCodeTwo(String option) throws IOException {
        String[] parts = option.split(" ", -1);
        Path target = folder.resolve("x.bin");
        Run run = Run.of("train", "--corpus", small(), "--output", target, parts[0], parts[1]);
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.errLines().stream().filter(line -> line.startsWith("lanewise word2vec train: ")).count(), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(target));
    }

    @Test
    void badFilesAreOneLineAndExitCodeTwo() throws IOException {
        Path missing = folder.resolve("missing.txt");
        Path target = folder.resolve("x.bin");
        assertBad(missing + ": got no such file or folder, wanted one that exists", Run.of("train", "--corpus", missing, "--output", target));
        assertBad(folder + ": got a folder, wanted a text", Run.of("train", "--corpus", folder, "--output", target));
        assertBad("--output: got the folder " + folder + ", wanted a file", Run.of("train", "--corpus", small(), "--output", folder));
        Path truncated = folder.resolve("t.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(truncated))) {
            Files.copy(text, out);
        }
        byte[] bytes = Files.readAllBytes(truncated);
        Files.write(truncated, Arrays.copyOf(bytes, bytes.length / 2));
        Run run = Run.of("train", "--corpus", truncated, "--output", target);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(truncated + ": got damaged or truncated gzip data"), run.err());
        assertFalse(Files.exists(target));
        assertEquals(2, Run.of("train", "--output", target).code());
    }

    private static void assertBad(String message, Run run) {
        assertEquals(List.of("lanewise word2vec train: " + message), run.errLines());
        assertEquals(2, run.code());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theDemoAnswersBothAnalogies(long seed) {
        StringWriter out = new StringWriter();
        Word2VecDemo.run(seed, new PrintWriter(out, true), new PrintWriter(new StringWriter(), true));
        String text = out.toString();
        assertTrue(text.contains("king - man + woman     = queen "), text);
        assertTrue(text.contains("france - paris + rome  = italy "), text);
        assertTrue(text.contains("synthetic") && text.contains("--corpus"), text);
    }
}
