package io.github.lanewise.cli;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Diagnostics;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Initializer;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise sequence}: learns to continue rows of numbers, with an Elman RNN and with an LSTM. */
@Command(
        name = "sequence",
        description = "Learns to continue rows of numbers, with an Elman RNN and with an LSTM.",
        footer = {
            "",
            "The file has a row of comma-separated numbers per line; the last number is the answer",
            "to those before it. Every 5th row is not trained on but used to test the answers."
        },
        mixinStandardHelpOptions = true)
final class SequenceCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "FILE", description = "The rows (default: the count 0,1,2,3,4,5 to 99,...,104 that comes along).")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private Settings settings = new Settings();

    @Spec
    private CommandSpec spec;

    /** What a user may choose; shared with {@link DemoCommand}. */
    static final class Settings {
        @Option(names = "--seed", description = "Seed of the starting weights; a run repeats bit for bit (default: ${DEFAULT-VALUE}).")
        long seed = 1;

        @Option(names = "--hidden", description = "Hidden units (default: ${DEFAULT-VALUE}).")
        private int hidden = 16;

        @Option(names = "--epochs", description = "Passes over the rows (default: ${DEFAULT-VALUE}).")
        private int epochs = 4000;
    }

    @Override
    public Integer call() {
        SequenceData rows = data.map(SequenceData::read).orElseGet(SequenceData::ours);
        run(rows, settings, spec.commandLine().getOut(), spec.commandLine().getErr());
        return ExitCode.OK;
    }

    /** Trains both layers on the rows and prints what they learned. */
    static void run(SequenceData data, Settings settings, PrintWriter out, PrintWriter err) {
        Output.requireRange("--hidden", settings.hidden, 1, 4096);
        Output.requireRange("--epochs", settings.epochs, 1, 10_000_000);
        out.printf(Locale.ROOT, "%d rows of %d numbers to continue; %d to train on, %d to test on; %d epochs, seed %d%n",
                data.rows().size(), data.steps(), data.training().size(), data.heldOut().size(), settings.epochs, settings.seed);
        Rnn rnn = Rnn.create(1, settings.hidden, Activation.TANH, new SplitMix64(settings.seed));
        Initializer.orthogonalRecurrent(rnn.weights(), new SplitMix64(settings.seed + 2));
        learn("Elman RNN", rnn, data, settings, out, err);
        learn("LSTM", Lstm.create(1, settings.hidden, new SplitMix64(settings.seed)), data, settings, out, err);
    }

    private static void learn(String name, RecurrentCell cell, SequenceData data, Settings settings, PrintWriter out, PrintWriter err) {
        SequenceModel model = new SequenceModel(cell, settings.seed);
        double loss;
        try (Progress progress = new Progress(err, "training " + name, settings.epochs)) {
            loss = model.train(data.training(), settings.epochs, 0.01, progress::to);
        }
        double[] last = data.last();
        double[] beyond = beyond(data);
        out.printf(Locale.ROOT, "%n%s, %d hidden units%n", name, settings.hidden);
        out.printf(Locale.ROOT, "  final loss (mean squared error)     %.3g%n", loss);
        out.printf(Locale.ROOT, "  the last row        %s%n", line(last, model.answer(last)));
        List<double[]> heldOut = data.heldOut();
        for (int i : new int[] {0, heldOut.size() / 2, heldOut.size() - 1}) {
            out.printf(Locale.ROOT, "  not trained on      %s%n", line(heldOut.get(i), model.answer(heldOut.get(i))));
        }
        out.printf(Locale.ROOT, "  mean absolute error on the %d rows not trained on: %.3f%n", heldOut.size(), model.meanAbsoluteError(heldOut));
        out.printf(Locale.ROOT, "  extrapolation, outside all it has seen: %s%n", line(beyond, model.answer(beyond)));
        Streaming streaming = Streaming.measure(() -> model.step(0.5f));
        Diagnostics diagnostics = Diagnostics.current();
        out.printf(Locale.ROOT, "  streaming: %.0f steps per second, %.0f bytes allocated per step, backend %s (%d bits)%n",
                streaming.perSecond(), streaming.bytesPerCall(), diagnostics.backend(), diagnostics.vectorBits());
        out.flush();
    }

    /** The last row moved on by a tenth of the range of all rows. */
    private static double[] beyond(SequenceData data) {
        double[] last = data.last();
        double[] first = data.rows().get(0);
        double shift = Math.rint((last[last.length - 1] - first[0]) / 10);
        double[] moved = last.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += shift;
        }
        return moved;
    }

    private static String line(double[] row, double answer) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length - 1; i++) {
            text.append(i == 0 ? "" : ",").append(number(row[i]));
        }
        return text + " -> " + String.format(Locale.ROOT, "%.2f", answer) + "  (wanted " + number(row[row.length - 1]) + ")";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
