package io.github.lanewise.cli.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bot reads and writes one by one. Case and most punctuation of questions are left out; answers are kept as they are. */
enum Tokens {
    /** Words and marks. In an answer, a token that follows without a space begins with ##. */
    WORDS {
        @Override
        List<String> question(String text) {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(folded(text));
            while (word.find()) {
                if (KEPT.matcher(word.group()).find()) {
                    words.add(word.group());
                }
            }
            return words;
        }

        @Override
        List<String> answer(String text) {
            List<String> tokens = new ArrayList<>();
            Matcher token = WORD.matcher(text);
            int end = -1;
            while (token.find()) {
                tokens.add((token.start() == end ? GLUE : "") + token.group());
                end = token.end();
            }
            return tokens;
        }

        @Override
        String text(List<String> tokens) {
            StringBuilder text = new StringBuilder();
            for (String token : tokens) {
                boolean glued = token.startsWith(GLUE) && token.length() > GLUE.length();
                text.append(glued || text.isEmpty() ? "" : " ").append(glued ? token.substring(GLUE.length()) : token);
            }
            return text.toString();
        }
    },

    /** Characters. */
    CHARACTERS {
        @Override
        List<String> question(String text) {
            return characters(String.join(" ", WORDS.question(text)));
        }

        @Override
        List<String> answer(String text) {
            return characters(text);
        }

        @Override
        String text(List<String> tokens) {
            return String.join("", tokens);
        }
    };

    private static final String GLUE = "##";
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['_.-][\\p{L}\\p{M}\\p{N}]+)*|\\S", Pattern.UNICODE_CHARACTER_CLASS);
    /** What a question keeps of its marks: those of sums. */
    private static final Pattern KEPT = Pattern.compile("[\\p{L}\\p{N}+*/=<>%-]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SHORT_IS = Pattern.compile("\\b(what|who|where|how|it|that|there|here|he|she)'s\\b");
    private static final Map<String, String> SHORT = Map.of("i'm", "i am", "you're", "you are", "don't", "do not", "can't", "can not", "i've", "i have");

    /** Tokens of a question; empty when nothing in it is read. */
    abstract List<String> question(String text);

    /** Tokens of an answer. */
    abstract List<String> answer(String text);

    /** The text of an answer: the reverse of {@link #answer} but for runs of spaces between words. */
    abstract String text(List<String> tokens);

    private static String folded(String text) {
        String folded = SHORT_IS.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\'')).replaceAll("$1 is");
        for (Map.Entry<String, String> entry : SHORT.entrySet()) {
            folded = folded.replace(entry.getKey(), entry.getValue());
        }
        return folded;
    }

    private static List<String> characters(String text) {
        return Arrays.stream(text.codePoints().toArray()).mapToObj(Character::toString).toList();
    }
}
