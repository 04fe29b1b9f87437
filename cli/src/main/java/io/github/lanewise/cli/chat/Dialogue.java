package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Exchanges from a file of UTF-8 text: a line has a question, a tab and an answer, and after another tab the question before it, if it needs one.
 *
 * @param exchanges in the order of the file
 * @param digest SHA-256 of the bytes of the file
 */
record Dialogue(List<Exchange> exchanges, String digest) {
    private static final Pattern LINE_END = Pattern.compile("\r?\n");

    /** Reads a file. */
    static Dialogue read(Path file) throws IOException {
        return parse(file, Files.readAllBytes(file));
    }

    /** The exchanges that come along, about Lanewise, numbers, greetings and the bot itself. */
    static Dialogue ours() {
        return parse(Path.of("dialogue.tsv"), resource("dialogue.tsv"));
    }

    /** Ways to ask the questions of {@link #ours} that are not trained on: a line has one and the question that it means. */
    static List<Exchange> paraphrases() {
        return parse(Path.of("paraphrases.tsv"), resource("paraphrases.tsv")).exchanges;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Dialogue.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Dialogue parse(Path file, byte[] bytes) {
        List<Exchange> exchanges = new ArrayList<>();
        int lineNumber = 0;
        for (String line : LINE_END.split(text(file, bytes), -1)) {
            lineNumber++;
            if (!line.isBlank()) {
                exchanges.add(exchange(file, lineNumber, line));
            }
        }
        if (exchanges.isEmpty()) {
            throw UserError.in(file, "no exchange", "lines with a question, a tab and an answer");
        }
        return new Dialogue(exchanges, digest(bytes));
    }

    private static Exchange exchange(Path file, int lineNumber, String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 2 || fields.length > 3) {
            throw UserError.at(file, lineNumber, fields.length - 1 + " tabs", "a question, a tab and an answer (a third field is the question before)");
        }
        if (Tokens.CHARACTERS.question(fields[0]).isEmpty()) {
            throw UserError.at(file, lineNumber, "an empty question", "some words before the tab");
        }
        if (fields[1].isBlank()) {
            throw UserError.at(file, lineNumber, "an empty answer", "some words after the tab");
        }
        boolean follows = fields.length == 3;
        if (follows && Tokens.CHARACTERS.question(fields[2]).isEmpty()) {
            throw UserError.at(file, lineNumber, "an empty question before", "some words after the second tab, or no second tab");
        }
        return new Exchange(fields[0].strip(), fields[1].strip(), follows ? Optional.of(fields[2].strip()) : Optional.empty());
    }

    /** Text of UTF-8 bytes; what is not UTF-8 is refused with its line. */
    private static String text(Path file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw UserError.at(file, line, "bytes that are not UTF-8 text", "UTF-8");
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
