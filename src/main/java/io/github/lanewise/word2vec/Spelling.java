package io.github.lanewise.word2vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds words of a vocabulary that are spelt like another. */
final class Spelling {
    /** Words looked at: 100,000 take about 10 ms, and rarer ones are unlikely to be meant. */
    private static final int LOOKED_AT = 100_000;
    private static final int WANTED = 3;
    private static final int LONGEST = 64;

    private Spelling() {}

    /** Up to three words at an edit distance of at most 2 (1 for short words), case ignored; the closest first, then in order. */
    static List<String> similar(String word, Vocabulary vocabulary) {
        List<List<String>> byDistance = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (word.length() > LONGEST) {
            return List.of();
        }
        String folded = word.toLowerCase(Locale.ROOT);
        int limit = word.length() < 4 ? 1 : 2;
        for (int i = 0; i < Math.min(vocabulary.size(), LOOKED_AT); i++) {
            String other = vocabulary.word(i);
            if (Math.abs(other.length() - word.length()) <= limit) {
                int distance = distance(folded, other.toLowerCase(Locale.ROOT));
                if (distance <= limit) {
                    byDistance.get(distance).add(other);
                }
            }
        }
        return byDistance.stream().flatMap(List::stream).limit(WANTED).toList();
    }

    /** Edit distance (Levenshtein) with swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }
}
