package io.github.lanewise.io;

import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Reads and writes files of word vectors.
 *
 * <p>Reading takes one pass, two for gzip and GloVe, and never trusts a number in the file: it holds at most 64 bytes of memory for each
 * (decompressed) byte of the file, and 16 MiB. A file that is not what it should be is a {@link MalformedFileException} that names the byte;
 * a part of a model is never returned (only of a GloVe file, which has no header, nobody can tell that lines are missing). Dimensions go up to 65,536, words up to 65,536 bytes of UTF-8.
 *
 * <p>Writing replaces an older file only when the new one is complete. All methods may be used by several threads at once.
 */
public final class WordVectors {
    /** Bytes looked at to tell the format. */
    private static final int HEAD = 1 << 16;

    private WordVectors() {}

    /**
     * Reads a file of any {@link VectorFormat}, told from its content, gzip or not.
     *
     * @param file a regular file
     * @return all its words and vectors
     * @throws MalformedFileException if the content is not what it should be
     * @throws IOException if reading fails
     */
    public static Embeddings read(Path file) throws IOException {
        return read(file, ReadOptions.DEFAULT);
    }

    /**
     * Reads a file.
     *
     * @param file a regular file, gzip or not
     * @param options format, limit and whom to tell
     * @return its words and vectors
     * @throws MalformedFileException if the content is not what it should be
     * @throws IOException if reading fails
     */
    public static Embeddings read(Path file, ReadOptions options) throws IOException {
        VectorFormat format = options.format().isPresent() ? options.format().get() : detect(file);
        ByteInput.Extent extent = ByteInput.measure(file, format == VectorFormat.GLOVE);
        int dimension = format == VectorFormat.GLOVE ? firstLineDimension(file) : 0;
        try (ByteInput input = ByteInput.open(file, options.progress())) {
            return switch (format) {
                case BINARY, BINARY_WITHOUT_NEWLINES -> BinaryVectors.read(input, options, extent.bytes());
                case TEXT -> TextVectors.read(input, options, extent.bytes());
                case GLOVE -> TextVectors.readGlove(input, options, extent, dimension);
            };
        }
    }

    /**
     * Tells the format from the first 64 KiB of a file. Both binary variants are told as {@link VectorFormat#BINARY}. Binary vectors of fewer
     * than four floats may happen to look like text: name the format then.
     *
     * @param file a regular file, gzip or not
     * @return the format
     * @throws MalformedFileException if it is none
     * @throws IOException if reading fails
     */
    public static VectorFormat detect(Path file) throws IOException {
        byte[] head = new byte[HEAD];
        try (ByteInput input = ByteInput.open(file, FileProgress.NONE)) {
            int length = input.read(head, HEAD);
            int end = indexOf((byte) '\n', head, 0, length);
            Optional<Matcher> header = VectorHeader.match(head, end);
            if (header.isPresent()) {
                double dimension = Double.parseDouble(header.get().group(2));
                return isText(head, Math.min(end + 1, length), length, dimension) ? VectorFormat.TEXT : VectorFormat.BINARY;
            }
            if (TextVectors.dimension(head, end) >= 1 && endsWithNumber(head, end)) {
                return VectorFormat.GLOVE;
            }
            throw input.malformed(0, length == 0 ? "got an empty file, wanted word vectors"
                    : "wanted a line with two whole numbers, or a word and its numbers (word2vec, fastText or GloVe vectors)");
        }
    }

