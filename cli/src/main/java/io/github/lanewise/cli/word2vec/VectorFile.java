package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.Progress;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.ReadOptions;
import io.github.lanewise.io.VectorFormat;
import io.github.lanewise.io.WordVectors;
import io.github.lanewise.word2vec.Embeddings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file of word vectors that a command reads. */
final class VectorFile {
    /** A bar is worth its lines only for files that take a while. */
    private static final long LARGE = 64 << 20;

    @Parameters(index = "0", paramLabel = "FILE", description = "Word vectors: word2vec binary or text, fastText .vec or GloVe, gzip or not.")
    private Path file = Path.of("");

    @Option(names = "--max-words", paramLabel = "N", description = "Read only the first N words.")
    private int maxWords = Integer.MAX_VALUE;

    @Option(names = "--lenient", description = "Take broken UTF-8, doubled words (the first counts) and text that ends without a newline.")
    private boolean lenient;

    @Option(names = "--input-format", paramLabel = "FORMAT",
            description = "binary, text or glove; without it the content tells.")
    private Optional<VectorFormat> format = Optional.empty();

    @Option(names = "--all-but-the-top", paramLabel = "N",
            description = "Take out the mean of all vectors and the N directions in which they differ most, for instance 3 (Mu and Viswanath 2018): rare words "
                    + "are less often near to everything.")
    private Optional<Integer> allButTheTop = Optional.empty();

    Path path() {
        return file;
    }

    Embeddings read(PrintWriter err) throws IOException {
        Output.requireAtLeast("--max-words", maxWords, 1);
        Embeddings embeddings = readWhole(err);
        if (allButTheTop.isEmpty()) {
            return embeddings;
        }
        try {
            return embeddings.allButTheTop(allButTheTop.get());
        } catch (IllegalArgumentException outOfRange) {
            throw new UserError("--all-but-the-top: " + outOfRange.getMessage());
        }
    }

    private Embeddings readWhole(PrintWriter err) throws IOException {
        ReadOptions options = new ReadOptions(format, maxWords, lenient, (done, total) -> {});
        if (!Files.isRegularFile(file) || Files.size(file) < LARGE) {
            return WordVectors.read(file, options);
        }
        try (Progress progress = new Progress(err, "reading " + file.getFileName(), Files.size(file))) {
            return WordVectors.read(file, options.withProgress((done, total) -> progress.to(done)));
        }
    }

    /** Writes word vectors, with progress if there are many. */
    static void write(Embeddings embeddings, Path output, VectorFormat format, PrintWriter err) throws IOException {
        try {
            if ((long) embeddings.size() * embeddings.dimension() * Float.BYTES < LARGE) {
                WordVectors.write(embeddings, output, format);
                return;
            }
            try (Progress progress = new Progress(err, "writing " + output.getFileName(), embeddings.size())) {
                WordVectors.write(embeddings, output, format, (done, total) -> progress.to(done));
            }
        } catch (IllegalArgumentException unwritable) {
            throw new UserError(output + ": " + unwritable.getMessage());
        }
    }
}
