package io.github.lanewise.word2vec;

/**
 * An answer of a search.
 *
 * @param word the word
 * @param score cosine similarity, from -1 to 1 up to rounding; for {@link AnalogyMethod#COS_MUL} its score
 */
public record Neighbour(String word, float score) {}
