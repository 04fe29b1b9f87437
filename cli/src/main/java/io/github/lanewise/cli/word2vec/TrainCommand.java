package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.Progress;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.VectorFormat;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.TrainingState;
import io.github.lanewise.word2vec.Word2VecTrainer;
import io.github.lanewise.word2vec.WorkerState;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise word2vec train}: word vectors from a text. */
@Command(
        name = "train",
        description = "Trains word vectors on a text: UTF-8, words separated by white space, a sentence a line, gzip or not.",
        footer = {
            "",
            "The names of word2vec.c are understood too (-train, -output, -size, -binary 1, -cbow 0, ...); what is",
            "not given has the value said above, whatever word2vec.c would take."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Option(names = {"--corpus", "-train"}, paramLabel = "FILE", required = true, description = "The text.")
    private Path text = Path.of("");

    @Option(names = {"--output", "-output"}, paramLabel = "FILE", required = true,
            description = "Word vectors to write: .bin is word2vec's binary format, .glove GloVe's text, all else word2vec's text.")
    private Path target = Path.of("");

    @Option(names = "--text", description = "Write text, whatever the name of the output.")
    private boolean asText;

    @Mixin
    private TrainingSettings settings = new TrainingSettings();

    @Mixin
    private Checkpoints checkpoints = new Checkpoints();

    @Mixin
    private Word2VecSpellings spellings = new Word2VecSpellings();

    @Mixin
    private Output output = new Output();

    /** {@code words} were trained in {@code seconds} by this run; a resumed one does not count those of the runs before. */
    private record Result(String output, VectorFormat format, long words, double seconds, double wordsPerSecond, double tokenizeSeconds,
                          long corpusWords, int epochs, int vocabulary, int dimension, String model, String update, int threads, long seed, boolean resumed) {}

    @Override
    public Integer call() {
        VectorFormat format = spellings.format().orElse(asText ? VectorFormat.TEXT : VectorFormat.ofName(target));
        TrainingOptions given = settings.options(spellings);
        Output.requireWritable("--output", target);
        return Output.run(() -> {
            Optional<TrainingState> state = checkpoints.begin();
            TrainingOptions options = state.map(TrainingState::options)
                    .map(saved -> checkpoints.isResumed() ? settings.resumed(given, saved) : settings.extended(given, saved)).orElse(given);
            long start = System.nanoTime();
            try (Corpus corpus = read()) {
                double tokenizeSeconds = (System.nanoTime() - start) * 1e-9;
                output.err().println(Output.format("%s: %d words, %d of them different and frequent enough, read in %.1f s",
                        text, corpus.wordsRead(), corpus.vocabulary().size(), tokenizeSeconds));
                train(corpus, checkpoints.trainer(state, options, corpus), format, tokenizeSeconds);
            }
        });
    }

    private void train(Corpus corpus, Word2VecTrainer trainer, VectorFormat format, double tokenizeSeconds) throws IOException {
        TrainingOptions options = trainer.state().options();
        long before = wordsDone(trainer);
        double seconds;
        try (Progress progress = new Progress(output.err(), "training", corpus.words() * options.epochs())) {
            seconds = checkpoints.train(trainer, at -> progress.to(at.wordsDone()), output.err());
        }
        Embeddings embeddings;
        try {
            embeddings = Embeddings.of(trainer.model().vocabulary(), trainer.model().input());
        } catch (IllegalArgumentException diverged) {
            throw new UserError(String.valueOf(diverged.getMessage()));
        }
        VectorFile.write(embeddings, target, format, output.err());
        long words = wordsDone(trainer) - before;
        Result result = new Result(target.toString(), format, words, seconds, words / seconds, tokenizeSeconds, corpus.words(), options.epochs(),
                embeddings.size(), options.dimension(), lower(options.model()), lower(options.update()), options.threads(), options.seed(),
                checkpoints.isResumed());
        output.print(result, out -> out.println(Output.format(
                "%s: %d words of dimension %d; trained on %d words (%d epochs%s) in %.1f s, %.0f words/s with %d thread%s",
                target, embeddings.size(), embeddings.dimension(), words, options.epochs(), checkpoints.isResumed() ? ", resumed" : "", seconds,
                words / seconds, options.threads(), options.threads() == 1 ? "" : "s")));
    }

    private static long wordsDone(Word2VecTrainer trainer) {
        return trainer.state().workers().stream().mapToLong(WorkerState::wordsDone).sum();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Corpus read() throws IOException {
        if (Files.isDirectory(text)) {
            throw UserError.in(text, "a folder", "a text");
        }
        try (FileChannel channel = FileChannel.open(text, StandardOpenOption.READ);
                InputStream raw = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
                Progress progress = new Progress(output.err(), "reading " + text.getFileName(), channel.size())) {
            InputStream in = isGzip(raw) ? new GZIPInputStream(raw, 1 << 16) : raw;
            return settings.reader().progress(bytes -> progress.to(position(channel))).read(in);
        } catch (ZipException | EOFException damaged) {
            throw UserError.in(text, "damaged or truncated gzip data (" + damaged.getMessage() + ")", "a whole file");
        } catch (IllegalArgumentException empty) {
            throw new UserError(text + ": " + empty.getMessage());
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    private static long position(FileChannel channel) {
        try {
            return channel.position();
        } catch (IOException pipe) {
            return 0;
        }
    }
}
