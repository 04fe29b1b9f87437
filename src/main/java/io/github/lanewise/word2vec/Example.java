package io.github.lanewise.word2vec;

/** What one update sees, as word numbers: some words of the text around a centre, and the words that they shall predict or not. */
final class Example {
    /** Input words: one for skip-gram pairs, else the words of a window. */
    final int[] context;
    int contexts;
    /** False if all words of {@code context} are known to be different. */
    boolean mayRepeat;
    /** The centre, then the drawn words. */
    final int[] targets;
    int targetCount;

    Example(int window, int negatives) {
        context = new int[2 * window];
        targets = new int[1 + negatives];
    }
}
