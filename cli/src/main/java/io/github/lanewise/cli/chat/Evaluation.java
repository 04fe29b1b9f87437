package io.github.lanewise.cli.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How many questions get a right answer.
 *
 * @param questions how many were asked
 * @param right how many got one of the answers that the dialogue has for them
 * @param wrong what the others got
 */
record Evaluation(int questions, int right, List<Wrong> wrong) {
    /** A question with a wrong answer. */
    record Wrong(String question, String answer) {}

    /** The share of right answers, 0 to 1. */
    double share() {
        return (double) right / questions;
    }

    /** Asks each question of a dialogue once, after the question that it follows, if it follows one. */
    static Evaluation ofQuestions(Bot bot, List<Exchange> dialogue, Function<Search, Search.Answer> strategy) {
        Map<String, Exchange> distinct = new LinkedHashMap<>();
        dialogue.forEach(exchange -> distinct.putIfAbsent(key(exchange), exchange));
        return ask(bot, List.copyOf(distinct.values()), answers(bot, dialogue), strategy, Evaluation::key);
    }

    /** Asks other questions; the answer of each exchange names the question of the dialogue that it means. */
    static Evaluation ofParaphrases(Bot bot, List<Exchange> paraphrases, List<Exchange> dialogue, Function<Search, Search.Answer> strategy) {
        return ask(bot, paraphrases, answers(bot, dialogue), strategy, exchange -> key(exchange.answer()));
    }

    private static Evaluation ask(Bot bot, List<Exchange> questions, Map<String, Set<String>> answers, Function<Search, Search.Answer> strategy,
                                  Function<Exchange, String> meaning) {
        Conversation conversation = new Conversation(bot, strategy);
        List<Wrong> wrong = new ArrayList<>();
        for (Exchange exchange : questions) {
            conversation.forget();
            exchange.after().ifPresent(conversation::say);
            String answer = conversation.say(exchange.question()).answer();
            if (!answers.getOrDefault(meaning.apply(exchange), Set.of()).contains(answer)) {
                wrong.add(new Wrong(exchange.question(), answer));
            }
        }
        return new Evaluation(questions.size(), questions.size() - wrong.size(), wrong);
    }

    /** The answers to each question, with spaces as the bot writes them. */
    private static Map<String, Set<String>> answers(Bot bot, List<Exchange> dialogue) {
        Tokens tokens = bot.words().tokens();
        Map<String, Set<String>> answers = new HashMap<>();
        for (Exchange exchange : dialogue) {
            answers.computeIfAbsent(key(exchange), key -> new LinkedHashSet<>()).add(tokens.text(tokens.answer(exchange.answer())));
        }
        return answers;
    }

    private static String key(Exchange exchange) {
        return exchange.after().map(after -> key(after) + "\n").orElse("") + key(exchange.question());
    }

    private static String key(String question) {
        return String.join(" ", Tokens.WORDS.question(question));
    }
}