    /**
     * Whether the first row after a header is text: a line of enough fields that look like numbers, or, as in damaged text, plain ASCII where
     * the floats would be. Floats may well begin with a line break, so a short line says nothing.
     */
    private static boolean isText(byte[] head, int from, int length, double dimension) {
        int end = indexOf((byte) '\n', head, from, length);
        int space = indexOf((byte) ' ', head, from, end);
        boolean numeric = true;
        int fields = 0;
        for (int i = space; i < end; i++) {
            numeric &= " \t\r0123456789+-.eEnaifNAIFtyTY".indexOf(head[i]) >= 0;
            fields += head[i] == ' ' && i + 1 < end && head[i + 1] > ' ' ? 1 : 0;
        }
        if (numeric && fields >= dimension) {
            return true;
        }
        for (int i = space; i < Math.min(length, space + 4 * dimension); i++) {
            if ((head[i] < ' ' && head[i] != '\n' && head[i] != '\r' && head[i] != '\t') || head[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsWithNumber(byte[] head, int end) {
        int last = end;
        while (last > 0 && (head[last - 1] == ' ' || head[last - 1] == '\r')) {
            last--;
        }
        int start = last;
        while (start > 0 && head[start - 1] != ' ' && head[start - 1] != '\t') {
            start--;
        }
        return !Float.isNaN(DecimalFloat.parse(head, start, last)) || end == head.length;
    }

    private static int firstLineDimension(Path file) throws IOException {
        try (ByteInput input = ByteInput.open(file, FileProgress.NONE)) {
            byte[] line = input.readUntil((byte) '\n', new byte[1024], VectorHeader.LARGEST_LINE, "first line");
            int dimension = TextVectors.dimension(line, input.length());
            if (dimension < 1) {
                throw input.malformed(0, "line 1: wanted a word and its numbers");
            }
            return dimension;
        }
    }

    private static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    /**
     * Writes a file; an older one of the same name is replaced when all is written.
     *
     * @param embeddings words and vectors
     * @param file where to; its folder must exist
     * @param format the format
     * @throws IllegalArgumentException if a word is empty, has a space, tab or line break, is no valid Unicode or longer than 65,536 bytes, or
     *     the dimension is above 65,536: no reader could tell it from the numbers
     * @throws IOException if writing fails
     */
    public static void write(Embeddings embeddings, Path file, VectorFormat format) throws IOException {
        write(embeddings, file, format, FileProgress.NONE);
    }

    /**
     * Writes a file; an older one of the same name is replaced when all is written.
     *
     * @param embeddings words and vectors
     * @param file where to; its folder must exist
     * @param format the format
     * @param progress is told the words written
     * @throws IllegalArgumentException as {@link #write(Embeddings, Path, VectorFormat)}
     * @throws IOException if writing fails
     */
    public static void write(Embeddings embeddings, Path file, VectorFormat format, FileProgress progress) throws IOException {
        Matrix matrix = embeddings.vectors();
        if (matrix.dimension() > VectorHeader.LARGEST_DIMENSION) {
            throw new IllegalArgumentException("dimension: got " + matrix.dimension() + ", wanted at most " + VectorHeader.LARGEST_DIMENSION);
        }
        if (format == VectorFormat.GLOVE && embeddings.size() == 0) {
            throw new IllegalArgumentException("words: got none, wanted at least one (a GloVe file has no header)");
        }
        float[] vector = new float[matrix.dimension()];
        try (AtomicFile target = AtomicFile.create(file)) {
            OutputStream out = target.out();
            if (format != VectorFormat.GLOVE) {
                out.write((embeddings.size() + " " + matrix.dimension() + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            for (int row = 0; row < embeddings.size(); row++) {
                byte[] word = encode(embeddings.vocabulary().word(row));
                matrix.copyRow(row, vector, 0);
                out.write(format.isBinary() ? BinaryVectors.row(word, vector, format == VectorFormat.BINARY) : TextVectors.row(word, vector));
                if ((row & 1023) == 0) {
                    progress.update(row, embeddings.size());
                }
            }
            target.commit();
            progress.update(embeddings.size(), embeddings.size());
        }
    }

    private static byte[] encode(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (" \t\r\n".indexOf(word.charAt(i)) >= 0) {
                throw new IllegalArgumentException("word \"" + word.strip() + "\": got a space, tab or line break in it, wanted none in these file formats");
            }
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(word));
            if (!bytes.hasRemaining() || bytes.remaining() > VectorHeader.LARGEST_WORD) {
                throw new IllegalArgumentException("word: got " + bytes.remaining() + " bytes, wanted 1 to " + VectorHeader.LARGEST_WORD);
            }
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException broken) {
            throw new IllegalArgumentException("word \"" + word + "\": got half of a surrogate pair, wanted valid Unicode", broken);
        }
    }
}
