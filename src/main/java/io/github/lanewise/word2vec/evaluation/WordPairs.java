package io.github.lanewise.word2vec.evaluation;

import io.github.lanewise.word2vec.Embeddings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of words with how similar people find them, as in WordSim-353 and SimLex-999.
 *
 * @param pairs the pairs
 */
public record WordPairs(List<Pair> pairs) {
    /** Copies the list. */
    public WordPairs {
        pairs = List.copyOf(pairs);
    }

    /**
     * Two words and how similar people find them.
     *
     * @param first a word
     * @param second a word
     * @param score larger for more similar words, on any scale
     */
    public record Pair(String first, String second, double score) {}

    /**
     * How well cosines agree with people.
     *
     * @param spearman rank correlation, NaN for fewer than two pairs
     * @param pearson correlation, NaN for fewer than two pairs
     * @param used pairs whose words are both known
     * @param skipped pairs with a word that is missing
     */
    public record Report(double spearman, double pearson, int used, int skipped) {}

    /**
     * Reads lines of two words and a number, separated by tabs, or by spaces where there is no tab, in UTF-8. Empty lines and those that begin
     * with # are passed over.
     *
     * @param file the file
     * @return the pairs
     * @throws IOException if reading fails or a line is wrong; the message names the line
     */
    public static WordPairs read(Path file) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        long number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    pairs.add(pair(file + ":" + number, text));
                }
            }
        } catch (CharacterCodingException broken) {
            throw new IOException(file + ":" + (number + 1) + " or later: got bytes that are not UTF-8, wanted UTF-8", broken);
        }
        if (pairs.isEmpty()) {
            throw new IOException(file + ": got no pair, wanted lines of two words and a number");
        }
        return new WordPairs(pairs);
    }

    private static Pair pair(String place, String text) throws IOException {
        String[] fields = text.split(text.indexOf('\t') >= 0 ? "\t" : "\\s+", -1);
        if (fields.length != 3) {
            throw new IOException(place + ": got " + fields.length + " fields, wanted two words and a number");
        }
        double score;
        try {
            score = Double.parseDouble(fields[2]);
        } catch (NumberFormatException none) {
            score = Double.NaN;
        }
        if (!Double.isFinite(score)) {
            throw new IOException(place + ": got \"" + fields[2] + "\", wanted a number");
        }
        return new Pair(fields[0].strip(), fields[1].strip(), score);
    }

    /**
     * Compares the cosines of the pairs with their scores. Upper and lower case are the same (the first such word counts); a pair with a word
     * that is missing is skipped.
     *
     * @param embeddings the vectors
     * @return the correlations
     */
    public Report evaluate(Embeddings embeddings) {
        FoldedWords words = new FoldedWords(embeddings.vocabulary());
        List<Pair> known = pairs.stream().filter(p -> words.row(p.first()) >= 0 && words.row(p.second()) >= 0).toList();
        double[] people = known.stream().mapToDouble(Pair::score).toArray();
        double[] cosines = known.stream().mapToDouble(p -> embeddings.similarity(
                embeddings.vocabulary().word(words.row(p.first())), embeddings.vocabulary().word(words.row(p.second())))).toArray();
        return new Report(Correlation.spearman(cosines, people), Correlation.pearson(cosines, people), known.size(), pairs.size() - known.size());
    }
}
