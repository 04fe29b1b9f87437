package io.github.lanewise.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.cli.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DialogueTest {
    @Test
    void linesAreExchanges() {
        Dialogue dialogue = parse("\uFEFFHi\tHello.\r\n\n  What? \t An answer. \tHi\nHi\tHey.");
        assertEquals(List.of(new Exchange("Hi", "Hello.", Optional.empty()), new Exchange("What?", "An answer.", Optional.of("Hi")),
                new Exchange("Hi", "Hey.", Optional.empty())), dialogue.exchanges());
        assertEquals(64, dialogue.digest().length());
        assertFalse(dialogue.digest().equals(parse("Hi\tHello!").digest()));
    }

    @Test
    void badLinesAreRefusedWithTheirNumber() {
        assertRefused("f.tsv:2: got 0 tabs, wanted a question, a tab and an answer (a third field is the question before)", "a\tb\nno tab here\n");
        assertRefused("f.tsv:1: got 3 tabs, wanted a question, a tab and an answer (a third field is the question before)", "a\tb\tc\td");
        assertRefused("f.tsv:3: got an empty answer, wanted some words after the tab", "a\tb\n\na\t \n");
        assertRefused("f.tsv:1: got an empty question, wanted some words before the tab", "?!\tb");
        assertRefused("f.tsv:1: got an empty question before, wanted some words after the second tab, or no second tab", "a\tb\t");
        assertRefused("f.tsv: got no exchange, wanted lines with a question, a tab and an answer", "\n \n");
        byte[] latin = "a\tb\nq\tGr\u00FC\u00DFe\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("f.tsv:2: got bytes that are not UTF-8 text, wanted UTF-8",
                assertThrows(UserError.class, () -> Dialogue.parse(Path.of("f.tsv"), latin)).getMessage());
    }

    @Test
    void oursHasEnoughExchangesAndTheParaphrasesAreNotAmongThem() {
        List<Exchange> exchanges = Dialogue.ours().exchanges();
        Set<List<String>> questions = new HashSet<>();
        exchanges.forEach(e -> questions.add(Tokens.WORDS.question(e.question())));
        assertTrue(exchanges.size() >= 300 && questions.size() >= 300, exchanges.size() + ", distinct " + questions.size());
        List<Exchange> paraphrases = Dialogue.paraphrases();
        assertTrue(paraphrases.size() >= 60, paraphrases.size() + "");
        for (Exchange paraphrase : paraphrases) {
            assertFalse(questions.contains(Tokens.WORDS.question(paraphrase.question())), paraphrase.question() + " is trained on");
            assertTrue(questions.contains(Tokens.WORDS.question(paraphrase.answer())), paraphrase.answer() + " is no question of the dialogue");
        }
        for (Exchange exchange : exchanges) {
            exchange.after().ifPresent(after -> assertTrue(questions.contains(Tokens.WORDS.question(after)), after));
        }
    }

    private static Dialogue parse(String text) {
        return Dialogue.parse(Path.of("f.tsv"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String message, String text) {
        assertEquals(message, assertThrows(UserError.class, () -> parse(text)).getMessage());
    }
}
