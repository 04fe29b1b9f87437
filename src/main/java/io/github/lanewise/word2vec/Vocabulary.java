package io.github.lanewise.word2vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The words of a model: word number {@code i} belongs to row {@code i} of its matrices.
 *
 * <p>Immutable and thread-safe. Looking a word up allocates nothing.
 */
public final class Vocabulary {
    /** Differs from run to run; the order of slots is never seen. */
    private static final long SEED = new SplittableRandom().nextLong();

    private final String[] words;
    private final long[] counts;
    private final long total;
    /** Open addressing with linear probing: 1 + word number, 0 is free. At most half full. */
    private final int[] slots;

    private Vocabulary(String[] words, long[] counts) {
        this.words = words;
        this.counts = counts;
        long sum = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("count of a word: got " + count + ", wanted >= 0");
            }
            sum = Math.addExact(sum, count);
        }
        total = sum;
        slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, Math.min(words.length, 1 << 28))) << 2)];
        for (int i = 0; i < words.length; i++) {
            int slot = slot(words[i]);
            if (slots[slot] != 0) {
                throw new IllegalArgumentException("words: got \"" + words[i] + "\" twice (" + (slots[slot] - 1) + " and " + i + "), wanted distinct words");
            }
            slots[slot] = i + 1;
        }
    }

    /**
     * Creates a vocabulary in the given order, as a file of vectors holds it.
     *
     * @param words distinct words
     * @param counts how often each occurred, at least 0 each; 0 where unknown
     * @return a new vocabulary; the arguments are copied
     * @throws IllegalArgumentException if the sizes differ, a word occurs twice or a count is negative
     */
    public static Vocabulary of(List<String> words, long[] counts) {
        String[] copy = words.toArray(String[]::new);
        if (copy.length != counts.length) {
            throw new IllegalArgumentException("counts: got " + counts.length + " for " + copy.length + " words, wanted one for each");
        }
        for (String word : copy) {
            Objects.requireNonNull(word, "word");
        }
        return new Vocabulary(copy, counts.clone());
    }

    /**
     * Creates a vocabulary in the given order, all counts unknown (0).
     *
     * @param words distinct words
     * @return a new vocabulary
     * @throws IllegalArgumentException if a word occurs twice
     */
    public static Vocabulary of(List<String> words) {
        return of(words, new long[words.size()]);
    }

    /**
     * Creates a vocabulary sorted by count (largest first), then by text (order of {@link String#compareTo}), without rare words.
     *
     * @param words distinct words in any order
     * @param counts how often each occurred, at least 0 each
     * @param minCount words that occurred less often are left out
     * @param maxSize at most so many words are kept, the first in sorted order; at least 0
     * @return a new vocabulary
     * @throws IllegalArgumentException if the sizes differ, a word occurs twice, a count or {@code maxSize} is negative
     */
    public static Vocabulary sorted(List<String> words, long[] counts, long minCount, int maxSize) {
        Vocabulary all = of(words, counts);
        if (maxSize < 0) {
            throw new IllegalArgumentException("maximum vocabulary: got " + maxSize + ", wanted >= 0");
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= minCount) {
                order.add(i);
            }
        }
        order.sort(Comparator.<Integer>comparingLong(i -> -all.counts[i]).thenComparing(i -> all.words[i]));
        List<Integer> kept = order.subList(0, Math.min(maxSize, order.size()));
        return new Vocabulary(kept.stream().map(i -> all.words[i]).toArray(String[]::new), kept.stream().mapToLong(i -> all.counts[i]).toArray());
    }

    /** Returns the words of both, counts added, sorted. */
    static Vocabulary union(Vocabulary one, Vocabulary other) {
        List<String> all = new ArrayList<>(Arrays.asList(one.words));
        long[] sums = Arrays.copyOf(one.counts, one.words.length + other.words.length);
        for (int i = 0; i < other.words.length; i++) {
            int known = one.index(other.words[i]);
            if (known < 0) {
                sums[all.size()] = other.counts[i];
                all.add(other.words[i]);
            } else {
                sums[known] = Math.addExact(sums[known], other.counts[i]);
            }
        }
        return sorted(all, Arrays.copyOf(sums, all.size()), 0, Integer.MAX_VALUE);
    }

    /**
     * Returns the number of words.
     *
     * @return the number of words
     */
    public int size() {
        return words.length;
    }

    /**
     * Returns a word.
     *
     * @param index word number, from 0
     * @return the word
     * @throws IndexOutOfBoundsException if there is no such word
     */
    public String word(int index) {
        return words[index];
    }

    /**
     * Returns how often a word occurred.
     *
     * @param index word number, from 0
     * @return the count, 0 if unknown
     * @throws IndexOutOfBoundsException if there is no such word
     */
    public long count(int index) {
        return counts[index];
    }

    /**
     * Returns the sum of all counts: the occurrences of known words in the text.
     *
     * @return the sum
     */
    public long total() {
        return total;
    }

    /**
     * Returns the number of a word. Allocates nothing.
     *
     * @param word any text
     * @return the word number, or -1 if the word is unknown
     */
    public int index(String word) {
        return slots[slot(word)] - 1;
    }

    /**
     * Returns all words in order.
     *
     * @return an unmodifiable list
     */
    public List<String> words() {
        return List.of(words);
    }

    /**
     * Finds words that are spelt like another: at an edit distance of at most 2, of 1 for words of less than 4 characters; case is ignored.
     *
     * @param word any text
     * @return up to three words among the first 100,000, the closest first
     */
    public List<String> similar(String word) {
        return Spelling.similar(word, this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary that && Arrays.equals(words, that.words) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return words.length + " words, " + total + " occurrences";
    }

    /** The slot that holds this word, or the free one where it belongs. */
    private int slot(String word) {
        int last = slots.length - 1;
        int slot = (int) (hash(word) >>> Integer.SIZE) & last;
        while (slots[slot] != 0 && !words[slots[slot] - 1].equals(word)) {
            slot = (slot + 1) & last;
        }
        return slot;
    }

    /** Not {@code String.hashCode}: a hostile file could hold a million words that share one. */
    private static long hash(String word) {
        long h = SEED;
        for (int i = 0; i < word.length(); i++) {
            h = (h ^ word.charAt(i)) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 29;
        }
        return h * 0xD6E8FEB86659FD93L;
    }
}
