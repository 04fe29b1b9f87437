package io.github.lanewise.bench.anchors;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Diagnostics;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Initializer;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains one anchor and fails when it misses what is wanted. */
@Command(name = "anchors", mixinStandardHelpOptions = true, exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the quality is reached, or --updates was given", "1:it is not", "2:wrong arguments or bad input"})
public final class Main implements Callable<Integer> {
    /** The tasks, with hidden units and what each cell has to reach. */
    enum Task {
        CHORALES(100, 8.5, 8.9),
        CHARACTERS(128, 2.05, 2.02),
        ADDING(64, 1500, Double.NaN),
        TEMPERATURES(16, 2.25, 2.25);

        final int hidden;
        final double wantedOfLstm;
        final double wantedOfRnn;

        Task(int hidden, double wantedOfLstm, double wantedOfRnn) {
            this.hidden = hidden;
            this.wantedOfLstm = wantedOfLstm;
            this.wantedOfRnn = wantedOfRnn;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The recurrent layers. */
    enum Cell {
        LSTM, RNN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "TASK", description = "${COMPLETION-CANDIDATES}.")
    private Task task = Task.ADDING;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The data; adding makes its own.")
    private @Nullable Path file;

    @Option(names = "--cell", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).", defaultValue = "lstm")
    private Cell cell = Cell.LSTM;

    @Option(names = "--seed", description = "Of weights and batches (default: ${DEFAULT-VALUE}).", defaultValue = "1")
    private long seed = 1;

    @Option(names = "--updates", paramLabel = "N", description = "Stop after so many updates and print the time only.")
    private @Nullable Integer updates;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        double wanted = cell == Cell.LSTM ? task.wantedOfLstm : task.wantedOfRnn;
        if (Double.isNaN(wanted)) {
            throw new ParameterException(spec.commandLine(), task + ": got --cell " + cell + ", wanted lstm");
        }
        if (updates != null && updates < 2) {
            throw new ParameterException(spec.commandLine(), "--updates: got " + updates + ", wanted >= 2");
        }
        Anchor anchor = anchor();
        int count = updates == null ? anchor.updates() : updates;
        long nanos = 0;
        long nanosOfFirstHalf = 0;
        int done = 0;
        while (done < count && !anchor.isSolved()) {
            long start = System.nanoTime();
            double loss = anchor.update();
            nanos += System.nanoTime() - start;
            if (!Double.isFinite(loss)) {
                throw new ArithmeticException("loss of update " + (done + 1) + ": got " + loss + ", wanted a number");
            }
            done++;
            if (done == count / 2) {
                nanosOfFirstHalf = nanos;
            }
            String line = updates == null ? anchor.inspect(done) : "";
            if (!line.isEmpty()) {
                out.printf("%s, %.2f s%n", line, nanos / 1e9);
                out.flush();
            }
        }
        String who = "Lanewise %s, %s, seed %d, %s".formatted(task, cell, seed, Diagnostics.current().backend());
        if (updates != null) {
            out.printf("%s: %d updates in %.2f s, second half %.3f ms an update%n", who, count, nanos / 1e9,
                    (nanos - nanosOfFirstHalf) / 1e6 / (count - count / 2));
            return 0;
        }
        double quality = anchor.quality();
        boolean reached = quality <= wanted;
        out.printf("%s: %s %.4f, wanted <= %s: %s; %d updates in %.2f s%n", who, anchor.quantity(), quality, wanted, reached ? "reached" : "MISSED", done,
                nanos / 1e9);
        return reached ? 0 : 1;
    }

    /** Starts as PyTorch does, without a bias of 1 for the forget gate, which these tasks learn slower with. */
    private Lstm lstm(int inputs) {
        Lstm lstm = Lstm.zero(inputs, task.hidden);
        Initializer.uniform(lstm.weights(), new SplitMix64(seed));
        return lstm;
    }

    private Anchor anchor() throws IOException {
        IntFunction<RecurrentCell> cells = inputs -> cell == Cell.LSTM
                ? lstm(inputs)
                : Rnn.create(inputs, task.hidden, Activation.TANH, new SplitMix64(seed));
        if (task == Task.ADDING) {
            return new Adding(cells, seed);
        }
        if (file == null || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), task + ": got " + (file == null ? "no file" : file + ", which cannot be read") + ", wanted its data");
        }
        try {
            return switch (task) {
                case CHORALES -> new Chorales(file, cells, seed);
                case CHARACTERS -> new Characters(file, cells, seed);
                case TEMPERATURES -> new Temperatures(file, cells, seed);
                case ADDING -> throw new AssertionError(task);
            };
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
