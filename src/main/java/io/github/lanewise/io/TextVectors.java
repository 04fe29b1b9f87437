package io.github.lanewise.io;

import io.github.lanewise.word2vec.Embeddings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Rows of the text formats. Values are taken from the end of a line, because words of GloVe may have spaces. */
final class TextVectors {
    private final ByteInput input;
    private final int dimension;
    private final boolean spacesInWords;
    private final boolean lenient;
    private final float[] vector;
    private byte[] line = new byte[1024];
    private long start;
    private long number;

    private TextVectors(ByteInput input, int dimension, boolean spacesInWords, boolean lenient, long linesBefore) {
        this.input = input;
        this.dimension = dimension;
        this.spacesInWords = spacesInWords;
        this.lenient = lenient;
        vector = new float[dimension];
        number = linesBefore;
    }

    static Embeddings read(ByteInput input, ReadOptions options, long fileBytes) throws IOException {
        VectorHeader header = VectorHeader.read(input, false, fileBytes);
        return new TextVectors(input, header.dimension(), false, options.lenient(), 1)
                .rows(options, header.words(), header.words() + " words, as the header says");
    }

    /** A file without header: its first line, read before, gives the dimension, its lines were counted. */
    static Embeddings readGlove(ByteInput input, ReadOptions options, ByteInput.Extent extent, int dimension) throws IOException {
        if (dimension > VectorHeader.LARGEST_DIMENSION) {
            throw input.malformed(0, "dimension: got " + dimension + ", wanted at most " + VectorHeader.LARGEST_DIMENSION);
        }
        long least = extent.lines() * (2L + 2L * dimension) - 1;
        if (extent.lines() > Integer.MAX_VALUE || extent.bytes() < least) {
            throw input.malformed(0, "got " + extent.lines() + " lines in " + extent.bytes() + " bytes, wanted a word and " + dimension
                    + " numbers in each, as in the first");
        }
        return new TextVectors(input, dimension, true, options.lenient(), 0).rows(options, (int) extent.lines(), extent.lines() + " lines");
    }

    /** Number of fields of a line less one. */
    static int dimension(byte[] line, int length) {
        int spaces = 0;
        boolean blank = true;
        for (int i = 0; i < length; i++) {
            boolean separator = isSeparator(line[i]);
            spaces += separator && !blank ? 1 : 0;
            blank = separator;
        }
        return spaces - (blank ? 1 : 0);
    }

    private Embeddings rows(ReadOptions options, int available, String wanted) throws IOException {
        int rows = Math.min(available, options.maxWords());
        VectorsBuilder vectors = new VectorsBuilder(input, rows, dimension, lenient);
        for (int row = 0; row < rows; row++) {
            if (input.peek() < 0) {
                throw input.malformed(input.position(), "the file ends after " + row + " words, wanted " + wanted);
            }
            row(vectors);
        }
        while (rows == available && input.peek() >= 0) {
            long position = input.position();
            int c = input.read();
            if (c != '\n' && c != '\r') {
                throw input.malformed(position, "got more text, wanted the end after " + wanted);
            }
        }
        return vectors.build();
    }

    private void row(VectorsBuilder vectors) throws IOException {
        start = input.position();
        number++;
        line = input.readUntil((byte) '\n', line, VectorHeader.LARGEST_LINE, "line");
        int end = input.length();
        if (!input.found() && !lenient) {
            // All known writers end the last line. Without its newline nobody can tell 0.25 from the beginning of 0.251.
            throw malformed(end, "the file ends inside a line, wanted a newline after the last value (a lenient reader takes it as it is)");
        }
        while (end > 0 && isSeparator(line[end - 1])) {
            end--;
        }
        for (int i = dimension - 1; i >= 0; i--) {
            int from = end;
            while (from > 0 && !isSeparator(line[from - 1])) {
                from--;
            }
            if (from == 0) {
                throw malformed(0, "got " + (dimension - 1 - i) + " values after the word, wanted " + dimension);
            }
            vector[i] = DecimalFloat.parse(line, from, end);
            if (Float.isNaN(vector[i])) {
                throw malformed(from, "got " + quote(from, end) + " as value " + (i + 1) + ", wanted a finite decimal number");
            }
            end = from;
            while (end > 0 && isSeparator(line[end - 1])) {
                end--;
            }
        }
        if (end == 0) {
            throw malformed(0, "got no word before " + dimension + " values, wanted one");
        }
        checkWord(end);
        vectors.add(line, 0, end, start, vector);
    }

    /** A word with spaces is fine for GloVe, unless its parts are numbers: then the line has too many values. */
    private void checkWord(int end) throws MalformedFileException {
        int from = end;
        while (from > 0 && !isSeparator(line[from - 1])) {
            from--;
        }
        if (from > 0 && (!spacesInWords || !Float.isNaN(DecimalFloat.parse(line, from, end)))) {
            throw malformed(from, "got more than " + dimension + " values after the word (" + quote(from, end) + "), wanted " + dimension);
        }
        if (end > VectorHeader.LARGEST_WORD) {
            throw malformed(0, "got a word of " + end + " bytes, wanted at most " + VectorHeader.LARGEST_WORD);
        }
    }

    private static boolean isSeparator(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private String quote(int from, int to) {
        return "\"" + new String(line, from, Math.min(to - from, 40), StandardCharsets.UTF_8) + "\"";
    }

    private MalformedFileException malformed(int at, String problem) {
        return input.malformed(start + at, "line " + number + ": " + problem);
    }

    /** The bytes of one row, ready to be written: the shortest decimal numbers that give the same floats back. */
    static byte[] row(byte[] word, float[] vector) {
        StringBuilder values = new StringBuilder(16 * vector.length);
        for (float value : vector) {
            values.append(' ').append(value);
        }
        byte[] text = values.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] row = new byte[word.length + text.length];
        System.arraycopy(word, 0, row, 0, word.length);
        System.arraycopy(text, 0, row, word.length, text.length);
        return row;
    }
}
