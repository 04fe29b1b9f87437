package io.github.lanewise.cli.chat;

import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.TokenStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Questions and answers one after another: a question is read from the state that the one before left. */
final class Conversation {
    /**
     * An answer.
     *
     * @param question what was said
     * @param answer what the bot says
     * @param unknown words of the question that were read as unknown
     * @param readAs words of the question that were taken for others, with these
     * @param logProbability natural logarithm of the probability of the answer
     */
    record Reply(String question, String answer, List<String> unknown, Map<String, String> readAs, double logProbability) {}

    private final Bot bot;
    private final Function<Search, Search.Answer> strategy;
    private final TokenStream stream;
    private final Search search;
    /** The encoder's state after the last question alone. */
    private final CellState before;
    private boolean begun;

    /** A new conversation whose answers are found in a way. */
    Conversation(Bot bot, Function<Search, Search.Answer> strategy) {
        this.bot = bot;
        this.strategy = strategy;
        stream = bot.model().newStream();
        // No answer is much longer than those that were trained on, unless it goes round in circles.
        search = new Search(bot.model(), stream, bot.longest() + 10);
        before = bot.model().encoder().newState();
    }

    /** Forgets what was said. */
    void forget() {
        begun = false;
    }

    /** Answers; a text without anything to read, such as an empty line, has no answer and is forgotten. */
    Reply say(String text) {
        Words words = bot.words();
        List<String> unknown = new ArrayList<>();
        Map<String, String> readAs = new LinkedHashMap<>();
        List<String> read = new ArrayList<>();
        for (String word : Tokens.WORDS.question(text)) {
            if (words.tokens() == Tokens.CHARACTERS || words.knows(word)) {
                read.add(word);
                continue;
            }
            String other = words.correction(word).orElse(word);
            read.add(other);
            if (other.equals(word)) {
                unknown.add(word);
            } else {
                readAs.put(word, other);
            }
        }
        int[] question = words.question(String.join(" ", read));
        if (question.length == 0) {
            return new Reply(text, "", unknown, readAs, 0);
        }
        stream.state().reset();
        if (begun) {
            stream.state().copyFrom(before);
            stream.read(Words.TURN);
        }
        read(question);
        Search.Answer answer = strategy.apply(search);
        stream.state().reset();
        read(question);
        before.copyFrom(stream.state());
        begun = true;
        return new Reply(text, words.text(answer.tokens()), unknown, readAs, answer.logProbability());
    }

    private void read(int[] question) {
        for (int token : question) {
            stream.read(token);
        }
    }
}
