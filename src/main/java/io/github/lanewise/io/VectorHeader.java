package io.github.lanewise.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of word2vec's files.
 *
 * @param words number of words
 * @param dimension floats for each word
 */
record VectorHeader(int words, int dimension) {
    /** Longest word, in bytes of UTF-8. */
    static final int LARGEST_WORD = 1 << 16;
    /** Largest dimension that a file may have. */
    static final int LARGEST_DIMENSION = 1 << 16;
    /** Longest line of text: the longest word and 64 bytes for each number. */
    static final int LARGEST_LINE = LARGEST_WORD + 64 * LARGEST_DIMENSION;

    private static final Pattern LINE = Pattern.compile("\\s*([+-]?\\d{1,30})[ \\t]+([+-]?\\d{1,30})\\s*");

    /** Whether a line is a header: two whole numbers, whatever their values. */
    static Optional<Matcher> match(byte[] line, int length) {
        Matcher matcher = LINE.matcher(new String(line, 0, Math.min(length, 200), StandardCharsets.ISO_8859_1));
        return length <= 200 && matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    /** Reads the header and checks that a file of so many bytes can hold what it promises, before anything is allocated for it. */
    static VectorHeader read(ByteInput input, boolean binary, long fileBytes) throws IOException {
        byte[] line = input.readUntil((byte) '\n', new byte[200], LARGEST_LINE, "first line");
        Matcher numbers = match(line, input.length())
                .orElseThrow(() -> input.malformed(0, "got a first line that is no header, wanted the number of words and the dimension"));
        int words = number(input, "number of words", numbers.group(1), 0, Integer.MAX_VALUE);
        int dimension = number(input, "dimension", numbers.group(2), 1, LARGEST_DIMENSION);
        long perWord = binary ? 2 + 4L * dimension : 2 + 2L * dimension;
        long least = input.position() + words * perWord - (binary || words == 0 ? 0 : 1);
        if (fileBytes < least) {
            throw input.malformed(fileBytes, "the file ends, wanted at least " + least + " bytes for the " + words + " words of dimension "
                    + dimension + " that its header promises: truncated, or another format");
        }
        return new VectorHeader(words, dimension);
    }

    private static int number(ByteInput input, String what, String digits, int least, int most) throws MalformedFileException {
        double value = Double.parseDouble(digits);
        if (value < least || value > most) {
            throw input.malformed(0, "header: got " + what + " " + digits + ", wanted " + least + " to " + most);
        }
        return (int) value;
    }
}
