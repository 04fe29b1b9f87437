package io.github.lanewise.io;

import java.util.Objects;
import java.util.Optional;

/**
 * How to read word vectors.
 *
 * @param format the format; empty to tell it from the content
 * @param maxWords only the first so many words are read (the most frequent ones by custom), at least 1
 * @param lenient if true, broken UTF-8 is read as U+FFFD, of words that occur twice the first one counts, and text may end without a newline;
 *     if false, all three are errors
 * @param progress is told the bytes read
 */
public record ReadOptions(Optional<VectorFormat> format, int maxWords, boolean lenient, FileProgress progress) {
    /** All words, format from the content, strict, nobody is told. */
    public static final ReadOptions DEFAULT = new ReadOptions(Optional.empty(), Integer.MAX_VALUE, false, FileProgress.NONE);

    /** Checks the values. */
    public ReadOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(progress, "progress");
        if (maxWords < 1) {
            throw new IllegalArgumentException("maximum number of words: got " + maxWords + ", wanted >= 1");
        }
    }

    /**
     * Returns these options with a fixed format.
     *
     * @param value the format
     * @return new options
     */
    public ReadOptions withFormat(VectorFormat value) {
        return new ReadOptions(Optional.of(value), maxWords, lenient, progress);
    }

    /**
     * Returns these options with a limit of words.
     *
     * @param value at least 1
     * @return new options
     */
    public ReadOptions withMaxWords(int value) {
        return new ReadOptions(format, value, lenient, progress);
    }

    /**
     * Returns these options, lenient or strict.
     *
     * @param value true for lenient
     * @return new options
     */
    public ReadOptions withLenient(boolean value) {
        return new ReadOptions(format, maxWords, value, progress);
    }

    /**
     * Returns these options with somebody to tell.
     *
     * @param value is told the bytes read
     * @return new options
     */
    public ReadOptions withProgress(FileProgress value) {
        return new ReadOptions(format, maxWords, lenient, value);
    }
}
