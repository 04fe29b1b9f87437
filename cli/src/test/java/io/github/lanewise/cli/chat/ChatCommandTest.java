package io.github.lanewise.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lanewise.cli.CommandLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ChatCommandTest {
    private static final List<String> SMALL = List.of("--dimension", "16", "--hidden", "24", "--batch", "4", "--learning-rate", "0.01",
            "--word-dropout", "0", "--turns", "0", "--patience", "60", "--epochs", "60");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path tsv = Path.of("");

    @BeforeEach
    void write() throws IOException {
        tsv = Files.writeString(folder.resolve("small.tsv"), "Hello there\tHi!\nWhat is your name\tBot.\nCount to two\tOne, two.\nGoodbye now\tBye.\n");
    }

    @Test
    void trainsKeepsAnswersAndEvaluates() throws IOException {
        Path bot = folder.resolve("bot.safetensors");
        Path png = folder.resolve("curve.png");
        Path ways = Files.writeString(folder.resolve("ways.tsv"), "hello\tHello there?\nname\tCount to two\n");
        JsonObject trained = json("--train", tsv.toString(), "--model", bot.toString(), "--plot", png.toString(), "--evaluate",
                "--paraphrases", ways.toString());
        JsonObject training = trained.getAsJsonObject("training");
        assertEquals(4, training.get("exchanges").getAsInt());
        assertEquals(60, training.get("epochs").getAsInt());
        assertEquals(60, training.getAsJsonArray("curve").size());
        assertTrue(training.get("validationLoss").isJsonNull());
        assertEquals(Math.exp(training.get("loss").getAsDouble()), training.get("perplexity").getAsDouble(), 1e-12);
        JsonObject questions = trained.getAsJsonObject("evaluation").getAsJsonObject("questions");
        assertEquals("[4,4]", "[" + questions.get("questions") + "," + questions.get("right") + "]");
        JsonObject paraphrases = trained.getAsJsonObject("evaluation").getAsJsonObject("paraphrases");
        assertEquals(2, paraphrases.get("questions").getAsInt());
        assertEquals(paraphrases.get("right").getAsInt() / 2.0, paraphrases.get("share").getAsDouble());
        assertTrue(ImageIO.read(png.toFile()).getWidth() >= 800);

        JsonObject said = json("--model", bot.toString(), "--say", "Hello there!", "--say", "count too two, please");
        assertTrue(said.get("training").isJsonNull() && said.get("evaluation").isJsonNull());
        assertTrue(said.getAsJsonObject("model").get("kept").getAsBoolean());
        assertEquals("WORDS", said.getAsJsonObject("model").get("tokens").getAsString());
        assertEquals("Hi!", said.getAsJsonArray("replies").get(0).getAsJsonObject().get("answer").getAsString());
        JsonObject second = said.getAsJsonArray("replies").get(1).getAsJsonObject();
        assertEquals(List.of("question", "answer", "unknown", "readAs", "logProbability"), List.copyOf(second.keySet()));
        assertEquals("[\"too\",\"please\"]", second.get("unknown").toString());

        assertEquals(0, run("--model", bot.toString(), "--say", "goodbye"), err.toString());
        assertEquals("Bye." + System.lineSeparator(), out.toString());
    }

    @Test
    void aDialogueOfOnesOwnIsLearnedWhole() throws IOException {
        String own = Files.writeString(folder.resolve("own.tsv"), "Hello there\tHi!\n".repeat(40)).toString();
        String bot = folder.resolve("bot.safetensors").toString();
        assertEquals("40 + 0", split("--train", own));
        assertEquals("36 + 4", split("--train", own, "--validation", "0.1"));
        assertEquals("623 + 32", split("--model", bot));
        assertEquals("655 + 0", split("--retrain", "--model", bot, "--validation", "0"));
    }

    private String split(String... args) {
        JsonObject training = json(Stream.concat(Stream.of("--epochs", "0", "--no-word2vec"), Arrays.stream(args)).toArray(String[]::new))
                .getAsJsonObject("training");
        return training.get("exchanges") + " + " + training.get("validated");
    }

    @Test
    void talksUntilTheInputEnds() {
        String bot = folder.resolve("bot.safetensors").toString();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("\n  \n?!\nHello there\n/new\nWhat is your nam\n/quit\nGoodbye now\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run(Stream.concat(Stream.of("--train", tsv.toString(), "--model", bot), SMALL.stream()).toArray(String[]::new)), err.toString());
        } finally {
            System.setIn(before);
        }
        assertTrue(out.toString().contains("trained on 4 exchanges, validated with 0: 60 epochs"), out.toString());
        assertTrue(out.toString().endsWith("> > > (I read words and numbers; there were none.)" + System.lineSeparator() + "> Hi!" + System.lineSeparator()
                + "> > Bot." + System.lineSeparator() + "> " + System.lineSeparator()), out.toString());
        assertTrue(err.toString().contains("training: 100 %, loss 0."), err.toString());
    }

    @Test
    void drawingRepeatsWithItsSeed() throws IOException {
        String bot = folder.resolve("bot.safetensors").toString();
        JsonObject _ = json("--train", tsv.toString(), "--model", bot, "--epochs", "3");
        String[] replies = new String[3];
        for (int i = 0; i < 3; i++) {
            replies[i] = json("--model", bot, "--temperature", "2", "--top-k", "9", "--seed", i < 2 ? "1" : "2", "--say", "hello", "--say", "hello")
                    .get("replies").toString();
        }
        assertEquals(replies[0], replies[1]);
        assertFalse(replies[0].equals(replies[2]));
    }

    @Test
    void aCheckpointIsGoneOnFrom() throws IOException {
        String checkpoint = folder.resolve("half").toString();
        String whole = json("--train", tsv.toString(), "--epochs", "7").getAsJsonObject("training").get("curve").toString();
        JsonObject _ = json("--train", tsv.toString(), "--epochs", "3", "--checkpoint", checkpoint);
        assertEquals(whole, json("--train", tsv.toString(), "--epochs", "7", "--checkpoint", checkpoint).getAsJsonObject("training").get("curve").toString());
    }

    @Test
    void badInputIsOneLineAndExitCodeTwo() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.tsv"), "a\tb\nc\n");
        assertError(bad + ":2: got 0 tabs, wanted a question, a tab and an answer (a third field is the question before)", "--train", bad.toString());
        Path none = folder.resolve("none.tsv");
        assertError(none + ": got no such file or folder, wanted one that exists", "--train", none.toString());
        assertError("--say: got \" ?\", wanted some words", "--train", tsv.toString(), "--say", " ?");
        assertError("--hidden: got 0, wanted 1 to 4096", "--hidden", "0");
        assertError("--word-dropout: got NaN, wanted 0.0 to 0.9", "--word-dropout", "NaN");
        assertError("--beam: got 3 with --temperature or --top-k, wanted one or the other: a beam draws nothing", "--beam", "3", "--top-k", "2");
        assertError("--temperature: got 0.0, wanted 0.01 to 100.0", "--temperature", "0");
        Path gif = folder.resolve("curve.gif");
        assertError(gif + ": got a picture of another kind, wanted a name that ends in .png or .svg", "--plot", gif.toString());
        err.getBuffer().setLength(0);
        assertEquals(2, run("--model", tsv.toString(), "--say", "hi"));
        assertTrue(err.toString().startsWith("lanewise chat: " + tsv + ": byte ") && err.toString().lines().count() == 1, err.toString());
        String bot = folder.resolve("bot.safetensors").toString();
        JsonObject _ = json("--train", tsv.toString(), "--model", bot, "--epochs", "0");
        out.getBuffer().setLength(0);
        assertError("--evaluate: got a bot that was trained on another dialogue, wanted --train with its file", "--model", bot, "--evaluate");
    }

    @Test
    void theBotIsKeptInTheCacheFolder() {
        Path home = folder.toAbsolutePath();
        assertEquals(home.resolve("lanewise/chat.safetensors"), ChatCommand.defaultFile(Optional.of(home.toString()), "/h"));
        assertEquals(Path.of("/h/.cache/lanewise/chat.safetensors"), ChatCommand.defaultFile(Optional.empty(), "/h"));
        assertEquals(Path.of("/h/.cache/lanewise/chat.safetensors"), ChatCommand.defaultFile(Optional.of("relative"), "/h"));
    }

    private JsonObject json(String... args) {
        List<String> all = Stream.of(List.of("--json"), SMALL, List.of(args)).flatMap(List::stream).toList();
        out.getBuffer().setLength(0);
        assertEquals(0, run(all.toArray(String[]::new)), err.toString());
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private void assertError(String message, String... args) {
        err.getBuffer().setLength(0);
        out.getBuffer().setLength(0);
        assertEquals(2, run(args));
        assertEquals(List.of("lanewise chat: " + message), err.toString().lines().toList());
        assertEquals("", out.toString());
    }

    private int run(String... args) {
        CommandLine command = CommandLines.ours().setOverwrittenOptionsAllowed(true);
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        out.getBuffer().setLength(0);
        return command.execute(Stream.concat(Stream.of("chat"), Arrays.stream(args)).toArray(String[]::new));
    }
}
