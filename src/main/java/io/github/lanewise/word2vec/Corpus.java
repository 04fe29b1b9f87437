package io.github.lanewise.word2vec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text that was read once: its vocabulary, and the text itself as word numbers.
 *
 * <p>Words that are too rare are left out, as if the text did not have them. Close a corpus to delete its temporary file, if it has one. Reading
 * is thread-safe.
 */
public final class Corpus implements AutoCloseable {
    private final Vocabulary vocabulary;
    private final TokenStore tokens;
    private final long wordsRead;

    Corpus(Vocabulary vocabulary, TokenStore tokens, long wordsRead) {
        this.vocabulary = vocabulary;
        this.tokens = tokens;
        this.wordsRead = wordsRead;
    }

    /**
     * Starts to describe how a text is read.
     *
     * @return a new reader with word2vec.c's settings
     */
    public static Reader reader() {
        return new Reader();
    }

    /**
     * Returns the words of this text, most frequent first.
     *
     * @return the vocabulary
     */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * Returns the number of words in the text, without the rare ones.
     *
     * @return the number of words that training sees in each epoch
     */
    public long words() {
        return vocabulary.total();
    }

    /**
     * Returns the number of words that were read, with the rare ones.
     *
     * @return the number of words
     */
    public long wordsRead() {
        return wordsRead;
    }

    /**
     * Tells whether the text is held in memory, and not in a temporary file.
     *
     * @return true if it is in memory
     */
    public boolean isInMemory() {
        return tokens.isInMemory();
    }

    TokenStore tokens() {
        return tokens;
    }

    /** Gives up the memory or the temporary file. Nothing may read the corpus after that. */
    @Override
    public void close() {
        tokens.close();
    }

    /**
     * How a text is read. Not thread-safe.
     *
     * <p>Text is UTF-8; bytes that are not become U+FFFD. Words end at white space and control characters; a sentence is a line. A word of more than 100 bytes
     * is cut there. Memory stays bounded for texts of any length: the text goes to a temporary file beyond {@link #memory}, and when more
     * than {@link #distinctWords} different words have been seen, the rarest half of them is forgotten and counted anew if they come back.
     */
    public static final class Reader {
        private int minCount = 5;
        private int maxVocabulary = Integer.MAX_VALUE;
        private int distinctWords = 1 << 24;
        private long memory = 1L << 30;
        private @Nullable Path temporaryFolder;
        private LongConsumer progress = bytes -> { };

        private Reader() {}

        /**
         * Leaves out words that occur less often.
         *
         * @param count least number of occurrences, at least 1; 5 if not set
         * @return this
         */
        public Reader minCount(int count) {
            minCount = atLeast("minimum count", count, 1);
            return this;
        }

        /**
         * Keeps only the most frequent words.
         *
         * @param words largest size of the vocabulary, at least 1; no limit if not set
         * @return this
         */
        public Reader maxVocabulary(int words) {
            maxVocabulary = atLeast("maximum vocabulary", words, 1);
            return this;
        }

        /**
         * Sets how many different words are told apart while reading; each costs about 40 bytes.
         *
         * @param words at least 2; 2^24 if not set
         * @return this
         */
        public Reader distinctWords(int words) {
            distinctWords = atLeast("distinct words", words, 2);
            return this;
        }

        /**
         * Sets how much of the text is held in memory, 4 bytes a word; a longer text goes to a temporary file.
         *
         * @param bytes at least 0; 1 GiB if not set
         * @return this
         */
        public Reader memory(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("memory: got " + bytes + " bytes, wanted >= 0");
            }
            memory = bytes;
            return this;
        }

        /**
         * Sets the folder of the temporary file.
         *
         * @param folder an existing folder; the system's if not set
         * @return this
         */
        public Reader temporaryFolder(Path folder) {
            temporaryFolder = folder;
            return this;
        }

        /**
         * Sets who is told about progress while text is read.
         *
         * @param listener receives the number of bytes read so far, every 64 KB
         * @return this
         */
        public Reader progress(LongConsumer listener) {
            progress = listener;
            return this;
        }

        private static int atLeast(String what, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(what + ": got " + value + ", wanted >= " + least);
            }
            return value;
        }

        /**
         * Reads a file.
         *
         * @param file UTF-8 text
         * @return the text
         * @throws IOException if reading fails
         * @throws IllegalArgumentException if no word occurs often enough
         */
        public Corpus read(Path file) throws IOException {
            try (var in = Files.newInputStream(file)) {
                return read(in);
            }
        }

        /**
         * Reads a stream to its end; does not close it. Wrap compressed text in its decompressing stream.
         *
         * @param in UTF-8 text
         * @return the text
         * @throws IOException if reading fails
         * @throws IllegalArgumentException if no word occurs often enough
         */
        public Corpus read(InputStream in) throws IOException {
            try (CorpusBuilder builder = builder()) {
                Tokenizer.read(in, builder, progress);
                return builder.finish(minCount, maxVocabulary);
            }
        }

        /**
         * Reads characters to their end; does not close the reader.
         *
         * @param in text
         * @return the text
         * @throws IOException if reading fails
         * @throws IllegalArgumentException if no word occurs often enough
         */
        public Corpus read(java.io.Reader in) throws IOException {
            return read(new Utf8Stream(in));
        }

        /**
         * Reads sentences that are cut into words already. Words are the texts of the given objects, of any length and with any characters.
         *
         * @param sentences is walked through once
         * @return the text
         * @throws IllegalArgumentException if no word occurs often enough
         */
        public Corpus of(Iterable<? extends Iterable<?>> sentences) {
            try (CorpusBuilder builder = builder()) {
                for (Iterable<?> sentence : sentences) {
                    for (Object word : sentence) {
                        builder.word(word.toString());
                    }
                    builder.line();
                }
                return builder.finish(minCount, maxVocabulary);
            }
        }

        /**
         * Reads sentences that are cut into words already, from a stream.
         *
         * @param sentences is consumed, in its order
         * @return the text
         * @throws IllegalArgumentException if no word occurs often enough
         */
        public Corpus of(Stream<? extends Iterable<?>> sentences) {
            return of((Iterable<Iterable<?>>) () -> sentences.<Iterable<?>>map(s -> s).iterator());
        }

        private CorpusBuilder builder() {
            return new CorpusBuilder(new WordCounter(distinctWords), new TokenStore(memory, temporaryFolder));
        }
    }
}
