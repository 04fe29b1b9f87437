package io.github.lanewise.cli.wave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lanewise.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WaveCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void twoTonesAreLearnedBetterThanByRepeatingTheLastSample() throws IOException {
        for (String cell : List.of("lstm", "rnn")) {
            Path wav = folder.resolve(cell + ".wav");
            JsonObject report = report("--cell", cell, "--epochs", "5", "--out", wav.toString());
            JsonObject source = report.getAsJsonObject("source");
            assertEquals(24_000, source.get("samples").getAsInt());
            assertEquals(19_200, source.get("trainingSamples").getAsInt());
            JsonObject errors = report.getAsJsonObject("errors");
            double network = errors.get("network").getAsDouble();
            double previous = errors.get("previousSample").getAsDouble();
            assertTrue(network > 0 && network < previous / 5, cell + " " + network + ", previous sample " + previous);
            // Two tones without noise are a linear recurrence of 4 terms.
            assertTrue(errors.get("linearPrediction").getAsDouble() < 1e-12, errors.toString());
            assertEquals(8000, WavFile.read(wav, 10).samples().length);
        }
    }

    @Test
    void aSeedRepeatsTheRunBitForBit() throws IOException {
        String[] errors = new String[3];
        byte[][] sounds = new byte[3][];
        for (int run = 0; run < 3; run++) {
            Path wav = folder.resolve(run + ".wav");
            errors[run] = report("--epochs", "1", "--seed", run < 2 ? "7" : "8", "--out", wav.toString()).get("errors").toString();
            sounds[run] = Files.readAllBytes(wav);
        }
        assertEquals(errors[0], errors[1]);
        assertArrayEquals(sounds[0], sounds[1]);
        assertNotEquals(errors[0], errors[2]);
        assertFalse(Arrays.equals(sounds[0], sounds[2]));
    }

    @Test
    void aFileIsReadDrawnAndReportedForPeople() throws IOException {
        Path wav = tone(0.01f, 2000);
        Path png = folder.resolve("wave.png");
        assertEquals(0, run("wave", wav.toString(), "--epochs", "2", "--plot", png.toString()));
        assertTrue(out.toString().startsWith(wav + ": 2000 samples at 8000 Hz; 1600 to train on, 400 to test on"), out.toString());
        assertTrue(out.toString().contains("bytes allocated per step"), out.toString());
        assertTrue(ImageIO.read(png.toFile()).getWidth() >= 800);
        Path svg = folder.resolve("wave.svg");
        assertEquals(0, run("wave", wav.toString(), "--epochs", "2", "--seconds", "0.1", "--plot", svg.toString()));
        assertTrue(out.toString().contains(wav + ": 800 samples at 8000 Hz"), out.toString());
        assertTrue(Files.readString(svg).contains("<svg"));
        assertEquals("", err.toString().replaceAll("training LSTM: [0-9]+ %\\R", ""));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("tone.wav", "wave.png", "wave.svg"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aKeptModelGivesTheSameBitsWithoutTrainingUntilTrainIsSaid() throws IOException {
        String wav = tone(0.5f, 2000).toString();
        String model = folder.resolve("wave.safetensors").toString();
        String trained = report(wav, "--epochs", "2", "--hidden", "5", "--model", model).get("errors").toString();
        JsonObject again = report(wav, "--seed", "9", "--model", model);
        assertTrue(again.getAsJsonObject("training").get("kept").getAsBoolean());
        assertEquals(5, again.getAsJsonObject("training").get("hidden").getAsInt());
        assertEquals(trained, again.get("errors").toString());
        JsonObject anew = report(wav, "--epochs", "2", "--cell", "rnn", "--model", model, "--train");
        assertFalse(anew.getAsJsonObject("training").get("kept").getAsBoolean());
        JsonObject last = report(wav, "--model", model);
        assertEquals("RNN", last.getAsJsonObject("training").get("cell").getAsString());
        assertEquals(anew.get("errors").toString(), last.get("errors").toString());
    }

    @Test
    void errorsAreInUnitsOfThePeakHoweverLoudTheSoundIs() throws IOException {
        double[] network = new double[2];
        for (int i = 0; i < 2; i++) {
            network[i] = report(tone(i == 0 ? 0.5f : 0.25f, 2000).toString(), "--epochs", "2").getAsJsonObject("errors").get("network").getAsDouble();
        }
        assertEquals(network[0], network[1], 1e-3 * network[0]);
    }

    @Test
    void badInputIsOneLineAndExitCodeTwoBeforeAnythingIsWritten() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "this is no sound", StandardCharsets.US_ASCII);
        assertError(text + ": got something else, wanted a wav file with PCM of 8, 16, 24 or 32 bits", text.toString());
        Path brief = tone(0.5f, 161);
        assertError(brief + ": got 161 samples, wanted at least 162", brief.toString());
        Path silent = tone(0, 2000);
        assertError(silent + ": got silence in the first 80 %, wanted sound to train on", silent.toString());
        Path good = tone(0.5f, 2000);
        assertError("--hidden: got 0, wanted 1 to 4096", good.toString(), "--hidden", "0");
        assertError("--epochs: got 0, wanted 1 to 1000000", good.toString(), "--epochs", "0");
        assertError("--seconds: got NaN, wanted more than 0 and at most 86400", good.toString(), "--seconds", "NaN");
        err.getBuffer().setLength(0);
        assertEquals(2, run("wave", good.toString(), "--model", good.toString()));
        assertTrue(err.toString().startsWith("lanewise wave: " + good + ": byte ") && err.toString().lines().count() == 1, err.toString());
        Path gif = folder.resolve("wave.gif");
        assertError(gif + ": got a picture of another kind, wanted a name that ends in .png or .svg", good.toString(), "--plot", gif.toString());
        Path nowhere = folder.resolve("none").resolve("out.wav");
        assertError("--out: got " + nowhere + ", wanted a file in a folder that exists", good.toString(), "--out", nowhere.toString());
        assertError("--out: got the folder " + folder + ", wanted a file", good.toString(), "--out", folder.toString());
        assertError("Invalid value for option '--cell': expected one of [LSTM, RNN] (case-insensitive) but was 'gru' (see lanewise wave --help)",
                good.toString(), "--cell", "gru");
    }

    private Path tone(float amplitude, int length) throws IOException {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (amplitude * Math.sin(0.3 * i));
        }
        Path file = folder.resolve("tone.wav");
        WavFile.write(file, new Sound(8000, 1, samples));
        return file;
    }

    private JsonObject report(String... args) {
        String[] all = Stream.concat(Stream.of("wave", "--json"), Arrays.stream(args)).toArray(String[]::new);
        out.getBuffer().setLength(0);
        assertEquals(0, run(all), err.toString());
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private void assertError(String message, String... args) {
        err.getBuffer().setLength(0);
        assertEquals(2, run(Stream.concat(Stream.of("wave"), Arrays.stream(args)).toArray(String[]::new)));
        assertEquals(List.of("lanewise wave: " + message), err.toString().lines().toList());
        assertEquals("", out.toString());
    }

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
