package io.github.lanewise.word2vec;

import java.util.List;

/** A word that the model does not have. */
public final class UnknownWordException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String word;
    private final transient List<String> similar;

    UnknownWordException(String word, List<String> similar) {
        super("word: got \"" + word + "\", wanted one of the vocabulary"
                + (similar.isEmpty() ? "" : "; spelt alike: " + String.join(", ", similar)));
        this.word = word;
        this.similar = similar;
    }

    /**
     * Returns the unknown word.
     *
     * @return the word as it was asked for
     */
    public String word() {
        return word;
    }

    /**
     * Returns words of the model that are spelt alike, the closest and most frequent first.
     *
     * @return up to three words
     */
    public List<String> similar() {
        return similar == null ? List.of() : similar;
    }
}
