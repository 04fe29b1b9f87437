package io.github.lanewise.bench.task;

import io.github.lanewise.kernel.SplitMix64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Updates of word vectors with negative sampling, on rows that stay in the cache; times are per update. The rows wander through a small table, as
 * the words of a text do.
 *
 * @param update {@code window} (inputs share the targets), {@code pair} (one input) or {@code cbow} (the mean of the inputs)
 * @param length floats in a row, a multiple of 16
 */
public record Sgns(String update, int length) implements Task {
    /** Targets of an update: the word and five drawn ones. */
    public static final int TARGETS = 6;
    /** Learning rate. */
    public static final float RATE = 0.025f;
    /** Rows of a table; turns repeat after as many. */
    public static final int WORDS = 96;

    /** Inputs of an update: the mean number of neighbours with a dynamic window of five is six. */
    public int inputs() {
        return update.equals("pair") ? 1 : 6;
    }

    /** A table of vectors, the same for each engine. */
    public float[] vectors(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] vectors = new float[WORDS * length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.nextFloat() - 0.5f;
        }
        return vectors;
    }

    /** Offsets of {@code count} distinct rows for a turn. */
    public void rows(int turn, int[] offsets, int count) {
        for (int i = 0; i < count; i++) {
            offsets[i] = (turn * 7 + i * 13) % WORDS * length;
        }
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("update", update);
        parameters.put("length", Integer.toString(length));
        return parameters;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("update", update);
        sizes.put("length", length);
        return sizes;
    }

    @Override
    public String label() {
        return "update " + update + " " + length;
    }

    /** A product and two sums of products for each pair of rows; CBOW has one pair a target, and a mean and a sum for its inputs. */
    @Override
    public double flops() {
        double pairs = update.equals("cbow") ? TARGETS : (double) inputs() * TARGETS;
        return 6 * pairs * length + (update.equals("cbow") ? 2.0 * inputs() * length : 0);
    }

    @Override
    public double bytes() {
        return 4.0 * (inputs() + TARGETS) * length;
    }

    @Override
    public double bound() {
        return 1e-5;
    }
}
