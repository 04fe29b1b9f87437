package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import org.jspecify.annotations.Nullable;

/** One thread of training: its part of the text, its random numbers, its place. Between sentences it may stop and later go on. */
final class Worker {
    /** Longest sentence, as in word2vec.c; what is longer goes on in the next. Counted after subsampling. */
    static final int LONGEST_SENTENCE = 1000;

    private final TrainingOptions options;
    private final TokenStore tokens;
    /** What the words of the text are called in the model, or null if the same. */
    private final int @Nullable [] names;
    private final SharedNegatives negatives;
    private final Subsampler subsampler;
    private final SgnsStep step;
    private final SplitMix64 random;
    private final long begin;
    private final long end;

    private int epoch;
    private long position;
    private long wordsDone;

    private final int[] text = new int[4 * LONGEST_SENTENCE];
    private final int[] sentence = new int[LONGEST_SENTENCE];
    /** Nearest earlier place of the same word, or a negative number. */
    private final int[] twin = new int[LONGEST_SENTENCE];
    private final boolean isPairwise;
    private final Example example;

    Worker(Kernels kernels, Word2VecModel model, TrainingOptions options, TokenStore tokens, int @Nullable [] names, NegativeSampler sampler, Subsampler subsampler,
           long begin, long end, WorkerState state) {
        this.options = options;
        this.tokens = tokens;
        this.names = names;
        this.subsampler = subsampler;
        this.begin = begin;
        this.end = end;
        step = new SgnsStep(kernels, model, options);
        random = new SplitMix64(state.random());
        negatives = new SharedNegatives(sampler, options, random);
        epoch = state.epoch();
        position = state.position();
        wordsDone = state.wordsDone();
        isPairwise = options.model() == TrainingOptions.Model.SKIP_GRAM && options.update() == TrainingOptions.Update.PAIR;
        example = new Example(options.window(), options.negatives());
    }

    WorkerState state() {
        return new WorkerState(epoch, position, wordsDone, random.state());
    }

    boolean isFinished() {
        return epoch >= options.epochs();
    }

    int epoch() {
        return epoch;
    }

    /** Trains one sentence; returns how many words of the text it took. */
    int trainSentence(float alpha) {
        if (begin == end) {
            epoch = options.epochs();
            return 0;
        }
        int taken = 0;
        int length = 0;
        boolean over = false;
        while (!over && position < end && length < LONGEST_SENTENCE) {
            int n = tokens.read(position, text, (int) Math.min(end - position, text.length));
            int i = 0;
            while (i < n && length < LONGEST_SENTENCE) {
                int word = text[i++];
                if (word == TokenStore.END) {
                    over = true;
                    break;
                }
                taken++;
                int name = names == null ? word : names[word];
                if (subsampler.keeps(name, random)) {
                    sentence[length++] = name;
                }
            }
            position += i;
        }
        if (position >= end) {
            position = begin;
            epoch++;
        }
        wordsDone += taken;
        negatives.begin(length);
        if (isPairwise) {
            trainPairs(length, alpha);
        } else {
            trainWindows(length, alpha);
        }
        return taken;
    }

    /** Returns a number from 0 to {@code bound - 1}; the bias is below bound / 2^32. */
    static int below(int bound, SplitMix64 random) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    private void trainPairs(int length, float alpha) {
        for (int i = 0; i < length; i++) {
            int reach = 1 + below(options.window(), random);
            int last = Math.min(length - 1, i + reach);
            for (int q = Math.max(0, i - reach); q <= last; q++) {
                if (q != i) {
                    example.context[0] = sentence[q];
                    example.contexts = 1;
                    negatives.setTargets(example, sentence[i], i);
                    step.train(example, alpha);
                }
            }
        }
    }

    private void trainWindows(int length, float alpha) {
        findTwins(length);
        for (int i = 0; i < length; i++) {
            int reach = 1 + below(options.window(), random);
            int first = Math.max(0, i - reach);
            int last = Math.min(length - 1, i + reach);
            if (first == last) {
                continue;
            }
            int n = 0;
            int latestTwin = -1;
            for (int q = first; q <= last; q++) {
                if (q != i) {
                    example.context[n++] = sentence[q];
                    latestTwin = Math.max(latestTwin, twin[q]);
                }
            }
            example.contexts = n;
            example.mayRepeat = latestTwin >= first;
            negatives.setTargets(example, sentence[i], i);
            step.train(example, alpha);
        }
    }

    private void findTwins(int length) {
        int reach = 2 * options.window();
        for (int q = 0; q < length; q++) {
            int word = sentence[q];
            int found = -1;
            for (int p = Math.max(0, q - reach); p < q; p++) {
                found = sentence[p] == word ? p : found;
            }
            twin[q] = found;
        }
    }
}
