package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a bot is trained: what a user may choose. */
final class Plan {
    @Option(names = "--tokens", description = "What is read and written one by one: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Tokens tokens = Tokens.WORDS;

    @Option(names = "--dimension", description = "Floats in the vector of a token (default: ${DEFAULT-VALUE}).")
    int dimension = 64;

    @Option(names = "--hidden", description = "Hidden units of encoder and decoder (default: ${DEFAULT-VALUE}).")
    int hidden = 128;

    @Option(names = "--epochs", description = "Most passes over the exchanges (default: ${DEFAULT-VALUE}).")
    int epochs = 60;

    @Option(names = "--batch", description = "Exchanges of an update (default: ${DEFAULT-VALUE}).")
    int batch = 16;

    @Option(names = "--learning-rate", description = "Step size of Adam (default: ${DEFAULT-VALUE}).")
    double learningRate = 0.003;

    @Option(names = "--clip", description = "Largest norm of the gradients (default: ${DEFAULT-VALUE}).")
    double clip = 1;

    @Option(names = "--word-dropout", description = "Share of the tokens of questions that are hidden in training (default: ${DEFAULT-VALUE}).")
    double wordDropout = 0.1;

    @Option(names = "--turns", description = "Share of the exchanges that are trained after another question (default: ${DEFAULT-VALUE}).")
    double turns = 0.2;

    @Option(names = "--validation",
            description = "Share of the exchanges that is not trained on but validated with (default: 0.05 of the dialogue that comes along, 0 with --train, since what is validated with is not learned).")
    Optional<Double> validation = Optional.empty();

    @Option(names = "--patience",
            description = "Ends training after so many epochs without a better validation, of which the best weights are kept, or, without a validation, with hardly a better loss (default: ${DEFAULT-VALUE}).")
    int patience = 10;

    @Option(names = "--word2vec", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Begins with word vectors that word2vec learned from the exchanges (default: ${DEFAULT-VALUE}).")
    boolean word2vec = true;

    @Option(names = "--seed", description = "Seed of training and sampling; both repeat bit for bit (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    /** Refuses values out of range. */
    void check() {
        Output.requireRange("--dimension", dimension, 1, 4096);
        Output.requireRange("--hidden", hidden, 1, 4096);
        Output.requireRange("--epochs", epochs, 0, 1_000_000);
        Output.requireRange("--batch", batch, 1, 4096);
        Output.requireRange("--patience", patience, 1, 1_000_000);
        Output.requireRange("--learning-rate", learningRate, 0, 1);
        Output.requireRange("--clip", clip, 0, 1e9);
        Output.requireRange("--word-dropout", wordDropout, 0, 0.9);
        Output.requireRange("--turns", turns, 0, 1);
        Output.requireRange("--validation", validationShare(), 0, 0.5);
    }

    /** The share of the exchanges that is validated with, 0 if nobody chose one. */
    double validationShare() {
        return validation.orElse(0.0);
    }

    /** All that decides what training gives, but for the exchanges and the number of epochs. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("dimension", Integer.toString(dimension));
        settings.put("hidden", Integer.toString(hidden));
        settings.put("batch", Integer.toString(batch));
        settings.put("learning rate", Double.toString(learningRate));
        settings.put("clip", Double.toString(clip));
        settings.put("word dropout", Double.toString(wordDropout));
        settings.put("turns", Double.toString(turns));
        settings.put("validation", Double.toString(validationShare()));
        settings.put("patience", Integer.toString(patience));
        settings.put("seed", Long.toString(seed));
        return settings;
    }
}
