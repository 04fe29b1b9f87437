package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Matrix;
import io.github.lanewise.word2vec.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats byte by byte, and what is said about wrong files. */
class WordVectorsTest {
    /** "2 2", then "a" 1 -2 and "bc" 0.5 3: floats are little-endian. */
    private static final String BINARY = "3220320a" + "6120" + "0000803f" + "000000c0" + "0a" + "626320" + "0000003f" + "00004040" + "0a";
    private static final String WITHOUT_NEWLINES = "3220320a" + "6120" + "0000803f" + "000000c0" + "626320" + "0000003f" + "00004040";

    @TempDir
    private Path folder = Path.of("");

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("vectors"), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Embeddings model(List<String> words, float... values) {
        int dimension = values.length / words.size();
        Matrix matrix = Matrix.create(words.size(), dimension);
        for (int row = 0; row < words.size(); row++) {
            matrix.setRow(row, values, row * dimension);
        }
        return Embeddings.of(Vocabulary.of(words), matrix);
    }

    private static final Embeddings AB = model(List.of("a", "bc"), 1, -2, 0.5f, 3);

    private static void assertAb(Embeddings read) {
        assertEquals(AB.vocabulary(), read.vocabulary());
        assertArrayEquals(new float[] {1, -2}, read.vector("a"));
        assertArrayEquals(new float[] {0.5f, 3}, read.vector("bc"));
    }

    @ParameterizedTest
    @CsvSource({"BINARY," + BINARY, "BINARY_WITHOUT_NEWLINES," + WITHOUT_NEWLINES})
    void binaryFilesByteByByte(VectorFormat format, String hex) throws IOException {
        Path file = folder.resolve("written");
        WordVectors.write(AB, file, format);
        assertEquals(hex, HexFormat.of().formatHex(Files.readAllBytes(file)));
        assertAb(WordVectors.read(file(HexFormat.of().parseHex(hex))));
    }

    /** The first byte of the first float is a line break: what follows the word looks like an empty line. */
    @Test
    void floatsThatBeginWithALineBreakAreStillBinary() throws IOException {
        float[] values = {Float.intBitsToFloat(0x3f80000a), Float.intBitsToFloat(0x4141410a), 1, 2};
        Path file = folder.resolve("break.bin");
        WordVectors.write(model(List.of("a"), values), file, VectorFormat.BINARY);
        assertEquals(VectorFormat.BINARY, WordVectors.detect(file));
        assertArrayEquals(values, WordVectors.read(file).vector("a"));
    }

    @Test
    void textFilesCharacterByCharacter() throws IOException {
        Path file = folder.resolve("written");
        WordVectors.write(AB, file, VectorFormat.TEXT);
        assertEquals("2 2\na 1.0 -2.0\nbc 0.5 3.0\n", Files.readString(file));
        WordVectors.write(AB, file, VectorFormat.GLOVE);
        assertEquals("a 1.0 -2.0\nbc 0.5 3.0\n", Files.readString(file));
    }

    /** word2vec.c ends a row with a space and six decimals; fastText with a space; others use tabs, CR LF or an empty line at the end. */
    @ParameterizedTest
    @ValueSource(strings = {"2 2\na 1.000000 -2.000000 \nbc 0.500000 3.000000 \n", "2 2\na 1 -2 \nbc 5e-1 +3 \n", "2 2\r\na 1 -2\r\nbc .5 3.\r\n",
        "2\t2\na\t1\t-2\nbc\t0.5\t3E0\n\n", "a 1 -2\nbc 0.5 3\n", "a 1 -2 \nbc 0.50 30e-1 \n\n"})
    void textOfOthersIsRead(String text) throws IOException {
        assertAb(WordVectors.read(file(text)));
    }

