package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    @Test
    void sortsByCountThenByTextAndDropsRareWords() {
        Vocabulary v = Vocabulary.sorted(List.of("b", "rare", "z", "a", "top"), new long[] {5, 4, 7, 5, 9}, 5, Integer.MAX_VALUE);
        assertEquals(List.of("top", "z", "a", "b"), v.words());
        assertArrayEquals(new long[] {9, 7, 5, 5}, IntStream.range(0, 4).mapToLong(v::count).toArray());
        assertEquals(26, v.total());
        assertEquals(List.of("top", "z", "a"), Vocabulary.sorted(v.words(), new long[] {9, 7, 5, 5}, 0, 3).words());
    }

    @Test
    void keepsTheOrderOfAFile() {
        Vocabulary v = Vocabulary.of(List.of("x", "a", "m"));
        assertEquals(List.of("x", "a", "m"), v.words());
        assertEquals(0, v.total());
    }

    @Test
    void findsEveryWordAndNoOther() {
        List<String> words = IntStream.range(0, 10_000).mapToObj(i -> Integer.toString(i * 7919)).toList();
        Vocabulary v = Vocabulary.of(words);
        for (int i = 0; i < words.size(); i++) {
            assertEquals(i, v.index(words.get(i)));
        }
        assertEquals(-1, v.index("absent"));
        assertEquals(-1, v.index(""));
        assertEquals(-1, Vocabulary.of(List.of()).index("x"));
    }

    @Test
    void wordsThatShareTheHashCodeOfStringsAreFoundQuickly() {
        // "Aa" and "BB" have one hash code, so all 2^16 words of 16 such pairs have one.
        List<String> words = IntStream.range(0, 1 << 16)
                .mapToObj(i -> IntStream.range(0, 16).mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB").reduce("", String::concat)).toList();
        assertEquals(1, words.stream().mapToInt(String::hashCode).distinct().count());
        Vocabulary v = Vocabulary.of(words);
        assertEquals(12345, v.index(words.get(12345)));
    }

    @Test
    void saysWhatIsWrong() {
        var twice = assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(List.of("a", "b", "a")));
        assertTrue(twice.toString().contains("\"a\" twice (0 and 2)"), twice.toString());
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(List.of("a"), new long[2]));
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(List.of("a"), new long[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.sorted(List.of("a"), new long[] {1}, 0, -1));
    }
}
