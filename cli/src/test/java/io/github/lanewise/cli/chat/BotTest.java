package io.github.lanewise.cli.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.MalformedFileException;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.TokenStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotTest {
    private static final String SMALL = """
            Hello there\tHi! How are you?
            What is your name\tMy name is Bot.
            Count to three\tOne, two, three.
            What is two plus two\tFour.
            Goodbye friend\tBye.
            Why\tBecause I was named so.\tWhat is your name
            Why\tIt is a sum.\tWhat is two plus two
            """;

    @TempDir
    private Path folder;

    @Test
    void aSmallDialogueIsLearnedByHeartWithWordsAndWithCharacters() {
        for (Tokens tokens : Tokens.values()) {
            Plan plan = plan();
            plan.tokens = tokens;
            plan.epochs = tokens == Tokens.WORDS ? 80 : 150;
            BotTrainer trainer = trained(plan);
            Evaluation evaluation = Evaluation.ofQuestions(trainer.best(), dialogue().exchanges(), Search::greedy);
            assertEquals(List.of(), evaluation.wrong());
            assertEquals(7, evaluation.questions());
            assertEquals(1, evaluation.share());
            Evaluation paraphrases = Evaluation.ofParaphrases(trainer.best(), List.of(new Exchange("two plus two", "What is two plus two?", Optional.empty()),
                    new Exchange("two plus two", "Count to three", Optional.empty())), dialogue().exchanges(), Search::greedy);
            assertEquals(2, paraphrases.questions());
            assertTrue(paraphrases.right() <= 1, "one answer cannot be right for two questions");
        }
    }

    @Test
    void theStateOfTheLastQuestionIsCarriedAndForgotten() {
        Conversation conversation = new Conversation(trained(plan()).best(), Search::greedy);
        conversation.say("What is your name?");
        assertEquals("Because I was named so.", conversation.say("Why?").answer());
        conversation.say("What is two plus two?");
        Conversation.Reply carried = conversation.say("Why?");
        assertEquals("It is a sum.", carried.answer());
        conversation.forget();
        Conversation.Reply alone = conversation.say("Why?");
        assertNotEquals(carried.logProbability(), alone.logProbability());
        conversation.forget();
        assertEquals(alone, conversation.say("Why?"));
    }

    @Test
    void unknownWordsAndEmptyLinesAreHandled() {
        Conversation conversation = new Conversation(trained(plan()).best(), Search::greedy);
        Conversation.Reply misspelt = conversation.say("What is your nmae, pterodactyl?");
        assertEquals(Map.of("nmae", "name"), misspelt.readAs());
        assertEquals(List.of("pterodactyl"), misspelt.unknown());
        assertFalse(misspelt.answer().isEmpty());
        Conversation.Reply nothing = conversation.say("  ?! ");
        assertEquals("", nothing.answer());
        // What is not read leaves the conversation where it was.
        assertEquals("Because I was named so.", conversation.say("Why?").answer());
    }

    @Test
    void aBeamOfOneIsGreedyAndAWiderOneFindsNothingLessLikely() {
        Plan plan = plan();
        plan.epochs = 12;
        Bot bot = trained(plan).best();
        int better = 0;
        for (String question : List.of("Hello there", "name", "Count", "plus plus", "friend Why", "two")) {
            Search.Answer greedy = search(bot, question).greedy();
            Search.Answer one = search(bot, question).beam(1);
            assertEquals(greedy.tokens(), one.tokens());
            assertEquals(greedy.logProbability(), one.logProbability());
            Search.Answer wide = search(bot, question).beam(8);
            double gain = wide.logProbability() / (wide.tokens().size() + 1) - greedy.logProbability() / (greedy.tokens().size() + 1);
            assertTrue(gain >= -1e-9, question + ": " + gain);
            better += gain > 1e-9 ? 1 : 0;
            assertEquals(logProbability(bot, question, wide.tokens()), wide.logProbability(), 1e-9);
            assertEquals(wide, search(bot, question).beam(8));
        }
        assertTrue(better > 0, "a beam of 8 never found a better answer");
    }

    @Test
    void drawnAnswersRepeatWithASeedAndVaryWithout() {
        Plan plan = plan();
        plan.epochs = 12;
        Bot bot = trained(plan).best();
        List<Search.Answer> first = drawn(bot, 1, 1, Integer.MAX_VALUE);
        assertEquals(first, drawn(bot, 1, 1, Integer.MAX_VALUE));
        assertNotEquals(first, drawn(bot, 2, 1, Integer.MAX_VALUE));
        Set<Search.Answer> cold = new HashSet<>(drawn(bot, 1, 0.01, Integer.MAX_VALUE));
        assertEquals(Set.of(search(bot, "two").greedy()), cold);
        assertEquals(Set.of(search(bot, "two").greedy()), new HashSet<>(drawn(bot, 1, 5, 1)));
        for (Search.Answer answer : first) {
            assertEquals(logProbability(bot, "two", answer.tokens()), answer.logProbability(), 1e-9);
        }
        // Of the two likeliest first tokens both are drawn, and no other.
        Set<Integer> starts = new HashSet<>();
        drawn(bot, 3, 5, 2).forEach(answer -> starts.add(answer.tokens().isEmpty() ? Words.END : answer.tokens().getFirst()));
        assertEquals(2, starts.size());
    }

    @Test
    void trainingRepeatsBitForBitWithASeed() throws IOException {
        byte[][] files = new byte[3][];
        for (int i = 0; i < 3; i++) {
            Plan plan = plan();
            plan.epochs = 4;
            plan.seed = i < 2 ? 5 : 6;
            Path file = folder.resolve(i + ".safetensors");
            trained(plan).best().save(file);
            files[i] = Files.readAllBytes(file);
        }
        assertArrayEquals(files[0], files[1]);
        assertFalse(Arrays.equals(files[0], files[2]));
    }

    @Test
    void aCheckpointGoesOnWithTheSameBits() throws IOException {
        Plan plan = plan();
        plan.validation = Optional.of(0.3);
        plan.epochs = 9;
        BotTrainer whole = trained(plan);
        Plan half = plan();
        half.validation = Optional.of(0.3);
        half.epochs = 4;
        Path file = folder.resolve("checkpoint");
        TrainingCheckpoint.save(trained(half), half, file);
        BotTrainer resumed = new BotTrainer(plan, dialogue());
        TrainingCheckpoint.restore(resumed, plan, file);
        assertEquals(4, resumed.curve().size());
        run(resumed);
        assertEquals(whole.curve(), resumed.curve());
        assertEquals(whole.bestEpoch(), resumed.bestEpoch());
        assertArrayEquals(bytes(whole.current()), bytes(resumed.current()));
        assertArrayEquals(bytes(whole.best()), bytes(resumed.best()));
        Plan other = plan();
        other.seed = 99;
        String message = String.valueOf(assertThrows(UserError.class, () -> TrainingCheckpoint.restore(new BotTrainer(other, dialogue()), other, file)).getMessage());
        assertTrue(message.startsWith(file + ": got a checkpoint with chat.words") || message.startsWith(file + ": got a checkpoint with chat.settings"), message);
        assertThrows(UserError.class, () -> TrainingCheckpoint.restore(new BotTrainer(plan, Dialogue.ours()), plan, file));
        Path bot = folder.resolve("bot");
        whole.best().save(bot);
        assertThrows(UserError.class, () -> TrainingCheckpoint.restore(new BotTrainer(plan, dialogue()), plan, bot));
    }

    @Test
    void trainingEndsWhenTheValidationDoesNotGetBetterAndKeepsTheBest() {
        Plan plan = plan();
        plan.validation = Optional.of(0.3);
        plan.patience = 3;
        plan.epochs = 300;
        BotTrainer trainer = trained(plan);
        assertEquals(2, trainer.validating().size());
        assertEquals(5, trainer.training().size());
        assertTrue(trainer.curve().size() < 300);
        assertEquals(trainer.curve().size() - 3, trainer.bestEpoch());
        double lowest = trainer.curve().stream().mapToDouble(BotTrainer.Epoch::validation).min().orElseThrow();
        assertEquals(lowest, trainer.curve().get(trainer.bestEpoch() - 1).validation());
        Plan until = plan();
        until.validation = Optional.of(0.3);
        until.epochs = trainer.bestEpoch();
        assertArrayEquals(trained(until).current().model().decoder().weights().bias(), trainer.best().model().decoder().weights().bias());
    }

    @Test
    void withoutAValidationTrainingEndsWhenTheLossHardlyFalls() {
        Plan plan = plan();
        plan.patience = 3;
        plan.epochs = 3000;
        BotTrainer trainer = trained(plan);
        assertEquals(0, trainer.validating().size());
        int epochs = trainer.curve().size();
        assertTrue(epochs < 3000);
        assertEquals(epochs, trainer.bestEpoch());
        double before = trainer.curve().get(epochs - 4).loss();
        for (BotTrainer.Epoch epoch : trainer.curve().subList(epochs - 3, epochs)) {
            assertTrue(epoch.loss() >= 0.98 * before, trainer.curve().toString());
        }
        assertEquals(1, Evaluation.ofQuestions(trainer.best(), dialogue().exchanges(), Search::greedy).share());
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        Plan plan = plan();
        plan.epochs = 1;
        Bot bot = trained(plan).best();
        Path file = folder.resolve("bot.safetensors");
        bot.save(file);
        Bot loaded = Bot.load(file);
        assertArrayEquals(bytes(bot), bytes(loaded));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        assertThrows(MalformedFileException.class, () -> Bot.load(file));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String[] change : new String[][] {{"\"chat.asked\":\"", "\"chat.askee\":\""}, {"WORDS", "WORDZ"}, {"<end>\\n", "<end>nn"}}) {
            assertTrue(text.contains(change[0]), change[0]);
            byte[] damaged = text.replace(change[0], change[1]).getBytes(StandardCharsets.ISO_8859_1);
            Files.write(file, damaged);
            String message = String.valueOf(assertThrows(UserError.class, () -> Bot.load(file)).getMessage());
            assertTrue(message.startsWith(file + ": got a file that is no bot ("), message);
        }
    }

    private static Plan plan() {
        Plan plan = new Plan();
        plan.dimension = 16;
        plan.hidden = 24;
        plan.batch = 4;
        plan.learningRate = 0.01;
        plan.wordDropout = 0;
        plan.turns = 0;
        plan.epochs = 80;
        return plan;
    }

    private static Dialogue dialogue() {
        return Dialogue.parse(Path.of("small.tsv"), SMALL.getBytes(StandardCharsets.UTF_8));
    }

    private static BotTrainer trained(Plan plan) {
        BotTrainer trainer = new BotTrainer(plan, dialogue());
        run(trainer);
        return trainer;
    }

    private static void run(BotTrainer trainer) {
        while (!trainer.isFinished()) {
            trainer.epoch(share -> { });
        }
    }

    private static Search search(Bot bot, String question) {
        TokenStream stream = bot.model().newStream();
        for (int token : bot.words().question(question)) {
            stream.read(token);
        }
        return new Search(bot.model(), stream, bot.longest() + 10);
    }

    private static List<Search.Answer> drawn(Bot bot, long seed, double temperature, int topK) {
        SplitMix64 random = new SplitMix64(seed);
        List<Search.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(search(bot, "two").sample(temperature, topK, random));
        }
        return answers;
    }

    /** Read from the softmax of each step, the end included unless the answer was cut off. */
    private static double logProbability(Bot bot, String question, List<Integer> answer) {
        TokenStream stream = bot.model().newStream();
        for (int token : bot.words().question(question)) {
            stream.read(token);
        }
        List<Integer> tokens = new ArrayList<>(answer);
        if (answer.size() < bot.longest() + 10) {
            tokens.add(Words.END);
        }
        double sum = 0;
        int last = Words.START;
        float[] logits = new float[bot.words().size()];
        for (int token : tokens) {
            stream.write(last, logits, 0);
            double total = 0;
            for (float logit : logits) {
                total += Math.exp(logit);
            }
            sum += logits[token] - Math.log(total);
            last = token;
        }
        return sum;
    }

    private byte[] bytes(Bot bot) throws IOException {
        Path file = folder.resolve("bytes");
        bot.save(file);
        return Files.readAllBytes(file);
    }
}
