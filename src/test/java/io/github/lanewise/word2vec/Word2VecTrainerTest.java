package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.word2vec.TrainingOptions.Model;
import io.github.lanewise.word2vec.TrainingOptions.Sigmoid;
import io.github.lanewise.word2vec.TrainingOptions.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Word2VecTrainerTest {
    private static final TrainingOptions SMALL = TrainingOptions.defaults().withDimension(20).withEpochs(2).withSample(1e-2);

    static Stream<TrainingOptions> rules() {
        return Stream.of(
                SMALL,
                SMALL.withWindow(2).withNegativeReuse(4),
                SMALL.withUpdate(Update.PAIR),
                SMALL.withModel(Model.CBOW),
                SMALL.withModel(Model.CORRECTED_CBOW),
                SMALL.withSigmoid(Sigmoid.TABLE),
                SMALL.withUpdate(Update.PAIR).withSigmoid(Sigmoid.TABLE).withNegatives(7).withWindow(2),
                SMALL.withNegatives(12).withDimension(33));
    }

    /** The text has few words, so that equal words meet in windows and among the drawn ones. */
    @ParameterizedTest
    @MethodSource("rules")
    void givesTheSameBitsOnBothBackendsAndInEveryRun(TrainingOptions options) {
        try (Corpus corpus = Texts.corpus(2, 6, 150)) {
            int[] scalar = bits(Word2VecTrainer.start(options, corpus, Kernels.scalar()).run());
            assertArrayEquals(scalar, bits(Word2VecTrainer.start(options, corpus).run()));
            assertArrayEquals(scalar, bits(Word2VecTrainer.start(options, corpus).run()));
            assertFalse(Arrays.equals(scalar, bits(Word2VecTrainer.start(options.withSeed(2), corpus).run())));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rowsInManyArraysGiveTheSameBits(TrainingOptions options) {
        try (Corpus corpus = Texts.corpus(2, 6, 150)) {
            Word2VecModel whole = Word2VecTrainer.start(options, corpus).model();
            Word2VecModel parts = new Word2VecModel(corpus.vocabulary(), inParts(whole.input()), inParts(whole.output()));
            assertFalse(parts.input().isContiguous());
            new Word2VecTrainer(options, corpus, parts, Word2VecTrainer.fresh(options, corpus), Kernels.best()).run();
            assertArrayEquals(bits(Word2VecTrainer.start(options, corpus).run()), bits(parts));
        }
    }

    private static Matrix inParts(Matrix m) {
        Matrix parts = Matrix.create(m.rows(), m.dimension(), 12 + 2 * m.stride());
        for (int row = 0; row < m.rows(); row++) {
            parts.setRow(row, m.array(row), m.offset(row));
        }
        return parts;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stoppingAndGoingOnChangesNoBit(TrainingOptions options) {
        try (Corpus corpus = Texts.corpus(3, 20, 4000)) {
            Word2VecTrainer stopped = Word2VecTrainer.start(options.withDimension(200), corpus);
            Word2VecTrainer straight = Word2VecTrainer.start(options.withDimension(200), corpus);
            stopped.trainWords(corpus.words() / 3);
            stopped.trainWords(1);
            assertFalse(stopped.isFinished());
            assertArrayEquals(bits(straight.run()), bits(stopped.run()));
            assertTrue(stopped.isFinished());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void wordsOfOneGroupComeToLieTogether(TrainingOptions options) {
        try (Corpus corpus = Texts.corpus(3, 20, 3000)) {
            float alpha = options.model() == Model.CORRECTED_CBOW ? 0.075f : 0.025f;
            Word2VecModel model = Word2VecTrainer.start(options.withEpochs(10).withAlpha(alpha).withSample(0), corpus).run();
            Embeddings vectors = Embeddings.of(model.vocabulary(), model.input());
            int right = 0;
            for (String word : model.vocabulary().words()) {
                String group = word.substring(0, 2);
                right += vectors.nearest(word, 1).getFirst().word().startsWith(group) ? 1 : 0;
            }
            assertTrue(right >= 0.95 * model.vocabulary().size(), right + " of " + model.vocabulary().size());
        }
    }

    @Test
    void inputsStartInARangeThatGivesThemTheSameLengthInEveryDimension() {
        try (Corpus corpus = Texts.corpus(3, 20, 100)) {
            for (int dimension : new int[] {16, 100, 1000}) {
                Word2VecModel model = Word2VecTrainer.start(SMALL.withDimension(dimension), corpus).model();
                float[] row = new float[dimension];
                double largest = 0;
                double squares = 0;
                for (int word = 0; word < model.vocabulary().size(); word++) {
                    model.input().copyRow(word, row, 0);
                    for (float x : row) {
                        largest = Math.max(largest, Math.abs(x));
                        squares += (double) x * x / model.vocabulary().size();
                    }
                    model.output().copyRow(word, row, 0);
                    assertArrayEquals(new float[dimension], row);
                }
                assertEquals(0.5, largest * Math.sqrt(dimension), 0.01);
                assertEquals(1 / 12.0, squares, 0.01);
            }
        }
    }

    @Test
    void severalThreadsOnFewWordsStayFinite() {
        try (Corpus corpus = Texts.corpus(1, 3, 3000)) {
            for (TrainingOptions options : rules().toList()) {
                Word2VecModel model = Word2VecTrainer.start(options.withThreads(2), corpus).run();
                for (int bits : bits(model)) {
                    assertTrue(Float.isFinite(Float.intBitsToFloat(bits)));
                }
            }
        }
    }

    @Test
    void everyThreadDoesItsPart() {
        try (Corpus corpus = Texts.corpus(3, 20, 1000)) {
            for (int threads : new int[] {1, 2, 3, 7}) {
                List<Progress> reports = new ArrayList<>();
                assertTrue(Word2VecTrainer.start(SMALL.withThreads(threads), corpus).run(reports::add));
                assertEquals(2 * corpus.words(), reports.getLast().wordsDone());
                assertEquals(2 * corpus.words(), reports.getLast().wordsTotal());
            }
        }
    }

    @Test
    void moreThreadsThanWordsAndOneWordAreFine() {
        try (Corpus corpus = Corpus.reader().minCount(1).of(List.of(List.of("lonely", "lonely", "lonely")))) {
            for (TrainingOptions options : rules().toList()) {
                Word2VecModel model = Word2VecTrainer.start(options.withThreads(8), corpus).run();
                assertEquals(1, model.vocabulary().size());
            }
        }
    }

    @Test
    void alphaFallsToTheFloor() {
        try (Corpus corpus = Texts.corpus(3, 20, 3000)) {
            List<Progress> reports = new ArrayList<>();
            Word2VecTrainer.start(SMALL, corpus).run(reports::add);
            assertEquals(0.025f * 1e-4f, reports.getLast().alpha(), 1e-9f);
            assertEquals(0, reports.getLast().remainingSeconds());
        }
    }

    @Test
    void aListenerThatThrowsEndsTraining() {
        try (Corpus corpus = Texts.corpus(3, 20, 100)) {
            var trainer = Word2VecTrainer.start(SMALL.withThreads(2), corpus);
            assertThrows(IllegalStateException.class, () -> trainer.run(p -> {
                throw new IllegalStateException("enough");
            }));
        }
    }

    @Test
    void paddingStaysZero() {
        try (Corpus corpus = Texts.corpus(2, 6, 100)) {
            for (TrainingOptions options : rules().toList()) {
                Word2VecModel model = Word2VecTrainer.start(options, corpus).run();
                for (Matrix m : List.of(model.input(), model.output())) {
                    for (int row = 0; row < m.rows(); row++) {
                        for (int j = m.dimension(); j < m.stride(); j++) {
                            assertEquals(0, m.array(row)[m.offset(row) + j]);
                        }
                    }
                }
            }
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        TrainingOptions d = TrainingOptions.defaults();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> d.withThreads(0)).toString().contains("threads: got 0, wanted >= 1"));
        assertThrows(IllegalArgumentException.class, () -> d.withDimension(0));
        assertThrows(IllegalArgumentException.class, () -> d.withWindow(0));
        assertThrows(IllegalArgumentException.class, () -> d.withNegatives(0));
        assertThrows(IllegalArgumentException.class, () -> d.withNegativeReuse(0));
        assertThrows(IllegalArgumentException.class, () -> d.withNegativeReuse(1001));
        assertThrows(IllegalArgumentException.class, () -> d.withEpochs(0));
        assertThrows(IllegalArgumentException.class, () -> d.withAlpha(Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> d.withAlpha(0));
        assertThrows(IllegalArgumentException.class, () -> d.withSample(-1));
        assertThrows(IllegalArgumentException.class, () -> d.withSample(Double.NaN));
    }

    static int[] bits(Word2VecModel model) {
        List<Integer> bits = new ArrayList<>();
        for (Matrix m : List.of(model.input(), model.output())) {
            float[] row = new float[m.dimension()];
            for (int i = 0; i < m.rows(); i++) {
                m.copyRow(i, row, 0);
                for (float x : row) {
                    bits.add(Float.floatToIntBits(x));
                }
            }
        }
        return bits.stream().mapToInt(b -> b).toArray();
    }
}
