package io.github.lanewise.word2vec.evaluation;

import io.github.lanewise.word2vec.Vocabulary;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Finds the first word of a vocabulary that is the same but for upper and lower case. */
final class FoldedWords {
    private final Map<String, Integer> rows = new HashMap<>();

    FoldedWords(Vocabulary vocabulary) {
        for (int row = 0; row < vocabulary.size(); row++) {
            rows.putIfAbsent(fold(vocabulary.word(row)), row);
        }
    }

    static String fold(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /** The row, or -1. */
    int row(String word) {
        return rows.getOrDefault(fold(word), -1);
    }
}
