package io.github.lanewise.cli.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.lanewise.cli.Main;
import io.github.lanewise.io.Checkpoint;
import io.github.lanewise.io.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that is interrupted and goes on, and models that are trained further. */
class CheckpointsTest {
    @TempDir
    private Path folder = Path.of("");
    private Path small = Path.of("");
    private Path checkpoint = Path.of("");

    @BeforeEach
    void writeText() throws IOException {
        small = Files.writeString(folder.resolve("small.txt"), "a b c d\nb c a d\nd a b c\n".repeat(50));
        checkpoint = folder.resolve("state");
    }

    /** Three JVMs: the first is killed, the second is told to end as by Ctrl-C, the third ends by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"window", "pair"})
    void aKilledAndAnInterruptedRunEndWithTheBitsOfOneRun(String update) throws Exception {
        Path text = folder.resolve("text.txt");
        assertEquals(0, Run.of("generate", "--output", text, "--sentences", 20_000).code());
        Path straight = folder.resolve("straight.bin");
        assertEquals(0, Run.of(arguments(text, straight, update)).code());

        Path resumed = folder.resolve("resumed.bin");
        Process killed = start(arguments(text, resumed, update, "--checkpoint", checkpoint, "--checkpoint-every", 0));
        waitForCheckpoint(killed);
        killed.destroyForcibly().waitFor();
        assertFalse(Files.exists(resumed));
        long first = wordsDone();

        Process interrupted = start(arguments(text, resumed, update, "--checkpoint", checkpoint, "--checkpoint-every", 1000, "--resume"));
        // It says something of itself only now and then; by this time it is training.
        waitForLine(interrupted, "training: ");
        interrupted.destroy();
        assertTrue(interrupted.waitFor(60, TimeUnit.SECONDS));
        assertEquals(143, interrupted.exitValue());
        String said = Files.readString(log());
        assertTrue(said.contains("interrupted; --resume goes on from " + checkpoint), said);
        assertFalse(Files.exists(resumed));
        long second = wordsDone();
        assertTrue(second > first, first + " words, then " + second);

        Run last = Run.of(arguments(text, resumed, update, "--checkpoint", checkpoint, "--resume", "--json"));
        assertEquals(0, last.code(), last.err());
        assertArrayEquals(Files.readAllBytes(straight), Files.readAllBytes(resumed));
        JsonObject result = last.json();
        assertTrue(result.get("resumed").getAsBoolean());
        assertEquals(result.get("corpusWords").getAsLong() * result.get("epochs").getAsLong() - second, result.get("words").getAsLong());
        assertEquals(wordsDone(), second + result.get("words").getAsLong());
        try (Stream<Path> files = Files.list(folder)) {
            // A JVM that is killed while it writes cannot remove what it has begun.
            assertTrue(files.filter(f -> f.getFileName().toString().endsWith(".tmp")).count() <= 1);
        }
    }

    private static Object[] arguments(Path text, Path target, String update, Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--corpus", text, "--output", target, "--dim", 200, "--epochs", 15, "--update", update));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Main.class.getName(), "word2vec"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void waitForCheckpoint(Process process) throws Exception {
        while (!Files.exists(checkpoint)) {
            assertTrue(process.isAlive(), () -> "ended too soon: " + read(log()));
            Thread.sleep(5);
        }
    }

    private void waitForLine(Process process, String line) throws Exception {
        while (!read(log()).contains(line)) {
            assertTrue(process.isAlive(), () -> "ended too soon: " + read(log()));
            Thread.sleep(5);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return String.valueOf(gone);
        }
    }

    private long wordsDone() throws IOException {
        return Checkpoint.load(checkpoint).workers().stream().mapToLong(w -> w.wordsDone()).sum();
    }

    @Test
    void aFinishedTrainingIsResumedWithNothingToDo() throws IOException {
        Path vectors = folder.resolve("v.bin");
        assertEquals(0, Run.of("train", "--corpus", small, "--output", vectors, "--dim", 8, "--checkpoint", checkpoint).code());
        byte[] bytes = Files.readAllBytes(vectors);
        Files.delete(vectors);
        Run again = Run.of("train", "--corpus", small, "--output", vectors, "--checkpoint", checkpoint, "--resume", "--json");
        assertEquals(0, again.code(), again.err());
        assertEquals(0, again.json().get("words").getAsLong());
        assertEquals(8, again.json().get("dimension").getAsInt());
        assertArrayEquals(bytes, Files.readAllBytes(vectors));
    }

    @Test
    void aModelIsTrainedFurtherOnNewTextWithNewWords() throws IOException {
        Path vectors = folder.resolve("v.bin");
        Path more = Files.writeString(folder.resolve("more.txt"), "a x b y\n".repeat(60));
        assertEquals(0, Run.of("train", "--corpus", small, "--output", vectors, "--dim", 8, "--sample", 0, "--checkpoint", checkpoint).code());
        float[] c = WordVectors.read(vectors).vector("c");
        float[] a = WordVectors.read(vectors).vector("a");
        Path next = folder.resolve("next");
        Path extended = folder.resolve("extended.bin");
        Run run = Run.of("train", "--corpus", more, "--output", extended, "--sample", 0, "--extend", checkpoint, "--checkpoint", next);
        assertEquals(0, run.code(), run.err());
        var words = WordVectors.read(extended);
        assertEquals(List.of("a", "b", "c", "d", "x", "y"), words.vocabulary().words());
        assertArrayEquals(c, words.vector("c"), "the new text does not have it");
        assertFalse(Arrays.equals(a, words.vector("a")), "it has this one");
        Path again = folder.resolve("again.bin");
        assertEquals(0, Run.of("train", "--corpus", more, "--output", again, "--checkpoint", next, "--resume").code());
        assertArrayEquals(Files.readAllBytes(extended), Files.readAllBytes(again));
        assertBad(checkpoint + ": dimension: got 9, wanted that of the model, 8",
                Run.of("train", "--corpus", more, "--output", again, "--dim", 9, "--extend", checkpoint), 2);
    }

    @Test
    void whatDoesNotFitIsOneLineAndExitCodeTwo() throws IOException {
        Path vectors = folder.resolve("v.bin");
        assertBad("--resume: got no --checkpoint, wanted the file to go on from", train(vectors, "--resume"), 1);
        assertBad(checkpoint + ": got no such file or folder, wanted one that exists", train(vectors, "--checkpoint", checkpoint, "--resume"), 1);
        assertBad("--checkpoint-every: got -1, wanted >= 0", train(vectors, "--checkpoint", checkpoint, "--checkpoint-every", -1), 1);
        assertBad("--checkpoint: got the folder " + folder + ", wanted a file", train(vectors, "--checkpoint", folder), 1);
        assertBad("got --resume and --extend, wanted one of them (an extended training is resumed from its own --checkpoint)",
                train(vectors, "--checkpoint", checkpoint, "--resume", "--extend", checkpoint), 1);
        assertFalse(Files.exists(vectors));

        assertEquals(0, train(vectors, "--dim", 8, "--checkpoint", checkpoint).code());
        byte[] whole = Files.readAllBytes(checkpoint);
        Files.delete(vectors);
        assertBad(checkpoint + ": got a file, wanted none yet, or --resume to go on from it", train(vectors, "--checkpoint", checkpoint), 1);
        for (String other : List.of("--dim 9", "--window 4", "--negative 4", "--negative-reuse 4", "--sample 0.5", "--alpha 0.5", "--epochs 4", "--seed 2", "--threads 2",
                "--update pair", "-size 9", "-iter 4", "-cbow 1")) {
            String[] option = other.split(" ", -1);
            Run run = train(vectors, "--checkpoint", checkpoint, "--resume", option[0], option[1]);
            assertEquals(2, run.code(), other);
            assertTrue(run.errLines().size() == 1 && run.err().contains("as in the checkpoint"), other + ": " + run.err());
        }
        assertBad("--cbow: got CBOW, wanted SKIP_GRAM as in the checkpoint (or nothing)", train(vectors, "--checkpoint", checkpoint, "--resume", "--cbow"), 1);
        assertEquals(0, train(vectors, "--checkpoint", checkpoint, "--resume", "--dim", 8, "--window", 5, "--seed", 1, "-cbow", 0).code());
        Files.delete(vectors);

        Path text = Files.writeString(folder.resolve("other.txt"), "a b c d\nb c a d\nd a b b\n".repeat(50));
        Run another = Run.of("train", "--corpus", text, "--output", vectors, "--checkpoint", checkpoint, "--resume");
        assertEquals(2, another.code());
        assertTrue(another.err().contains(checkpoint + ": corpus: got ") && another.err().contains("wanted the text that training began with"), another.err());

        byte[] bent = whole.clone();
        bent[whole.length / 2] ^= 1;
        for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length - 1), bent, new byte[0], Files.readAllBytes(small))) {
            Files.write(checkpoint, damaged);
            Run run = train(vectors, "--checkpoint", checkpoint, "--resume");
            assertEquals(2, run.code());
            assertTrue(run.errLines().size() == 1 && run.err().contains(checkpoint + ": byte "), run.err());
            assertArrayEquals(damaged, Files.readAllBytes(checkpoint));
        }
        assertFalse(Files.exists(vectors));
    }

    private Run train(Path vectors, Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--corpus", small, "--output", vectors));
        all.addAll(List.of(more));
        return Run.of(all.toArray());
    }

    private static void assertBad(String message, Run run, int lines) {
        assertEquals("lanewise word2vec train: " + message, run.errLines().getLast());
        assertTrue(lines > 1 || run.errLines().size() == 1, run.err());
        assertEquals(2, run.code());
    }
}
