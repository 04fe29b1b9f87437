package io.github.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SequenceCommandTest {
    private static final String WELL_FORMED = "# comment\n\n" + "1, 2,3\n2,3,4\n".repeat(5);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void bothLayersLearnToCount() {
        SequenceData data = SequenceData.ours();
        for (RecurrentCell cell : List.of(Rnn.create(1, 16, Activation.TANH, new SplitMix64(3)), Lstm.create(1, 16, new SplitMix64(3)))) {
            SequenceModel model = new SequenceModel(cell, 3);
            double loss = model.train(data.training(), 3000, 0.01, done -> { });
            assertTrue(loss < 0.1, cell + " loss " + loss);
            assertEquals(104, model.answer(data.last()), 0.5);
            double error = model.meanAbsoluteError(data.heldOut());
            assertTrue(error <= 0.5, cell + " held-out error " + error);
        }
    }

    @Test
    void everyFifthRowIsHeldOutAndTheLastIsTrainedOn() {
        SequenceData data = SequenceData.ours();
        assertEquals(100, data.rows().size());
        assertEquals(20, data.heldOut().size());
        assertEquals(80, data.training().size());
        assertTrue(data.training().contains(data.last()));
        assertEquals(104, data.last()[data.steps()]);
    }

    @Test
    void aSeedRepeatsARunBitForBit() {
        double[] first = new double[1];
        for (int run = 0; run < 2; run++) {
            SequenceModel model = new SequenceModel(Lstm.create(1, 16, new SplitMix64(7)), 7);
            model.train(SequenceData.ours().training(), 50, 0.01, done -> { });
            double answer = model.answer(SequenceData.ours().last());
            if (run == 1) {
                assertEquals(first[0], answer, 0.0);
            }
            first[0] = answer;
        }
        SequenceModel other = new SequenceModel(Lstm.create(1, 16, new SplitMix64(8)), 8);
        other.train(SequenceData.ours().training(), 50, 0.01, done -> { });
        assertNotEquals(first[0], other.answer(SequenceData.ours().last()));
    }

    @Test
    void aFileOfTheUsersIsReadAndReported() throws IOException {
        assertEquals(0, run("--data", file(WELL_FORMED), "--epochs", "20"));
        assertEquals("", err.toString().replaceAll("training (Elman RNN|LSTM): [0-9]+ %\\R", ""));
        assertTrue(out.toString().startsWith("10 rows of 2 numbers to continue; 8 to train on, 2 to test on; 20 epochs, seed 1"), out.toString());
        assertTrue(out.toString().contains("2,3 -> "), out.toString());
        assertTrue(out.toString().contains("steps per second, 0 bytes allocated per step, backend "), out.toString());
    }

    @Test
    void badInputIsOneLineThatNamesFileLineAndWhatWasWanted() throws IOException {
        Path missing = folder.resolve("none.csv");
        assertError(missing.toString(), missing + ": got no such file, wanted a file with rows of comma-separated numbers");
        assertError(file(WELL_FORMED + "1,2,3,4\n"), "data.csv:13: got 4 numbers, wanted 3 as in the rows before");
        assertError(file("1,2,x\n"), "data.csv:1: got 'x', wanted a number");
        assertError(file("1,2,NaN\n"), "data.csv:1: got NaN, wanted a number between -1e30 and 1e30");
        assertError(file("1,,3\n"), "data.csv:1: got '', wanted a number");
        assertError(file("7\n"), "data.csv:1: got '7', wanted at least 2 numbers, separated by commas");
        assertError(file(""), "data.csv: got 0 rows, wanted at least 10, every 5th is kept for testing");
        assertError(file("1,2,3\n"), "data.csv: got 1 rows, wanted at least 10, every 5th is kept for testing");
        assertError(file("5,5\n".repeat(20)), "data.csv: got the same number everywhere, wanted numbers that differ");
        assertError(folder.toString(), folder + ": got ");
        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertError(binary.toString(), binary + ": got bytes that are not UTF-8 text, wanted rows of comma-separated numbers");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertEquals(2, run("--hidden", "0"));
        assertEquals(List.of("lanewise sequence: --hidden: got 0, wanted 1 to 4096"), err.toString().lines().toList());
    }

    private void assertError(String file, String message) {
        err.getBuffer().setLength(0);
        assertEquals(2, run("--data", file));
        List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains(message), lines.get(0));
        assertEquals("", out.toString());
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text).toString();
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "sequence";
        System.arraycopy(args, 0, all, 1, args.length);
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all);
    }
}
