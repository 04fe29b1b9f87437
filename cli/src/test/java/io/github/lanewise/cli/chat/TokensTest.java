package io.github.lanewise.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void answersComeBackAsTheyWere() {
        for (String text : List.of("Hello! Ask me.", "Run ./lanewise bench steps --quick, with --peers.", "1, 2, 4 (and so on): 3.4e38", "# ## ### a#b",
                "Größe 100 %, d'accord?", "one-two_three HelloLstm.java", "日本 \uD83D\uDE00!")) {
            for (Tokens tokens : Tokens.values()) {
                assertEquals(text, tokens.text(tokens.answer(text)));
            }
        }
        assertEquals(List.of("Run", ".", "##/", "##lanewise", "##,", "now"), Tokens.WORDS.answer("Run ./lanewise, now"));
        assertEquals(List.of("H", "i", "\uD83D\uDE00"), Tokens.CHARACTERS.answer("Hi\uD83D\uDE00"));
    }

    @Test
    void questionsAreFolded() {
        assertEquals(List.of("what", "is", "an", "lstm"), Tokens.WORDS.question("  What’s an LSTM?! "));
        assertEquals(List.of("2", "+", "3"), Tokens.WORDS.question("2 + 3"));
        assertEquals(List.of("i", "am", "tom"), Tokens.WORDS.question("I'm Tom."));
        assertEquals(List.of("c", "+", "+", "or", "jdk.incubator.vector"), Tokens.WORDS.question("C++ or jdk.incubator.vector?"));
        assertEquals(List.of(), Tokens.WORDS.question(" ?!. "));
        assertEquals(List.of("h", "i", " ", "y", "o"), Tokens.CHARACTERS.question("Hi, yo!"));
    }

    @Test
    void onlyWordsOfQuestionsAreKnownAndNearSpellingsAreTakenForThem() {
        List<Exchange> exchanges = List.of(new Exchange("What is a gradient?", "A Slope.", Optional.empty()),
                new Exchange("And why is that?", "So.", Optional.of("Explain backpropagation")));
        Words words = Words.of(Tokens.WORDS, exchanges);
        assertEquals(List.of("<unknown>", "<start>", "<end>", "<turn>", "is", "a", "and", "backpropagation"), words.all().subList(0, 8));
        assertEquals(9, words.asked());
        assertEquals(Words.UNKNOWN, words.question("slope")[0]);
        assertEquals("gradient", words.all().get(words.question("gradient")[0]));
        assertEquals("A Slope.", words.text(Arrays.stream(words.answer("A Slope.")).boxed().toList()));
        assertEquals(Optional.of("gradient"), words.correction("gradeint"));
        assertEquals(Optional.of("backpropagation"), words.correction("backpropagaton"));
        assertEquals(Optional.empty(), words.correction("gradient"));
        assertEquals(Optional.empty(), words.correction("wha"));
        assertEquals(Optional.empty(), words.correction("elephant"));
    }
}
