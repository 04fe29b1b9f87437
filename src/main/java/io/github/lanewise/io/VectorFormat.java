package io.github.lanewise.io;

import java.nio.file.Path;
import java.util.Locale;

/** The formats of word vector files. Words are UTF-8, numbers in binary files little-endian 32-bit floats. */
public enum VectorFormat {
    /** word2vec.c's {@code -binary 1}: a line "words dimension", then for each word the word, a space, the floats and a newline. */
    BINARY,
    /** As {@link #BINARY}, but no newline after the floats, as gensim and Google's news vectors have it. */
    BINARY_WITHOUT_NEWLINES,
    /** word2vec.c's {@code -binary 0}, gensim's text and fastText's {@code .vec}: a line "words dimension", then a line for each word. */
    TEXT,
    /** GloVe's text: a line for each word and nothing else. */
    GLOVE;

    /**
     * Returns the usual format of a file with this name: {@code .bin} is {@link #BINARY}, {@code .glove} is {@link #GLOVE}, all else
     * {@link #TEXT}. Meant for writing; when reading, the content counts, not the name.
     *
     * @param file the file; need not exist
     * @return the format
     */
    public static VectorFormat ofName(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".bin") ? BINARY : name.endsWith(".glove") ? GLOVE : TEXT;
    }

    /** Whether the numbers are binary. */
    boolean isBinary() {
        return this == BINARY || this == BINARY_WITHOUT_NEWLINES;
    }
}
