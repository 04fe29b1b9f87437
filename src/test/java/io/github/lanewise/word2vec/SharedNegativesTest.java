package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.word2vec.TrainingOptions.Model;
import io.github.lanewise.word2vec.TrainingOptions.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which windows get which drawn words. */
class SharedNegativesTest {
    private static final TrainingOptions FOUR = TrainingOptions.defaults().withNegativeReuse(4);
    /** So many that no two sets are equal by chance. */
    private static final int WORDS = 100_000;
    private static final int NEVER_DRAWN = -1;

    @ParameterizedTest
    @CsvSource({"1000,5,4", "1000,5,1", "1000,5,7", "1000,40,4", "200,5,4", "100,5,4", "60,5,4", "30,5,4", "12,5,4", "11,5,4", "3,5,4", "1000,1,300"})
    void aSetServesFewWindowsThatAreNeitherNearNorFar(int windows, int window, int reuse) {
        var negatives = negatives(FOUR.withWindow(window).withNegativeReuse(reuse), WORDS);
        // A sentence before that had other cycles.
        List<List<Integer>> before = sets(negatives, 1000, new Example(window, 5));
        for (int sentence = 0; sentence < 3; sentence++) {
            List<List<Integer>> sets = sets(negatives, windows, new Example(window, 5));
            Map<List<Integer>, List<Integer>> places = new LinkedHashMap<>();
            for (int i = 0; i < windows; i++) {
                assertEquals(5, sets.get(i).size());
                places.computeIfAbsent(sets.get(i), set -> new ArrayList<>()).add(i);
            }
            for (List<Integer> served : places.values()) {
                assertTrue(served.size() <= reuse, served::toString);
                for (int k = 1; k < served.size(); k++) {
                    int distance = served.get(k) - served.get(k - 1);
                    assertTrue(distance > 2 * window, () -> "windows with words in common: " + served);
                    assertTrue(distance <= Math.max(64, 2 * window + 1), () -> "rows have left the cache: " + served);
                }
            }
            int most = Math.min(reuse, Math.ceilDiv(windows, 2 * window + 1));
            assertTrue(places.values().stream().anyMatch(served -> served.size() == most), "no set serves " + most + " windows");
            assertTrue(before.stream().noneMatch(sets::contains), "a set outlives its sentence");
            before = sets;
        }
    }

    @Test
    void aLongSentenceDrawsAQuarterOfItsWindows() {
        // 15 cycles of 64 windows and a part: cycles 0, 4, 8 and 12 draw.
        assertEquals(4 * 64, sets(negatives(FOUR, WORDS), 1000, new Example(5, 5)).stream().distinct().count());
        assertEquals(1000, sets(negatives(FOUR.withNegativeReuse(1), WORDS), 1000, new Example(5, 5)).stream().distinct().count());
    }

    @Test
    void pairsAndCbowDrawAnew() {
        for (TrainingOptions options : List.of(FOUR.withUpdate(Update.PAIR), FOUR.withModel(Model.CBOW), FOUR.withModel(Model.CORRECTED_CBOW))) {
            assertEquals(1000, sets(negatives(options, WORDS), 1000, new Example(5, 5)).stream().distinct().count());
        }
    }

    /** A centre that is among the drawn words of its set is left out in its own window, and nowhere else; a word that was drawn twice is there twice. */
    @Test
    void theCentreIsLeftOutOnlyInItsOwnWindow() {
        var drawn = sets(negatives(FOUR, 4), 1000, new Example(5, 5));
        assertTrue(drawn.stream().anyMatch(set -> set.stream().distinct().count() < 5), "no word was drawn twice");
        var negatives = negatives(FOUR, 4);
        negatives.begin(1000);
        Example example = new Example(5, 5);
        int leftOut = 0;
        for (int i = 0; i < 1000; i++) {
            int centre = i % 4;
            negatives.setTargets(example, centre, i);
            int[] want = IntStream.concat(IntStream.of(centre), drawn.get(i).stream().mapToInt(w -> w).filter(w -> w != centre)).toArray();
            assertArrayEquals(want, Arrays.copyOf(example.targets, example.targetCount), "window " + i);
            leftOut += want.length < 6 ? 1 : 0;
        }
        assertTrue(leftOut > 100, leftOut + " windows have their centre among the drawn words");
    }

    /** Every sentence ends amid the life of its last sets: 15 words and windows of 2, so cycles of 5 windows, 3 of the 4 uses. */
    @Test
    void resumingAfterEverySentenceChangesNoBit() {
        TrainingOptions options = FOUR.withDimension(20).withWindow(2).withSample(0).withEpochs(2);
        List<List<Integer>> text = IntStream.range(0, 40).mapToObj(s -> IntStream.range(0, 15).mapToObj(i -> (7 * s + i * i) % 60).toList()).toList();
        try (Corpus corpus = Corpus.reader().minCount(1).of(text)) {
            Word2VecTrainer straight = Word2VecTrainer.start(options, corpus);
            Word2VecTrainer resumed = Word2VecTrainer.start(options, corpus);
            int sentences = 0;
            for (; !resumed.isFinished(); sentences++) {
                resumed.trainWords(1);
                resumed = Word2VecTrainer.resume(resumed.state(), corpus);
            }
            assertEquals(80, sentences);
            assertArrayEquals(Word2VecTrainerTest.bits(straight.run()), Word2VecTrainerTest.bits(resumed.model()));
        }
    }

    private static SharedNegatives negatives(TrainingOptions options, int words) {
        List<String> names = IntStream.range(0, words).mapToObj(i -> "w" + i).toList();
        return new SharedNegatives(new NegativeSampler(Vocabulary.of(names)), options, new SplitMix64(3));
    }

    /** The drawn words of each window of a sentence. */
    private static List<List<Integer>> sets(SharedNegatives negatives, int windows, Example example) {
        negatives.begin(windows);
        List<List<Integer>> sets = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            negatives.setTargets(example, NEVER_DRAWN, i);
            assertEquals(NEVER_DRAWN, example.targets[0]);
            sets.add(Arrays.stream(example.targets, 1, example.targetCount).boxed().toList());
        }
        return sets;
    }
}
