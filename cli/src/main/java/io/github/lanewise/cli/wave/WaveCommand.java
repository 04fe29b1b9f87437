package io.github.lanewise.cli.wave;

import io.github.lanewise.cli.Network;
import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.Picture;
import io.github.lanewise.cli.Progress;
import io.github.lanewise.cli.Streaming;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.Model;
import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Initializer;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise wave}: learns a sound, predicts its next sample and runs free. */
@Command(
        name = "wave",
        description = "Learns to predict the next sample of a sound, and lets the network run free for a second.",
        footer = {
            "",
            "The first 80 % of the sound are trained on, the rest is predicted sample by sample and compared with",
            "two baselines: the previous sample, and linear prediction with 8 taps fitted to the same 80 %."
        },
        mixinStandardHelpOptions = true)
public final class WaveCommand implements Callable<Integer> {
    private static final String CELL = "cell";
    private static final String OUTPUT = "output";
    private static final int TAPS = 8;
    private static final double TRAINING_SHARE = 0.8;
    /** Of 72 plans tried with 10 seeds each on a spoken digit of half a second, the one with the lowest mean error on its last fifth. */
    private static final int STREAMS = 4;
    private static final int STEPS = 32;
    private static final double LEARNING_RATE = 0.003;

    @Parameters(arity = "0..1", paramLabel = "FILE.wav", description = "PCM of 8, 16, 24 or 32 bits, mixed down to one channel (default: two tones made here).")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--cell", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Kind cell = Kind.LSTM;

    @Option(names = "--hidden", description = "Hidden units (default: ${DEFAULT-VALUE}).")
    private int hidden = 16;

    @Option(names = "--epochs", description = "Passes over the training part (default: ${DEFAULT-VALUE}).")
    private int epochs = 100;

    @Option(names = "--seed", description = "Seed of the starting weights; a run repeats bit for bit (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--seconds", description = "Uses at most so much of the file, from its beginning (default: ${DEFAULT-VALUE}).")
    private double seconds = 60;

    @Option(names = "--model", paramLabel = "MODEL.safetensors",
            description = "Keeps the network: read if the file exists, written after training otherwise.")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--train", description = "Trains even if the file of --model exists, and replaces it. Without --model every run trains.")
    private boolean train;

    @Option(names = "--out", paramLabel = "PREDICTED.wav", description = "Writes the second in which the network runs free.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--plot", paramLabel = "WAVE.png", description = "Draws sound and prediction from the end of the training part; .png or .svg.")
    private Optional<Path> plot = Optional.empty();

    @Mixin
    private Output output = new Output();

    /** A command, filled by picocli. */
    public WaveCommand() {}

    /** The recurrent layer. */
    private enum Kind {
        LSTM,
        RNN
    }

    @Override
    public Integer call() {
        return Output.run(this::run);
    }

    private void run() throws IOException {
        SamplePredictor.Plan plan = new SamplePredictor.Plan(epochs, STREAMS, STEPS, LEARNING_RATE);
        checkOptions();
        Sound sound = file.map(path -> WavFile.read(path, seconds)).orElseGet(Sound::twoTones);
        int length = sound.samples().length;
        int training = (int) (length * TRAINING_SHARE);
        if (training < plan.leastSamples()) {
            throw new UserError(name() + ": got " + length + " samples, wanted at least " + (int) Math.ceil(plan.leastSamples() / TRAINING_SHARE));
        }
        float peak = sound.peak(training);
        if (peak == 0) {
            throw new UserError(name() + ": got silence in the first 80 %, wanted sound to train on");
        }
        float[] signal = scaled(sound.samples(), 1 / peak);

        boolean kept = model.isPresent() && !train && Files.exists(model.get());
        SamplePredictor predictor = new SamplePredictor(kept ? load(model.get()) : Network.on(newCell(), seed + 1));
        double trainingSeconds = kept ? 0 : train(predictor, signal, training, plan);
        float[] predicted = predictor.predict(signal);
        float[] free = predictor.runFree(signal, training, (int) Math.ceil(sound.rate()));
        write(sound, training, peak, signal, predicted, free);

        LinearPrediction linear = LinearPrediction.fit(signal, training, TAPS);
        int compared = Math.min(free.length, length - training);
        WaveReport report = new WaveReport(
                new WaveReport.Source(name(), sound.rate(), sound.channels(), length, training, length - training, peak),
                new WaveReport.Training(kept, kind(predictor.network()).name(), predictor.network().cell().units(), epochs, seed, trainingSeconds),
                new WaveReport.Errors(
                        meanSquare(signal, training, length, at -> predicted[at]),
                        meanSquare(signal, training, length, at -> signal[at - 1]),
                        meanSquare(signal, training, length, at -> linear.predict(signal, at))),
                new WaveReport.FreeRun(free.length, compared,
                        meanSquare(signal, training, training + compared, at -> free[at - training]),
                        meanSquare(signal, training, training + compared, at -> 0)),
                speed(predictor, sound.rate()));
        output.print(report, report::print);
    }

