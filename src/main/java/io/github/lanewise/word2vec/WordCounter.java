package io.github.lanewise.word2vec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers and counts words given as UTF-8 bytes; no object per word. The first word is number 0. */
final class WordCounter {
    /** Differs from run to run, so nobody can prepare words that collide; numbers do not depend on it. */
    private static final long SEED = new SplittableRandom().nextLong();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LARGEST_TEXT = 1 << 30;

    private final int largest;
    /** Open addressing: hash in the upper half, 1 + number in the lower, 0 is free. At most half full. */
    private long[] slots = new long[1 << 16];
    private byte[] text = new byte[1 << 18];
    /** Where the text of a word begins; one more than words. */
    private int[] starts = new int[1 << 14];
    private long[] counts = new long[1 << 14];
    private int size;

    /** @param largest number of words at which {@link #isFull} becomes true */
    WordCounter(int largest) {
        this.largest = largest;
    }

    int size() {
        return size;
    }

    long count(int word) {
        return counts[word];
    }

    String word(int word) {
        return new String(text, starts[word], starts[word + 1] - starts[word], StandardCharsets.UTF_8);
    }

    /** Whether {@link #prune} is due. */
    boolean isFull() {
        return size >= largest || starts[size] >= LARGEST_TEXT;
    }

    /** Counts a word and returns its number. {@code bytes} must have 8 bytes of any content after the word. */
    int add(byte[] bytes, int from, int length) {
        long hash = hash(bytes, from, length);
        int last = slots.length - 1;
        int slot = (int) hash & last;
        long tag = hash & 0xFFFFFFFF_00000000L;
        while (true) {
            long entry = slots[slot];
            if (entry == 0) {
                return insert(slot, tag, bytes, from, length);
            }
            if ((entry & 0xFFFFFFFF_00000000L) == tag) {
                int word = (int) entry - 1;
                int start = starts[word];
                if (Arrays.equals(text, start, starts[word + 1], bytes, from, from + length)) {
                    counts[word]++;
                    return word;
                }
            }
            slot = (slot + 1) & last;
        }
    }

    private static long hash(byte[] bytes, int from, int length) {
        long h = SEED ^ length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            h = mix(h ^ (long) LONGS.get(bytes, from + i));
        }
        int rest = length - i;
        if (rest > 0) {
            h = mix(h ^ ((long) LONGS.get(bytes, from + i) & (-1L >>> (Long.SIZE - Byte.SIZE * rest))));
        }
        return h;
    }

    private static long mix(long h) {
        long low = h * 0x9E3779B97F4A7C15L;
        return low ^ Math.unsignedMultiplyHigh(h, 0x9E3779B97F4A7C15L);
    }

    private int insert(int slot, long tag, byte[] bytes, int from, int length) {
        int word = size;
        if (word + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        int start = starts[word];
        if (start + length > text.length) {
            text = Arrays.copyOf(text, Math.max(start + length, text.length + (text.length >> 1)));
        }
        System.arraycopy(bytes, from, text, start, length);
        starts[word + 1] = start + length;
        counts[word] = 1;
        slots[slot] = tag | (word + 1);
        size++;
        if (size * 2L > slots.length) {
            rehash(slots.length * 2);
        }
        return word;
    }

    private void rehash(int capacity) {
        slots = new long[capacity];
        byte[] padded = Arrays.copyOf(text, Math.max(text.length, starts[size] + Long.BYTES));
        text = padded;
        int last = capacity - 1;
        for (int word = 0; word < size; word++) {
            long hash = hash(text, starts[word], starts[word + 1] - starts[word]);
            int slot = (int) hash & last;
            while (slots[slot] != 0) {
                slot = (slot + 1) & last;
            }
            slots[slot] = (hash & 0xFFFFFFFF_00000000L) | (word + 1);
        }
    }

    /**
     * Forgets the words that were counted least, so many that at most half of the room is taken, and renumbers the rest.
     *
     * @return the new number of each word, -1 for a forgotten one
     */
    int[] prune() {
        long[] sorted = Arrays.copyOf(counts, size);
        Arrays.sort(sorted);
        long floor = sorted[size - 1 - size / 2];
        int[] names = new int[size];
        int kept = 0;
        for (int word = 0; word < size; word++) {
            if (counts[word] <= floor) {
                names[word] = -1;
                continue;
            }
            names[word] = kept;
            int length = starts[word + 1] - starts[word];
            System.arraycopy(text, starts[word], text, starts[kept], length);
            counts[kept] = counts[word];
            starts[kept + 1] = starts[kept] + length;
            kept++;
        }
        size = kept;
        rehash(slots.length);
        return names;
    }
}
