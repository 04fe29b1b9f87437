package io.github.lanewise.cli.chat;

import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.TokenStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Writes an answer from the state that a question left: the likeliest tokens, the likeliest of several answers, or drawn ones. */
final class Search {
    /** What is written, and the logarithm of its probability. */
    record Answer(List<Integer> tokens, double logProbability) {
        /** By tokens, the end included: longer answers are not at a disadvantage (Wu et al. 2016, alpha 1). */
        double score() {
            return logProbability / (tokens.size() + 1);
        }
    }

    private record Beginning(List<Integer> tokens, double logProbability, CellState state) {}

    private record Step(Beginning from, int token, double logProbability) {}

    private final EncoderDecoder model;
    private final TokenStream stream;
    private final int longest;
    private final float[] logits;

    Search(EncoderDecoder model, TokenStream stream, int longest) {
        this.model = model;
        this.stream = stream;
        this.longest = longest;
        logits = new float[model.embedding().tokens()];
    }

    /** The likeliest token each time; of equal ones the one with the lower number. */
    Answer greedy() {
        List<Integer> tokens = new ArrayList<>();
        double sum = 0;
        int token = Words.START;
        while (tokens.size() < longest) {
            double[] scores = write(token);
            token = best(scores, 1)[0];
            sum += scores[token];
            if (token == Words.END) {
                break;
            }
            tokens.add(token);
        }
        return new Answer(tokens, sum);
    }

    /** Keeps the {@code width} likeliest beginnings and returns the best answer that comes of them. */
    Answer beam(int width) {
        List<Answer> answers = new ArrayList<>();
        List<Beginning> beam = List.of(new Beginning(List.of(), 0, copyOfState()));
        for (int length = 0; length < longest && !beam.isEmpty() && answers.size() < width; length++) {
            List<Step> steps = new ArrayList<>();
            for (Beginning from : beam) {
                stream.state().copyFrom(from.state);
                double[] scores = write(from.tokens.isEmpty() ? Words.START : from.tokens.getLast());
                from.state.copyFrom(stream.state());
                for (int token : best(scores, width)) {
                    steps.add(new Step(from, token, from.logProbability + scores[token]));
                }
            }
            steps.sort(Comparator.comparingDouble(step -> -step.logProbability));
            List<Beginning> next = new ArrayList<>();
            for (Step step : steps.subList(0, Math.min(width, steps.size()))) {
                if (step.token == Words.END) {
                    answers.add(new Answer(step.from.tokens, step.logProbability));
                } else {
                    List<Integer> tokens = new ArrayList<>(step.from.tokens);
                    tokens.add(step.token);
                    stream.state().copyFrom(step.from.state);
                    next.add(new Beginning(tokens, step.logProbability, copyOfState()));
                }
            }
            beam = next;
        }
        // An answer cut off at the longest length is better than none.
        if (answers.isEmpty()) {
            beam.forEach(begun -> answers.add(new Answer(begun.tokens, begun.logProbability)));
        }
        return answers.stream().max(Comparator.comparingDouble(Answer::score)).orElseThrow();
    }

    /** Draws each token from the {@code topK} likeliest, with probabilities to the power of {@code 1 / temperature}. */
    Answer sample(double temperature, int topK, SplitMix64 random) {
        List<Integer> tokens = new ArrayList<>();
        double sum = 0;
        int token = Words.START;
        while (tokens.size() < longest) {
            double[] scores = write(token);
            token = draw(scores, best(scores, topK), temperature, (random.nextLong() >>> 11) * 0x1p-53);
            sum += scores[token];
            if (token == Words.END) {
                break;
            }
            tokens.add(token);
        }
        return new Answer(tokens, sum);
    }

    private static int draw(double[] scores, int[] among, double temperature, double share) {
        double[] weights = new double[among.length];
        double total = 0;
        for (int i = 0; i < among.length; i++) {
            weights[i] = StrictMath.exp((scores[among[i]] - scores[among[0]]) / temperature);
            total += weights[i];
        }
        double left = share * total;
        for (int i = 0; i < among.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return among[i];
            }
        }
        return among[among.length - 1];
    }

    /** Logarithms of the probabilities of what comes after a token; tokens that no answer has are impossible. */
    private double[] write(int token) {
        stream.write(token, logits, 0);
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp(logit - max);
        }
        double log = max + StrictMath.log(sum);
        double[] scores = new double[logits.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i == Words.UNKNOWN || i == Words.START || i == Words.TURN ? Double.NEGATIVE_INFINITY : logits[i] - log;
        }
        return scores;
    }

    /** The numbers of the {@code count} highest scores, the highest first, of equal ones the lowest. */
    private static int[] best(double[] scores, int count) {
        if (count == 1) {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return new int[] {best};
        }
        return IntStream.range(0, scores.length).filter(i -> scores[i] > Double.NEGATIVE_INFINITY).boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i])).limit(count).mapToInt(i -> i).toArray();
    }

    private CellState copyOfState() {
        CellState copy = model.encoder().newState();
        copy.copyFrom(stream.state());
        return copy;
    }
}