    private void checkOptions() {
        Output.requireRange("--hidden", hidden, 1, 4096);
        Output.requireRange("--epochs", epochs, 1, 1_000_000);
        if (!(seconds > 0 && seconds <= 86_400)) {
            throw new UserError("--seconds: got " + seconds + ", wanted more than 0 and at most 86400");
        }
        // Before the training, not after it.
        plot.ifPresent(Picture::requireName);
        out.ifPresent(path -> Output.requireWritable("--out", path));
        model.ifPresent(path -> Output.requireWritable("--model", path));
        plot.ifPresent(path -> Output.requireWritable("--plot", path));
    }

    /** Trains, keeps the network if wanted and returns the seconds that took. */
    private double train(SamplePredictor predictor, float[] signal, int length, SamplePredictor.Plan plan) throws IOException {
        long start = System.nanoTime();
        try (Progress progress = new Progress(output.err(), "training " + cell, epochs)) {
            predictor.train(signal, length, plan, progress::to);
        }
        double took = (System.nanoTime() - start) / 1e9;
        if (model.isPresent()) {
            // Sorted: the order of Map.of changes from run to run, and the bytes of the file with it.
            Model.of(new TreeMap<>(Map.of(CELL, predictor.network().cell(), OUTPUT, predictor.network().output()))).save(model.get());
        }
        return took;
    }

    private static Network load(Path file) throws IOException {
        Model model = Model.load(file);
        if (model.layers().size() == 2 && model.layers().get(CELL) instanceof RecurrentCell cell && model.layers().get(OUTPUT) instanceof Dense output
                && cell.inputs() == 1 && output.weights().inputs() == cell.units() && output.weights().units() == 1) {
            return new Network(cell, output);
        }
        throw UserError.in(file, "a model with the layers " + model.layers().keySet(), "one that this command wrote: " + CELL + " and " + OUTPUT
                + ", from one number to one");
    }

    private static Kind kind(Network network) {
        return network.cell() instanceof Lstm ? Kind.LSTM : Kind.RNN;
    }

    private RecurrentCell newCell() {
        return switch (cell) {
            case LSTM -> Lstm.create(1, hidden, new SplitMix64(seed));
            case RNN -> {
                Rnn rnn = Rnn.create(1, hidden, Activation.TANH, new SplitMix64(seed));
                Initializer.orthogonalRecurrent(rnn.weights(), new SplitMix64(seed + 2));
                yield rnn;
            }
        };
    }

    private String name() {
        return file.map(Path::toString).orElse("two tones");
    }

    private void write(Sound sound, int training, float peak, float[] signal, float[] predicted, float[] free) throws IOException {
        if (out.isPresent()) {
            WavFile.write(out.get(), new Sound(sound.rate(), 1, scaled(free, peak)));
        }
        if (plot.isPresent()) {
            new WavePlot(name(), sound.rate(), training, Arrays.copyOfRange(signal, training, signal.length),
                    Arrays.copyOfRange(predicted, training, predicted.length), free).write(plot.get());
        }
    }

    private static WaveReport.Speed speed(SamplePredictor predictor, double rate) {
        Network.Stream stream = predictor.network().newStream();
        float[] last = new float[1];
        Runnable step = () -> {
            stream.read(last[0]);
            last[0] = stream.answer();
        };
        predictor.network().cell().warmUp(1);
        return WaveReport.Speed.of(Streaming.measure(step), Pace.measure(step, rate), rate);
    }

    private static float[] scaled(float[] samples, float factor) {
        float[] scaled = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            scaled[i] = samples[i] * factor;
        }
        return scaled;
    }

    /** What is predicted of a sample. */
    private interface Prediction {
        double of(int at);
    }

    private static double meanSquare(float[] signal, int from, int to, Prediction prediction) {
        double sum = 0;
        for (int at = from; at < to; at++) {
            double error = signal[at] - prediction.of(at);
            sum += error * error;
        }
        return sum / (to - from);
    }
}
