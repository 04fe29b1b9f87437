package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.VectorFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of word2vec.c whose form differs from ours: people paste their old command lines. */
final class Word2VecSpellings {
    @Option(names = "-binary", paramLabel = "0|1", hidden = true, description = "1 writes binary vectors, 0 text.")
    private Optional<Integer> binary = Optional.empty();

    @Option(names = "-cbow", paramLabel = "0|1", hidden = true, description = "1 trains CBOW, 0 skip-gram.")
    private Optional<Integer> cbow = Optional.empty();

    @Option(names = "-hs", paramLabel = "0|1", hidden = true, description = "Hierarchical softmax: only 0.")
    private Optional<Integer> hierarchicalSoftmax = Optional.empty();

    @SuppressWarnings("UnusedVariable") // Only so that the option is no error.
    @Option(names = "-debug", paramLabel = "N", hidden = true, description = "Taken and not used.")
    private Optional<Integer> debug = Optional.empty();

    /** The format, if told. */
    Optional<VectorFormat> format() {
        if (flag("-hs", hierarchicalSoftmax).orElse(false)) {
            throw new UserError("-hs: got 1, wanted 0 (hierarchical softmax is not there; negative sampling is)");
        }
        return flag("-binary", binary).map(yes -> yes ? VectorFormat.BINARY : VectorFormat.TEXT);
    }

    /** Whether to train CBOW, if told. */
    Optional<Boolean> cbow() {
        return flag("-cbow", cbow);
    }

    private static Optional<Boolean> flag(String option, Optional<Integer> value) {
        if (value.isPresent() && value.get() != 0 && value.get() != 1) {
            throw new UserError(option + ": got " + value.get() + ", wanted 0 or 1");
        }
        return value.map(v -> v == 1);
    }
}
