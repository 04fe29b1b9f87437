package io.github.lanewise.cli.chat;

import io.github.lanewise.word2vec.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tokens that a bot knows, by number: four special ones, then those of questions, then those that only answers have; frequent ones first. */
final class Words {
    /** Stands for what is not known. */
    static final int UNKNOWN = 0;
    /** Starts an answer. */
    static final int START = 1;
    /** Ends an answer. */
    static final int END = 2;
    /** Stands between a question and the one before. */
    static final int TURN = 3;
    static final int SPECIAL = 4;

    private static final List<String> SPECIALS = List.of("<unknown>", "<start>", "<end>", "<turn>");
    /** Shorter words have too many neighbours to tell which one is meant. */
    private static final int SHORTEST_CORRECTED = 4;

    private final Tokens tokens;
    private final Vocabulary vocabulary;
    private final Vocabulary asked;

    /** The known tokens in order, of which the first {@code asked} after the special ones are those of questions. */
    Words(Tokens tokens, List<String> words, int asked) {
        this.tokens = tokens;
        vocabulary = Vocabulary.of(words);
        this.asked = Vocabulary.of(words.subList(SPECIAL, SPECIAL + asked));
    }

    /** The tokens of exchanges. */
    static Words of(Tokens tokens, List<Exchange> exchanges) {
        Map<String, Integer> questions = new HashMap<>();
        Map<String, Integer> answers = new HashMap<>();
        for (Exchange exchange : exchanges) {
            tokens.question(exchange.question()).forEach(token -> questions.merge(token, 1, Integer::sum));
            exchange.after().ifPresent(after -> tokens.question(after).forEach(token -> questions.merge(token, 1, Integer::sum)));
            tokens.answer(exchange.answer()).forEach(token -> answers.merge(token, 1, Integer::sum));
        }
        Set<String> words = new LinkedHashSet<>(SPECIALS);
        words.addAll(frequentFirst(questions));
        words.addAll(frequentFirst(answers));
        return new Words(tokens, new ArrayList<>(words), questions.size());
    }

    private static List<String> frequentFirst(Map<String, Integer> counts) {
        return counts.keySet().stream().sorted(Comparator.<String>comparingInt(word -> -counts.getOrDefault(word, 0)).thenComparing(word -> word)).toList();
    }

    Tokens tokens() {
        return tokens;
    }

    int size() {
        return vocabulary.size();
    }

    /** How many tokens occur in questions. */
    int asked() {
        return asked.size();
    }

    /** All tokens, the special ones included. */
    List<String> all() {
        return vocabulary.words();
    }

    /** A question as numbers; {@link #UNKNOWN} for what no question of the training had. */
    int[] question(String text) {
        return tokens.question(text).stream().mapToInt(this::asked).toArray();
    }

    private int asked(String word) {
        int index = asked.index(word);
        return index < 0 ? UNKNOWN : SPECIAL + index;
    }

    /** An answer as numbers, without start and end. */
    int[] answer(String text) {
        return tokens.answer(text).stream().mapToInt(token -> Math.max(vocabulary.index(token), UNKNOWN)).toArray();
    }

    /** The text of an answer. */
    String text(List<Integer> answer) {
        return tokens.text(answer.stream().map(vocabulary::word).toList());
    }

    /** What is read instead of a word that is not known, but spelt like one that is. */
    Optional<String> correction(String word) {
        if (tokens == Tokens.CHARACTERS || word.length() < SHORTEST_CORRECTED || asked.index(word) >= 0) {
            return Optional.empty();
        }
        return asked.similar(word).stream().filter(other -> other.length() >= SHORTEST_CORRECTED).findFirst();
    }

    /** Returns whether questions of the training had this word. */
    boolean knows(String word) {
        return asked.index(word) >= 0;
    }
}
