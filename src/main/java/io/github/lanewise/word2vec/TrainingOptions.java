package io.github.lanewise.word2vec;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How word vectors are trained. Immutable; start from {@link #defaults} and change what differs.
 *
 * @param dimension floats in a word vector, at least 1
 * @param window largest distance of a context word; the actual one is drawn from 1 to this for every word, at least 1
 * @param negatives words drawn against each true one, at least 1
 * @param negativeReuse windows of a sentence that a drawn set of negatives serves, at least 1 (every window draws its own, as in pWord2Vec). More is
 *     faster and a little less accurate. The windows of a set are so far apart that they have no place of the text in common, and near enough (64 places, or
 *     2 * window + 1 if more) that the set's vectors are still in cache. Only for skip-gram and {@link Update#WINDOW}; the others always draw anew
 * @param sample threshold of the subsampling of frequent words, 0 for none
 * @param alpha learning rate at the start; it falls linearly to {@code alpha * 1e-4} at the end
 * @param epochs passes over the text, at least 1
 * @param seed of all random numbers
 * @param threads 1 gives the same bits in every run, on every machine; with more, the threads update the same vectors without locks (Hogwild), and
 *     no two runs are equal
 * @param model skip-gram or CBOW
 * @param update which words share their negatives; for CBOW it makes no difference
 * @param sigmoid the exact function or word2vec.c's table
 */
public record TrainingOptions(int dimension, int window, int negatives, int negativeReuse, double sample, float alpha, int epochs, long seed, int threads,
                              Model model, Update update, Sigmoid sigmoid) {

    /** What predicts what. */
    public enum Model {
        /** Each word of the window on its own predicts the centre. */
        SKIP_GRAM,
        /** The mean of the window predicts the centre; each of its words gets the whole gradient, as in word2vec.c. */
        CBOW,
        /**
         * The same with the true gradient of a mean: each of {@code n} words gets an {@code n}-th of it (Irsoy, Benton, Stratos: "Corrected CBOW
         * Performs as well as Skip-gram", arXiv 2012.15332). It wants a larger learning rate, for instance 0.075.
         */
        CORRECTED_CBOW
    }

    /** Which pairs of words share their negatives. */
    public enum Update {
        /** None: every pair draws its own, and one pair is updated after the other. The rule and order of word2vec.c. */
        PAIR,
        /**
         * All words of a window: one set of negatives for each centre, which may serve others, too
         * ({@link TrainingOptions#negativeReuse}), all products taken before any update (Ji et al., arXiv 1604.04661).
         * Several times as fast as {@link #PAIR}, and no less accurate.
         */
        WINDOW
    }

    /** How the sigmoid is computed. */
    public enum Sigmoid {
        /** To the last bit but one. */
        EXACT,
        /** From word2vec.c's table of 1000 values, with its bias. For comparison. */
        TABLE
    }

    /**
     * Checks all values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TrainingOptions {
        atLeast("dimension", dimension, 1);
        atLeast("window", window, 1);
        atLeast("negatives", negatives, 1);
        atLeast("negative reuse", negativeReuse, 1);
        atLeast("epochs", epochs, 1);
        atLeast("threads", threads, 1);
        atMost("window", window, 1000);
        atMost("negatives", negatives, 1000);
        atMost("negative reuse", negativeReuse, 1000);
        atMost("threads", threads, 1024);
        if (!(sample >= 0) || sample > 1) {
            throw new IllegalArgumentException("sample: got " + sample + ", wanted 0 to 1");
        }
        if (!(alpha > 0) || alpha > 1) {
            throw new IllegalArgumentException("alpha: got " + alpha + ", wanted more than 0 and at most 1");
        }
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(update, "update");
        Objects.requireNonNull(sigmoid, "sigmoid");
    }

    /**
     * Returns the usual settings: skip-gram, dimension 100, window 5, 5 negatives drawn anew for each window, sample 1e-4, alpha 0.025, 5 epochs, one thread,
     * {@link Update#WINDOW}.
     *
     * @return the usual settings
     */
    public static TrainingOptions defaults() {
        return new TrainingOptions(100, 5, 5, 1, 1e-4, 0.025f, 5, 1, 1, Model.SKIP_GRAM, Update.WINDOW, Sigmoid.EXACT);
    }

    /**
     * Returns these options with another value for the floats in a word vector.
     *
     * @param value the floats in a word vector
     * @return changed options
     */
    public TrainingOptions withDimension(int value) {
        return with(o -> o.dimension = value);
    }

    /**
     * Returns these options with another value for the largest distance of a context word.
     *
     * @param value the largest distance of a context word
     * @return changed options
     */
    public TrainingOptions withWindow(int value) {
        return with(o -> o.window = value);
    }

    /**
     * Returns these options with another value for the number of words drawn against each true one.
     *
     * @param value the number of words drawn against each true one
     * @return changed options
     */
    public TrainingOptions withNegatives(int value) {
        return with(o -> o.negatives = value);
    }

    /**
     * Returns these options with another value for the number of windows that a set of negatives serves.
     *
     * @param value the number of windows, 1 to draw anew for each
     * @return changed options
     */
    public TrainingOptions withNegativeReuse(int value) {
        return with(o -> o.negativeReuse = value);
    }

    /**
     * Returns these options with another value for the threshold of subsampling.
     *
     * @param value the threshold of subsampling
     * @return changed options
     */
    public TrainingOptions withSample(double value) {
        return with(o -> o.sample = value);
    }

    /**
     * Returns these options with another value for the learning rate at the start.
     *
     * @param value the learning rate at the start
     * @return changed options
     */
    public TrainingOptions withAlpha(float value) {
        return with(o -> o.alpha = value);
    }

    /**
     * Returns these options with another value for the passes over the text.
     *
     * @param value the passes over the text
     * @return changed options
     */
    public TrainingOptions withEpochs(int value) {
        return with(o -> o.epochs = value);
    }

    /**
     * Returns these options with another value for the seed of all random numbers.
     *
     * @param value the seed of all random numbers
     * @return changed options
     */
    public TrainingOptions withSeed(long value) {
        return with(o -> o.seed = value);
    }

    /**
     * Returns these options with another value for the number of threads.
     *
     * @param value the number of threads
     * @return changed options
     */
    public TrainingOptions withThreads(int value) {
        return with(o -> o.threads = value);
    }

    /**
     * Returns these options with another value for what predicts what.
     *
     * @param value what predicts what
     * @return changed options
     */
    public TrainingOptions withModel(Model value) {
        return with(o -> o.model = value);
    }

    /**
     * Returns these options with another value for which words share their negatives.
     *
     * @param value which words share their negatives
     * @return changed options
     */
    public TrainingOptions withUpdate(Update value) {
        return with(o -> o.update = value);
    }

    /**
     * Returns these options with another value for how the sigmoid is computed.
     *
     * @param value how the sigmoid is computed
     * @return changed options
     */
    public TrainingOptions withSigmoid(Sigmoid value) {
        return with(o -> o.sigmoid = value);
    }

    private TrainingOptions with(Consumer<Values> change) {
        Values values = new Values(this);
        change.accept(values);
        return new TrainingOptions(values.dimension, values.window, values.negatives, values.negativeReuse, values.sample, values.alpha,
                values.epochs, values.seed, values.threads, values.model, values.update, values.sigmoid);
    }

    /** The same values, to be changed. */
    private static final class Values {
        int dimension;
        int window;
        int negatives;
        int negativeReuse;
        double sample;
        float alpha;
        int epochs;
        long seed;
        int threads;
        Model model;
        Update update;
        Sigmoid sigmoid;

        Values(TrainingOptions from) {
            dimension = from.dimension;
            window = from.window;
            negatives = from.negatives;
            negativeReuse = from.negativeReuse;
            sample = from.sample;
            alpha = from.alpha;
            epochs = from.epochs;
            seed = from.seed;
            threads = from.threads;
            model = from.model;
            update = from.update;
            sigmoid = from.sigmoid;
        }
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + ": got " + value + ", wanted >= " + least);
        }
    }

    private static void atMost(String what, int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException(what + ": got " + value + ", wanted <= " + most);
        }
    }
}
