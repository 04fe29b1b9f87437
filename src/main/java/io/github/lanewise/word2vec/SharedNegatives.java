package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.SplitMix64;

/**
 * The drawn words of a thread. A set of them may serve several windows of a sentence, a cycle apart: by then its rows are still in cache, and the windows
 * have no place of the text in common. No set outlives its sentence.
 *
 * <p>With 4 uses of a set the analogies of 100 MB of English Wikipedia after 5 epochs (dimension 100) were 37.9 %, mean of 3 seeds, against 38.4 % with 1: so
 * it is an option. Thousands of words a second (one thread, Zen 4, one run each): 1558 with 1 use, 1926 with 2, 1896 with 4, 1759 with 8. A set that serves
 * neighbours instead costs more accuracy: from word2vec.c's start and seed 1, 36.8 % with 2 uses and 36.1 % with 4, against 37.5 % with 1.
 */
final class SharedNegatives {
    /** Windows in a cycle of a long sentence; a window of more than 31 words needs longer ones. */
    static final int LONGEST_CYCLE = 64;

    private final NegativeSampler sampler;
    private final SplitMix64 random;
    private final int negatives;
    private final int reuse;
    private final int shortestCycle;
    /** The sets of a cycle. */
    private final int[] drawn;
    private int cycle;

    SharedNegatives(NegativeSampler sampler, TrainingOptions options, SplitMix64 random) {
        this.sampler = sampler;
        this.random = random;
        negatives = options.negatives();
        boolean isShared = options.model() == TrainingOptions.Model.SKIP_GRAM && options.update() == TrainingOptions.Update.WINDOW;
        reuse = isShared ? options.negativeReuse() : 1;
        shortestCycle = 2 * options.window() + 1;
        drawn = new int[Math.max(LONGEST_CYCLE, shortestCycle) * negatives];
    }

    /** Begins a sentence of so many windows; in a short one the cycles are shorter, so that its sets serve often enough. */
    void begin(int windows) {
        cycle = Math.max(shortestCycle, Math.min(LONGEST_CYCLE, windows / reuse));
    }

    /** Sets the targets of the window at a place of the sentence. Places come in ascending order. */
    void setTargets(Example example, int centre, int place) {
        // Pairs call this very often, and divisions are slow.
        int first = reuse == 1 ? 0 : place % cycle * negatives;
        if (reuse == 1 || place / cycle % reuse == 0) {
            for (int k = 0; k < negatives; k++) {
                drawn[first + k] = sampler.draw(random);
            }
        }
        example.targets[0] = centre;
        int count = 1;
        for (int k = 0; k < negatives; k++) {
            int word = drawn[first + k];
            // word2vec.c, too, draws no other one instead.
            if (word != centre) {
                example.targets[count++] = word;
            }
        }
        example.targetCount = count;
    }
}
