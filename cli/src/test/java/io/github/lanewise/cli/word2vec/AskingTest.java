package io.github.lanewise.cli.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.lanewise.io.VectorFormat;
import io.github.lanewise.io.WordVectors;
import io.github.lanewise.word2vec.Embeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands that read word vectors. */
class AskingTest {
    @TempDir
    private Path folder = Path.of("");
    private Path vectors = Path.of("");

    @BeforeEach
    void writeVectors() throws IOException {
        vectors = Files.writeString(folder.resolve("v.txt"), """
                6 3
                man 1 0 0
                woman -1 0 0
                king 1 2 0
                queen -1 2 0
                boy 1 0.1 1
                girl -1 0.1 1
                """);
    }

    @Test
    void nearestPrintsAListForEachWord() {
        Run run = Run.of("nearest", vectors, "king", "girl", "--count", 2);
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().map(String::strip).toList();
        assertEquals("king", lines.get(0));
        assertTrue(lines.get(1).startsWith("queen ") && lines.get(1).endsWith("0.6000"), run.out());
        assertEquals("girl", lines.get(3));
        assertTrue(lines.get(4).startsWith("woman ") && lines.get(4).endsWith("0.7053"), run.out());
        assertEquals(6, lines.size());
    }

    @Test
    void nearestAsJson() {
        JsonObject result = Run.of("nearest", vectors, "king", "-n", 1, "--json").json();
        JsonObject first = result.getAsJsonArray("results").get(0).getAsJsonObject();
        assertEquals("king", first.get("word").getAsString());
        JsonObject best = first.getAsJsonArray("nearest").get(0).getAsJsonObject();
        assertEquals("queen", best.get("word").getAsString());
        assertEquals(0.6, best.get("score").getAsDouble(), 1e-6);
    }

    @ParameterizedTest
    // By hand: 3CosMul gives queen 0.8 * 0.724 / 0.277 = 2.09 and girl 0.374 * 0.853 / 0.148 = 2.15.
    @CsvSource({"COS_ADD,queen", "cos_mul,girl"})
    void analogyAnswersAIsToBAsCIsTo(String method, String answer) {
        Run run = Run.of("analogy", vectors, "man", "king", "woman", "--method", method, "--json");
        assertEquals(0, run.code(), run.err());
        JsonObject best = run.json().getAsJsonArray("answers").get(0).getAsJsonObject();
        assertEquals(answer, best.get("word").getAsString());
        String text = Run.of("analogy", vectors, "man", "king", "woman").out();
        assertEquals("man is to king as woman is to", text.lines().findFirst().orElse(""));
    }

    /** By hand: the mean is (0, 0.7, 1/3); the first coordinate has variance 1, no direction of the others more than 0.91. */
    @Test
    void allButTheTopTakesOutWhatWordsHaveInCommon() throws IOException {
        Path target = folder.resolve("rest.bin");
        assertEquals(0, Run.of("convert", vectors, target, "--all-but-the-top", 0).code());
        assertArrayEquals(new float[] {-1, 2 - 0.7f, -1 / 3f}, WordVectors.read(target).vector("queen"), 1e-6f);
        assertEquals(0, Run.of("convert", vectors, target, "--all-but-the-top", 1).code());
        assertArrayEquals(new float[] {0, 2 - 0.7f, -1 / 3f}, WordVectors.read(target).vector("queen"), 1e-6f);
        Run refused = Run.of("nearest", vectors, "king", "--all-but-the-top", 4);
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--all-but-the-top: directions: got 4, wanted 0 to 3, the dimension"), refused.err());
    }

    @Test
    void evaluatePrintsSectionsAndCorrelations() throws IOException {
        Path questions = Files.writeString(folder.resolve("q.txt"), ": family\nman king woman queen\nman boy woman king\nman boy woman uncle\n");
        Path pairs = Files.writeString(folder.resolve("p.tsv"), "king\tqueen\t9\nking\tgirl\t1\nman\twoman\t0\n");
        Run run = Run.of("evaluate", vectors, "--questions", questions, "--pairs", pairs, "--json");
        assertEquals(0, run.code(), run.err());
        JsonObject total = run.json().getAsJsonObject("analogies").getAsJsonObject("total");
        assertEquals(List.of(1, 2, 1), List.of(total.get("correct").getAsInt(), total.get("answered").getAsInt(), total.get("skipped").getAsInt()));
        assertEquals(0.5, total.get("accuracy").getAsDouble());
        assertTrue(run.json().getAsJsonObject("analogies").getAsJsonObject("syntactic").get("accuracy").isJsonNull());
        JsonObject correlation = run.json().getAsJsonArray("pairs").get(0).getAsJsonObject();
        assertEquals(1, correlation.get("spearman").getAsDouble(), 1e-9);
        assertEquals(3, correlation.get("used").getAsInt());
        String text = Run.of("evaluate", vectors, "--questions", questions, "--pairs", pairs, "--limit", 0).out();
        assertTrue(text.contains("50.00 %  (1 of 2, 1 skipped)"), text);
        assertTrue(text.contains("Spearman 1.0000"), text);
    }

    @ParameterizedTest
    @EnumSource
    void convertKeepsWordsAndVectors(VectorFormat format) throws IOException {
        Path target = folder.resolve("converted");
        Run run = Run.of("convert", vectors, target, "--format", format, "--json");
        assertEquals(0, run.code(), run.err());
        assertEquals(6, run.json().get("words").getAsInt());
        Embeddings read = WordVectors.read(target);
        assertEquals(WordVectors.read(vectors).vocabulary(), read.vocabulary());
        assertArrayEquals(new float[] {-1, 0.1f, 1}, read.vector("girl"));
    }