    @Test
    void glovesWordsMayHaveSpaces() throws IOException {
        Embeddings read = WordVectors.read(file("the 1 2\n. . . 3 4\nat name@domain 5 6\n"));
        assertEquals(List.of("the", ". . .", "at name@domain"), read.vocabulary().words());
        assertArrayEquals(new float[] {3, 4}, read.vector(". . ."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "\"\"|byte 0: got an empty file, wanted word vectors",
        "\"hello\"|byte 0: wanted a line with two whole numbers, or a word and its numbers (word2vec, fastText or GloVe vectors)",
        "\"3 2\\na 1 2\\nb 3 4\\n\"|byte 16: the file ends, wanted at least 21 bytes for the 3 words of dimension 2 that its header promises: "
                + "truncated, or another format",
        "\"3 1\\na 1000\\nb 2\\n\"|byte 15: the file ends after 2 words, wanted 3 words, as the header says",
        "\"1 2\\na 1 2\\nb 3 4\\n\"|byte 10: got more text, wanted the end after 1 words, as the header says",
        "\"2 2\\nabc 1 2\\nb 3\\n\"|byte 12: line 3: got 1 values after the word, wanted 2",
        "\"2 2\\na 1 2 3\\nb 3 4\\n\"|byte 6: line 2: got more than 2 values after the word (\"1\"), wanted 2",
        "\"2 2\\na 1 2\\nb 3 nan\\n\"|byte 14: line 3: got \"nan\" as value 2, wanted a finite decimal number",
        "\"2 2\\na 1 2\\nb 1e39 0\\n\"|byte 12: line 3: got \"1e39\" as value 1, wanted a finite decimal number",
        "\"2 2\\na 1 2\\na 3 4\\n\"|byte 10: got word \"a\" a second time, wanted distinct words (a lenient reader keeps the first)",
        "\"1 2\\na 1 2\"|byte 9: line 2: the file ends inside a line, wanted a newline after the last value (a lenient reader takes it as it is)",
        "\"1 0\\na\\n\"|byte 0: header: got dimension 0, wanted 1 to 65536",
        "\"-1 2\\na\\n\"|byte 0: header: got number of words -1, wanted 0 to 2147483647",
        "\"a 1 2\\nb 3 4 5\\n\"|byte 8: line 2: got more than 2 values after the word (\"3\"), wanted 2"})
    void wrongTextIsNamedWithItsPlace(String text, String message) throws IOException {
        Path file = file(text.replace("\\n", "\n"));
        MalformedFileException problem = assertThrows(MalformedFileException.class, () -> WordVectors.read(file));
        assertEquals(file + ": " + message, problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "3220320a6120000000000000c07f0a6220000000000000803f0a|byte 10: got NaN as value 2 of word 1, wanted a finite number",
        "3120310a6120000080ff0a|byte 6: got -Infinity as value 1 of word 1, wanted a finite number",
        "3120310a20200000803f0a|byte 4: got an empty word, wanted a word and a space",
        "3120310a61200000803f0a62|byte 11: got more bytes, wanted the end after 1 words, as the header says",
        "3120310aff200000803f0a|byte 4: got a word that is not UTF-8, wanted UTF-8 (a lenient reader replaces broken characters)",
        "3220310a6161616161200000803f6263|byte 16: the file ends inside word 2, wanted 2 words",
        "3220310a61200000803f0a622000|byte 14: the file ends, wanted at least 16 bytes for the 2 words of dimension 1 that its header promises: "
                + "truncated, or another format"})
    void wrongBinariesAreNamedWithTheirPlace(String hex, String message) throws IOException {
        Path file = file(HexFormat.of().parseHex(hex));
        MalformedFileException problem = assertThrows(MalformedFileException.class,
                () -> WordVectors.read(file, ReadOptions.DEFAULT.withFormat(VectorFormat.BINARY)));
        assertEquals(file + ": " + message, problem.getMessage());
    }

    @Test
    void aLenientReaderTakesWhatIsThere() throws IOException {
        ReadOptions lenient = ReadOptions.DEFAULT.withLenient(true);
        Embeddings read = WordVectors.read(file(HexFormat.of().parseHex("3320310a" + "6120" + "0000803f" + "6120" + "00000040" + "ff20" + "00004040")), lenient);
        assertEquals(List.of("a", "\ufffd"), read.vocabulary().words());
        assertArrayEquals(new float[] {1}, read.vector("a"));
        assertArrayEquals(new float[] {3}, read.vector("\ufffd"));
        assertAb(WordVectors.read(file("2 2\na 1 -2\nbc 0.5 3"), lenient));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\t", "line\nbreak", "\r", "\ud800"})
    void wordsThatNoReaderCouldTellAreRefused(String word) throws IOException {
        Path target = Files.writeString(folder.resolve("old"), "old");
        for (VectorFormat format : VectorFormat.values()) {
            assertThrows(IllegalArgumentException.class, () -> WordVectors.write(model(List.of("a", word), 1, 2), target, format));
        }
        assertEquals("old", Files.readString(target));
        assertEquals(List.of(target), list());
    }

    @Test
    void nothingIsLeftWhenWritingFails() throws IOException {
        Path target = Files.writeString(folder.resolve("old"), "old");
        assertThrows(IllegalStateException.class, () -> WordVectors.write(AB, target, VectorFormat.TEXT, (done, total) -> {
            throw new IllegalStateException("stop");
        }));
        assertEquals("old", Files.readString(target));
        assertEquals(List.of(target), list());
        assertThrows(IOException.class, () -> WordVectors.write(AB, folder, VectorFormat.TEXT));
        assertThrows(IOException.class, () -> WordVectors.write(AB, folder.resolve("no/such"), VectorFormat.TEXT));
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        WordVectors.write(AB, link, VectorFormat.TEXT);
        assertTrue(Files.isSymbolicLink(link));
        assertAb(WordVectors.read(real));
    }

    @Test
    void progressEndsAtTheEnd() throws IOException {
        Path file = folder.resolve("many");
        List<Long> written = new ArrayList<>();
        Embeddings many = model(Stream.iterate(0, i -> i + 1).limit(5000).map(i -> "w" + i).toList(), new float[50_000]);
        WordVectors.write(many, file, VectorFormat.TEXT, (done, total) -> written.add(done * 10 / total));
        List<Long> read = new ArrayList<>();
        WordVectors.read(file, ReadOptions.DEFAULT.withProgress((done, total) -> read.add(done * 10 / total)));
        assertTrue(written.size() >= 5 && read.size() >= 3, written + " " + read);
        assertEquals(10, written.getLast());
        assertEquals(10, read.getLast());
        assertEquals(read.stream().sorted().toList(), read);
    }
}
