package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.UserError;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.EncoderDecoderGradients;
import io.github.lanewise.rnn.Trainable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Trains a {@link Bot} epoch by epoch with teacher forcing, softmax cross-entropy, clipping and Adam. The same exchanges, plan and seed give
 * the same bits. The best weights are those of the epoch with the lowest validation loss, or the last ones without a validation.
 */
final class BotTrainer {
    /** Losses of an epoch, in nats a token; the validation is NaN when there is none. */
    record Epoch(double loss, double validation) {}

    /** Without a validation an epoch is better if its loss is lower by this share: it falls for ever, by less and less. */
    private static final double GAIN = 0.02;

    private final Plan plan;
    private final List<Exchange> training = new ArrayList<>();
    private final List<Exchange> validating = new ArrayList<>();
    private final Bot bot;
    private final EncoderDecoder best;
    private final Batch batch;
    private final EncoderDecoderGradients gradients;
    private final Adam adam;
    private final List<Epoch> curve = new ArrayList<>();
    private int bestEpoch;
    private long tokensDone;

    BotTrainer(Plan plan, Dialogue dialogue) {
        this.plan = plan;
        List<Exchange> exchanges = dialogue.exchanges();
        int validated = (int) (exchanges.size() * plan.validationShare());
        List<Integer> order = Draws.of(plan.seed, 0).order(exchanges.size());
        for (int i = 0; i < order.size(); i++) {
            (i < validated ? validating : training).add(exchanges.get(order.get(i)));
        }
        Words words = Words.of(plan.tokens, training);
        int longestQuestion = 0;
        int longestAnswer = 1;
        for (Exchange exchange : exchanges) {
            longestQuestion = Math.max(longestQuestion, words.question(exchange.question()).length);
            longestQuestion = Math.max(longestQuestion, exchange.after().map(words::question).orElse(new int[0]).length);
            longestAnswer = Math.max(longestAnswer, words.answer(exchange.answer()).length);
        }
        EncoderDecoder model = EncoderDecoder.create(words.size(), plan.dimension, plan.hidden, new SplitMix64(plan.seed));
        if (plan.word2vec) {
            WordVectors.put(words, training, plan.seed, model.embedding());
        }
        bot = new Bot(model, words, longestAnswer, dialogue.digest());
        best = EncoderDecoder.create(words.size(), plan.dimension, plan.hidden, new SplitMix64(plan.seed));
        keepBest();
        try {
            batch = new Batch(model, plan.batch, 2 * longestQuestion + 1, longestAnswer);
        } catch (ArithmeticException e) {
            throw new UserError("--batch: got " + plan.batch + " exchanges of up to " + longestAnswer + " tokens and " + words.size()
                    + " different ones, wanted fewer or shorter ones");
        }
        gradients = model.newGradients();
        adam = new Adam(Kernels.best(), plan.learningRate, model.trainables(gradients));
    }

    /** The bot with the weights of the last epoch. */
    Bot current() {
        return bot;
    }

    /** The bot with the best weights so far. */
    Bot best() {
        return new Bot(best, bot.words(), bot.longest(), bot.digest());
    }

    List<Exchange> training() {
        return training;
    }

    List<Exchange> validating() {
        return validating;
    }

    List<Epoch> curve() {
        return curve;
    }

    /** The number of the best epoch, from 1; 0 before the first. */
    int bestEpoch() {
        return bestEpoch;
    }

    /** Tokens read and scored in training. */
    long tokensDone() {
        return tokensDone;
    }

    Adam adam() {
        return adam;
    }

    /** Goes on where another trainer of the same plan and exchanges was. Its weights must be in {@link #current} and {@link #best} already. */
    void resume(List<Epoch> epochs, int newBestEpoch) {
        curve.clear();
        curve.addAll(epochs);
        bestEpoch = newBestEpoch;
    }

    boolean isFinished() {
        return curve.size() >= plan.epochs || curve.size() - (validating.isEmpty() ? lastGain() : bestEpoch) >= plan.patience;
    }