    @Test
    void convertNormalizesAndTellsTheFormatFromTheName() throws IOException {
        Path target = folder.resolve("unit.bin");
        assertEquals(0, Run.of("convert", vectors, target, "--normalize", "--max-words", 3).code());
        assertEquals(VectorFormat.BINARY, WordVectors.detect(target));
        assertArrayEquals(new float[] {(float) Math.sqrt(0.2), (float) Math.sqrt(0.8), 0}, WordVectors.read(target).vector("king"), 1e-6f);
        assertEquals(3, WordVectors.read(target).size());
    }

    @Test
    void plotWritesBothPictures() throws IOException {
        Path target = folder.resolve("picture");
        Run run = Run.of("plot", vectors, "boy", "girl", "--analogy", "man,king,woman", "--output", target, "--json");
        assertEquals(0, run.code(), run.err());
        assertEquals(6, run.json().getAsJsonArray("points").size(), "queen was found");
        var image = Objects.requireNonNull(ImageIO.read(folder.resolve("picture.png").toFile()));
        assertEquals(1000, image.getWidth());
        assertTrue(image.getRGB(0, 0) == -1 && colours(image) > 10, "nothing drawn");
        assertTrue(Files.readString(folder.resolve("picture.svg")).contains("<svg"));
        JsonObject[] p = run.json().getAsJsonArray("points").asList().stream().map(e -> e.getAsJsonObject()).toArray(JsonObject[]::new);
        assertEquals(List.of("man", "king", "woman", "queen"), List.of(word(p[0]), word(p[1]), word(p[2]), word(p[3])));
        // Here men and women differ in one direction only, the one of the largest variance.
        assertEquals(2, p[0].get("x").getAsDouble() - p[2].get("x").getAsDouble(), 1e-6);
        assertEquals(2 * Math.sqrt(0.2), p[1].get("x").getAsDouble() - p[3].get("x").getAsDouble(), 1e-6);
        assertEquals(p[0].get("y").getAsDouble(), p[2].get("y").getAsDouble(), 1e-6);
        assertEquals(p[1].get("y").getAsDouble(), p[3].get("y").getAsDouble(), 1e-6);
    }

    private static String word(JsonObject point) {
        return point.get("word").getAsString();
    }

    private static long colours(java.awt.image.BufferedImage image) {
        return java.util.Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).distinct().count();
    }

    @Test
    void aPictureNameWithAnEndingGivesOnePicture() {
        assertEquals(0, Run.of("plot", vectors, "man", "king", "-o", folder.resolve("one.svg")).code());
        assertTrue(Files.exists(folder.resolve("one.svg")));
        assertFalse(Files.exists(folder.resolve("one.svg.png")) || Files.exists(folder.resolve("one.png")));
    }

    @Test
    void anUnknownWordIsBadInputWithWordsSpeltAlike() {
        assertBad("lanewise word2vec nearest: " + vectors + ": word: got \"quen\", wanted one of the vocabulary; spelt alike: queen",
                Run.of("nearest", vectors, "quen"));
        assertBad("lanewise word2vec analogy: " + vectors + ": word: got \"elephant\", wanted one of the vocabulary",
                Run.of("analogy", vectors, "man", "king", "elephant"));
    }

    @Test
    void badInputIsOneLineAndExitCodeTwo() throws IOException {
        Path missing = folder.resolve("missing.bin");
        assertBad("lanewise word2vec nearest: " + missing + ": got no such file, wanted a file of word vectors", Run.of("nearest", missing, "a"));
        Path broken = Files.writeString(folder.resolve("broken.txt"), "2 2\na 1 2\nb 1 x\n");
        assertBad("lanewise word2vec nearest: " + broken + ": byte 14: line 3: got \"x\" as value 2, wanted a finite decimal number",
                Run.of("nearest", broken, "a"));
        assertBad("lanewise word2vec nearest: --count: got 0, wanted >= 1", Run.of("nearest", vectors, "man", "-n", 0));
        assertBad("lanewise word2vec evaluate: got neither --questions nor --pairs, wanted at least one of them", Run.of("evaluate", vectors));
        assertBad("lanewise word2vec evaluate: " + missing + ": got no such file or folder, wanted one that exists",
                Run.of("evaluate", vectors, "--pairs", missing));
        assertBad("lanewise word2vec convert: OUTPUT: got " + missing.resolve("x") + ", wanted a file in a folder that exists",
                Run.of("convert", vectors, missing.resolve("x")));
        assertBad("lanewise word2vec plot: words to draw: got 1, wanted 2 to 500", Run.of("plot", vectors, "man", "-o", folder.resolve("p")));
        assertBad("lanewise word2vec plot: --analogy: got 'man,king', wanted three or four words with commas between them",
                Run.of("plot", vectors, "--analogy", "man,king", "-o", folder.resolve("p")));
        assertEquals(2, Run.of("nearest", vectors).code());
        assertEquals(2, Run.of("nope").code());
    }

    private static void assertBad(String line, Run run) {
        assertEquals(List.of(line), run.errLines());
        assertEquals(2, run.code());
        assertEquals("", run.out());
    }

    @Test
    void theTextOfTheDemoDependsOnTheSeedAlone() throws IOException {
        Path one = folder.resolve("one.txt");
        Path two = folder.resolve("two.txt");
        Path other = folder.resolve("other.txt");
        assertEquals(0, Run.of("generate", "--output", one, "--sentences", 100, "--seed", 3).code());
        assertEquals(0, Run.of("generate", "--output", two, "--sentences", 100, "--seed", 3).code());
        assertEquals(0, Run.of("generate", "--output", other, "--sentences", 100, "--seed", 4).code());
        assertEquals(Files.readString(one), Files.readString(two));
        assertFalse(Files.readString(one).equals(Files.readString(other)));
        assertEquals(100, Files.readAllLines(one).size());
    }
}
