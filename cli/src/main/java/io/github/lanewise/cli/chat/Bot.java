package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.Model;
import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained chat-bot.
 *
 * @param model the network
 * @param words the tokens it knows
 * @param longest tokens of the longest answer it was trained on
 * @param digest of the dialogue it was trained on
 */
record Bot(EncoderDecoder model, Words words, int longest, String digest) {
    private static final String EMBEDDING = "embedding";
    private static final String ENCODER = "encoder";
    private static final String DECODER = "decoder";
    private static final String OUTPUT = "output";
    private static final String TOKENS = "chat.tokens";
    private static final String WORDS = "chat.words";
    private static final String ASKED = "chat.asked";
    private static final String LONGEST = "chat.longest";
    private static final String DIGEST = "chat.dialogue";

    /** Saves the bot in one file, whose tensors have the names that a PyTorch module of these parts gives them. */
    void save(Path file) throws IOException {
        new Model(layers(), Map.of(), metadata()).save(file);
    }

    Map<String, Layer> layers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put(EMBEDDING, model.embedding());
        layers.put(ENCODER, model.encoder());
        layers.put(DECODER, model.decoder());
        layers.put(OUTPUT, model.output());
        return layers;
    }

    Map<String, String> metadata() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(TOKENS, words.tokens().name());
        texts.put(WORDS, String.join("\n", words.all()));
        texts.put(ASKED, Integer.toString(words.asked()));
        texts.put(LONGEST, Integer.toString(longest));
        texts.put(DIGEST, digest);
        return texts;
    }

    /** Loads what {@link #save} wrote. */
    static Bot load(Path file) throws IOException {
        return of(Model.load(file), file);
    }

    static Bot of(Model model, Path file) {
        try {
            Map<String, String> texts = model.metadata();
            List<String> words = Arrays.asList(text(texts, WORDS).split("\n", -1));
            int asked = Integer.parseInt(text(texts, ASKED));
            if (asked < 0 || asked > words.size() - Words.SPECIAL) {
                throw new IllegalArgumentException(ASKED + ": got " + asked + ", wanted 0 to " + (words.size() - Words.SPECIAL));
            }
            EncoderDecoder network = EncoderDecoder.of(model.embedding(EMBEDDING), model.lstm(ENCODER), model.lstm(DECODER), model.dense(OUTPUT));
            if (network.embedding().tokens() != words.size()) {
                throw new IllegalArgumentException(WORDS + ": got " + words.size() + ", wanted one for each of " + network.embedding().tokens() + " vectors");
            }
            int longest = Integer.parseInt(text(texts, LONGEST));
            if (longest < 1 || longest > 1_000_000) {
                throw new IllegalArgumentException(LONGEST + ": got " + longest + ", wanted 1 to 1000000");
            }
            return new Bot(network, new Words(Tokens.valueOf(text(texts, TOKENS)), words, asked), longest, text(texts, DIGEST));
        } catch (IllegalArgumentException e) {
            throw UserError.in(file, "a file that is no bot (" + e.getMessage() + ")", "one that this command wrote");
        }
    }

    private static String text(Map<String, String> texts, String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("it has no text " + key);
        }
        return text;
    }
}