    /** The number of the last epoch whose loss was lower by {@link #GAIN} than that of the last such epoch, from 1; 0 before the first. */
    private int lastGain() {
        int last = 0;
        for (int epoch = 1; epoch <= curve.size(); epoch++) {
            if (last == 0 || curve.get(epoch - 1).loss < (1 - GAIN) * curve.get(last - 1).loss) {
                last = epoch;
            }
        }
        return last;
    }

    /**
     * Trains one epoch.
     *
     * @param progress is told the share of the epoch that is done
     */
    void epoch(DoubleConsumer progress) {
        Draws draws = Draws.of(plan.seed, curve.size() + 1);
        List<Integer> order = draws.order(training.size());
        double sum = 0;
        long scored = 0;
        for (int first = 0; first < order.size(); first += plan.batch) {
            List<Batch.Example> examples = new ArrayList<>();
            for (int index : order.subList(first, Math.min(first + plan.batch, order.size()))) {
                examples.add(example(training.get(index), draws));
            }
            batch.fill(examples);
            adam.zeroGradients();
            double loss = batch.lossAndGradients(gradients);
            adam.clipGlobalNorm(plan.clip);
            adam.step();
            sum += loss * batch.scored();
            scored += batch.scored();
            tokensDone += batch.size();
            progress.accept(Math.min(1, (double) (first + plan.batch) / order.size()));
        }
        double loss = sum / scored;
        if (!Double.isFinite(loss)) {
            throw new UserError("--learning-rate: got " + plan.learningRate + ", with which training diverged in epoch " + (curve.size() + 1)
                    + ", wanted a lower one");
        }
        double validation = validate();
        double lowest = bestEpoch == 0 ? Double.POSITIVE_INFINITY : curve.get(bestEpoch - 1).validation;
        curve.add(new Epoch(loss, validation));
        if (validating.isEmpty() || validation < lowest) {
            bestEpoch = curve.size();
            keepBest();
        }
    }

    private Batch.Example example(Exchange exchange, Draws draws) {
        int[] question = hidden(bot.words().question(exchange.question()), draws);
        int[] source = question;
        if (exchange.after().isPresent()) {
            source = joined(bot.words().question(exchange.after().get()), question);
        } else if (draws.happens(plan.turns)) {
            source = joined(bot.words().question(training.get(draws.below(training.size())).question()), question);
        }
        return new Batch.Example(source, bot.words().answer(exchange.answer()));
    }

    private int[] hidden(int[] question, Draws draws) {
        for (int i = 0; i < question.length; i++) {
            question[i] = draws.happens(plan.wordDropout) ? Words.UNKNOWN : question[i];
        }
        return question;
    }

    private static int[] joined(int[] before, int[] question) {
        int[] joined = new int[before.length + 1 + question.length];
        System.arraycopy(before, 0, joined, 0, before.length);
        joined[before.length] = Words.TURN;
        System.arraycopy(question, 0, joined, before.length + 1, question.length);
        return joined;
    }

    private double validate() {
        double sum = 0;
        long scored = 0;
        for (int first = 0; first < validating.size(); first += plan.batch) {
            List<Batch.Example> examples = new ArrayList<>();
            for (Exchange exchange : validating.subList(first, Math.min(first + plan.batch, validating.size()))) {
                int[] question = bot.words().question(exchange.question());
                examples.add(new Batch.Example(exchange.after().map(after -> joined(bot.words().question(after), question)).orElse(question),
                        bot.words().answer(exchange.answer())));
            }
            batch.fill(examples);
            sum += batch.loss() * batch.scored();
            scored += batch.scored();
        }
        return sum / scored;
    }

    private void keepBest() {
        List<Trainable> from = bot.model().trainables(bot.model().newGradients());
        List<Trainable> to = best.trainables(best.newGradients());
        for (int i = 0; i < from.size(); i++) {
            to.get(i).weights().copyFrom(from.get(i).weights());
        }
    }
}
