package io.github.lanewise.bench.task;

import io.github.lanewise.kernel.SplitMix64;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An epoch of word2vec, the drawing of the first vectors included, over a drawn text whose words follow Zipf's law; times are per word. It has no meaning to learn, but the rows are asked
 * for as in a real text: a few all the time, most of them seldom.
 *
 * @param update {@code window}, {@code pair} or {@code cbow}
 * @param dimension of the vectors
 */
public record Words(String update, int dimension) implements Task {
    private static final int VOCABULARY = 30_000;
    private static final int SENTENCES = 10_000;
    private static final int SENTENCE = 40;

    /** The text. */
    public List<List<Integer>> sentences() {
        SplitMix64 random = new SplitMix64(1);
        List<List<Integer>> sentences = new ArrayList<>();
        for (int s = 0; s < SENTENCES; s++) {
            List<Integer> sentence = new ArrayList<>();
            for (int i = 0; i < SENTENCE; i++) {
                // The inverse of the distribution function of 1 / rank.
                sentence.add((int) Math.exp(random.nextFloat() * Math.log(VOCABULARY)));
            }
            sentences.add(sentence);
        }
        return sentences;
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("update", update);
        parameters.put("dimension", Integer.toString(dimension));
        return parameters;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("update", update);
        sizes.put("dimension", dimension);
        return sizes;
    }

    @Override
    public String label() {
        return "epoch " + update + " " + dimension;
    }

    @Override
    public int units() {
        return SENTENCES * SENTENCE;
    }

    /** Not counted: it depends on what subsampling leaves. */
    @Override
    public double flops() {
        return 0;
    }

    @Override
    public double bytes() {
        return 0;
    }

    @Override
    public double bound() {
        return 0;
    }
}
