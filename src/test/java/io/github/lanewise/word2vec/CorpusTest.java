package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void cutsAtAnyWhiteSpaceAndEndsSentencesAtLines() throws IOException {
        String text = "  the cat\tsat\u00a0on\u3000the\u2003mat\r\n\r\nthe dog\u2028barked\u0085Ärger \u65e5\u672c\u8a9e \ud83d\ude00\n";
        assertEquals(List.of(List.of("the", "cat", "sat", "on", "the", "mat"), List.of("the", "dog"), List.of("barked"),
                List.of("Ärger", "\u65e5\u672c\u8a9e", "\ud83d\ude00")), sentences(reader().read(stream(text))));
        assertEquals(sentences(reader().read(stream(text))), sentences(reader().read(new StringReader(text))));
    }

    /** Buffers end inside words, characters and line ends; the text must not notice. */
    @Test
    void readsTheSameThroughStreamsThatComeInPieces() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append(switch (random.nextInt(5)) {
                case 0 -> "x".repeat(1 + random.nextInt(99));
                case 1 -> "\u65e5\u672c";
                case 2 -> "\u00e9t\u00e9";
                case 3 -> "\ud83d\ude00";
                default -> "w" + random.nextInt(50);
            }).append(switch (random.nextInt(4)) {
                case 0 -> "\u3000";
                case 1 -> "\n";
                case 2 -> "\u2028";
                default -> " ";
            });
        }
        List<List<String>> want = text.toString().lines().flatMap(line -> Stream.of(line.split("\u2028", -1)))
                .map(line -> Arrays.stream(line.split("[ \u3000]", -1)).filter(w -> !w.isEmpty()).toList())
                .filter(line -> !line.isEmpty()).toList();
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        assertEquals(want, sentences(reader().read(new ByteArrayInputStream(bytes))));
        assertEquals(want, sentences(reader().read(new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 7));
            }
        })));
        assertEquals(want, sentences(reader().read(new StringReader(text.toString()))));
    }

    @Test
    void countsSortsAndLeavesOutRareWords() throws IOException {
        Corpus corpus = Corpus.reader().minCount(2).read(stream("b a rare b a c c c\nsolo\n"));
        assertEquals(List.of("c", "a", "b"), corpus.vocabulary().words());
        assertEquals(7, corpus.words());
        assertEquals(9, corpus.wordsRead());
        assertEquals(List.of(List.of("b", "a", "b", "a", "c", "c", "c")), sentences(corpus));
        assertEquals(List.of("c"), Corpus.reader().minCount(1).maxVocabulary(1).read(stream("b c a c")).vocabulary().words());
    }

    @Test
    void longTextsGoToAFileThatVanishes() throws IOException {
        List<List<String>> text = Texts.groups(4, 50, 60_000);
        Corpus inMemory = reader().of(text);
        Corpus inFile = reader().memory(1 << 20).temporaryFolder(folder).of(text);
        assertTrue(inMemory.isInMemory());
        assertFalse(inFile.isInMemory());
        assertEquals(inMemory.vocabulary(), inFile.vocabulary());
        assertEquals(inMemory.tokens().checksum(), inFile.tokens().checksum());
        int[] a = new int[1000];
        int[] b = new int[1000];
        for (long at : new long[] {0, 262_143, 262_144 - 500, 500_001, inFile.tokens().length() - 3}) {
            assertEquals(inMemory.tokens().read(at, a, 1000), inFile.tokens().read(at, b, 1000));
            assertArrayEquals(a, b);
        }
        inFile.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void forgetsRareWordsWhenThereAreTooMany() {
        List<List<String>> text = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            text.add(List.of("often", "once" + i, "usual" + i % 10));
        }
        for (long memory : new long[] {1L << 30, 0}) {
            Corpus corpus = Corpus.reader().minCount(5).distinctWords(1000).memory(memory).temporaryFolder(folder).of(text);
            assertEquals(11, corpus.vocabulary().size());
            assertEquals(30_000, corpus.vocabulary().count(0));
            assertEquals(60_000, corpus.words());
            assertEquals(List.of("often", "usual7"), sentences(corpus).get(12_347));
            corpus.close();
        }
    }

    @Test
    void aLineOfTenMegabytesWithoutSpacesIsOneShortWord() throws IOException {
        InputStream endless = new InputStream() {
            private int left = 10_000_000;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int n = Math.min(length, left);
                Arrays.fill(into, offset, offset + n, (byte) 'x');
                left -= n;
                return n == 0 ? -1 : n;
            }
        };
        Corpus corpus = reader().read(endless);
        assertEquals(List.of(List.of("x".repeat(100))), sentences(corpus));
    }

    @Test
    void longWordsAreCutBetweenCharacters() throws IOException {
        String word = "x".repeat(98) + "\u65e5\u672c";
        assertEquals(List.of(List.of("x".repeat(98), "next")), sentences(reader().read(stream(word + " next"))));
    }

    @Test
    void brokenBytesBecomeReplacementCharactersAndOneWord() throws IOException {
        Corpus corpus = reader().read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, ' ', 'a', (byte) 0xfe, ' ', 'b', ' ', (byte) 0xe2}));
        assertEquals(List.of(List.of("a\ufffd", "a\ufffd", "b", "\ufffd")), sentences(corpus));
    }

    @Test
    void takesTheUsersOwnObjects() {
        Corpus corpus = reader().of(Stream.of(List.of(7, 8L, "New York"), List.of(7)));
        assertEquals(List.of("7", "8", "New York"), corpus.vocabulary().words());
    }

    @Test
    void refusesATextWithoutWords() {
        var empty = assertThrows(IllegalArgumentException.class, () -> Corpus.reader().read(stream("")));
        assertTrue(empty.toString().contains("got 0 words"), empty.toString());
        var rare = assertThrows(IllegalArgumentException.class, () -> Corpus.reader().read(stream("a b a b")));
        assertTrue(rare.toString().contains("got 4 words, none of them at least 5 times"), rare.toString());
        assertThrows(IllegalArgumentException.class, () -> Corpus.reader().minCount(0));
        assertThrows(IOException.class, () -> Corpus.reader().read(folder.resolve("absent")));
    }

    private static Corpus.Reader reader() {
        return Corpus.reader().minCount(1);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<String>> sentences(Corpus corpus) {
        List<List<String>> sentences = new ArrayList<>();
        List<String> sentence = new ArrayList<>();
        int[] one = new int[1];
        for (long at = 0; at < corpus.tokens().length(); at++) {
            corpus.tokens().read(at, one, 1);
            if (one[0] == TokenStore.END) {
                sentences.add(sentence);
                sentence = new ArrayList<>();
            } else {
                sentence.add(corpus.vocabulary().word(one[0]));
            }
        }
        assertTrue(sentence.isEmpty(), "a sentence has no end");
        return sentences;
    }
}
