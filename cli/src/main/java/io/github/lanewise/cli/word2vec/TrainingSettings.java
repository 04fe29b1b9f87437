package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.TrainingOptions.Model;
import io.github.lanewise.word2vec.TrainingOptions.Sigmoid;
import io.github.lanewise.word2vec.TrainingOptions.Update;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a text is read and trained on. */
final class TrainingSettings {
    @Option(names = {"--dim", "-size"}, paramLabel = "N", description = "Floats in a word vector (default: ${DEFAULT-VALUE}).")
    private int dimension = 100;

    @Option(names = {"--window", "-window"}, paramLabel = "N", description = "Largest distance of a context word (default: ${DEFAULT-VALUE}).")
    private int window = 5;

    @Option(names = {"--negative", "-negative"}, paramLabel = "N",
            description = "Words drawn against each true one (default: ${DEFAULT-VALUE}).")
    private int negatives = 5;

    @Option(names = "--negative-reuse", paramLabel = "N",
            description = "Windows of a sentence that the drawn words serve, far apart; 4 is faster and a little less accurate. Only for --update window "
                    + "(default: ${DEFAULT-VALUE}).")
    private int negativeReuse = 1;

    @Option(names = {"--sample", "-sample"}, paramLabel = "X",
            description = "Threshold of the subsampling of frequent words, 0 for none (default: ${DEFAULT-VALUE}).")
    private double sample = 1e-4;

    @Option(names = {"--min-count", "-min-count"}, paramLabel = "N",
            description = "Words that occur less often are left out (default: ${DEFAULT-VALUE}).")
    private int minCount = 5;

    @Option(names = "--max-vocabulary", paramLabel = "N", description = "Keep only the N most frequent words.")
    private int maxVocabulary = Integer.MAX_VALUE;

    @Option(names = {"--epochs", "-iter"}, paramLabel = "N", description = "Passes over the text (default: ${DEFAULT-VALUE}).")
    private int epochs = 5;

    @Option(names = {"--alpha", "-alpha"}, paramLabel = "X",
            description = "Learning rate at the start; it falls to nearly 0 (default: ${DEFAULT-VALUE}).")
    private float alpha = 0.025f;

    @Option(names = {"--threads", "-threads"}, paramLabel = "N",
            description = "1: the same vectors in every run, on every machine. More: faster, but no two runs are equal (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--update", paramLabel = "RULE",
            description = "window: the words of a window share their negatives; pair: word2vec.c's rule, slower (default: ${DEFAULT-VALUE}).")
    private Update update = Update.WINDOW;

    @Option(names = "--cbow", description = "The window predicts its centre (default: skip-gram, where each of its words does).")
    private boolean cbow;

    @Option(names = "--corrected-cbow", description = "CBOW with the true gradient of the mean (Irsoy et al. 2020); wants --alpha 0.075 or so.")
    private boolean correctedCbow;

    @Option(names = "--table-sigmoid", description = "Use word2vec.c's table for the sigmoid, for comparison.")
    private boolean tableSigmoid;

    @SuppressWarnings("NullAway.Init") // Set by picocli.
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    TrainingOptions options(Word2VecSpellings spellings) {
        Output.requireAtLeast("--min-count", minCount, 1);
        Output.requireAtLeast("--max-vocabulary", maxVocabulary, 1);
        Model model = correctedCbow ? Model.CORRECTED_CBOW : spellings.cbow().orElse(cbow) ? Model.CBOW : Model.SKIP_GRAM;
        try {
            return new TrainingOptions(dimension, window, negatives, negativeReuse, sample, alpha, epochs, seed, threads, model, update,
                    tableSigmoid ? Sigmoid.TABLE : Sigmoid.EXACT);
        } catch (IllegalArgumentException outOfRange) {
            throw new UserError(String.valueOf(outOfRange.getMessage()));
        }
    }

    /**
     * The options of a checkpoint, once it is sure that those given on the command line are the same.
     *
     * @throws UserError if one was given that differs
     */
    TrainingOptions resumed(TrainingOptions given, TrainingOptions saved) {
        requireSame("--dim", given.dimension(), saved.dimension());
        requireSame("--window", given.window(), saved.window());
        requireSame("--negative", given.negatives(), saved.negatives());
        requireSame("--negative-reuse", given.negativeReuse(), saved.negativeReuse());
        requireSame("--sample", given.sample(), saved.sample());
        requireSame("--alpha", given.alpha(), saved.alpha());
        requireSame("--epochs", given.epochs(), saved.epochs());
        requireSame("--seed", given.seed(), saved.seed());
        requireSame("--threads", given.threads(), saved.threads());
        requireSame("--update", given.update(), saved.update());
        requireSame("--table-sigmoid", given.sigmoid(), saved.sigmoid());
        requireSame("--cbow", given.model(), saved.model());
        requireSame("--corrected-cbow", given.model(), saved.model());
        requireSame("-cbow", given.model(), saved.model());
        return saved;
    }

    /** The given options, with the dimension of an older model unless one was given. */
    TrainingOptions extended(TrainingOptions given, TrainingOptions saved) {
        return isGiven("--dim") ? given : given.withDimension(saved.dimension());
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void requireSame(String option, Object given, Object saved) {
        if (isGiven(option) && !given.equals(saved)) {
            throw new UserError(option + ": got " + given + ", wanted " + saved + " as in the checkpoint (or nothing)");
        }
    }

    Corpus.Reader reader() {
        return Corpus.reader().minCount(minCount).maxVocabulary(maxVocabulary);
    }
}
