package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The random choices have the probabilities that word2vec's formulas say. Seeds are fixed, so the tests always give the same answer. */
class SamplingTest {
    private static final int DRAWS = 2_000_000;

    @Test
    void negativesFollowTheThreeQuarterPower() {
        int n = 500;
        long[] counts = IntStream.range(0, n).mapToLong(i -> 1 + 1_000_000L / ((i + 1L) * (i + 1))).toArray();
        NegativeSampler sampler = new NegativeSampler(vocabulary(counts));
        double total = 0;
        for (long count : counts) {
            total += Math.pow((double) count, 0.75);
        }
        long[] seen = new long[n];
        SplitMix64 random = new SplitMix64(11);
        for (int i = 0; i < DRAWS; i++) {
            seen[sampler.draw(random)]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < n; i++) {
            double want = DRAWS * Math.pow((double) counts[i], 0.75) / total;
            chiSquare += (seen[i] - want) * (seen[i] - want) / want;
        }
        // 499 degrees of freedom: mean 499, standard deviation 31.6.
        assertTrue(chiSquare > 400 && chiSquare < 625, "chi-square " + chiSquare);
    }

    @Test
    void aSingleWordIsAlwaysDrawn() {
        NegativeSampler sampler = new NegativeSampler(vocabulary(7));
        SplitMix64 random = new SplitMix64(3);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, sampler.draw(random));
        }
    }

    @Test
    void subsamplingKeepsWhatTheFormulaOfWord2vecSays() {
        long[] counts = {60_000, 30_000, 9_000, 900, 100};
        double sample = 1e-2;
        Subsampler subsampler = new Subsampler(vocabulary(counts), sample);
        SplitMix64 random = new SplitMix64(5);
        for (int w = 0; w < counts.length; w++) {
            double threshold = sample * 100_000;
            double want = Math.min(1, (Math.sqrt(counts[w] / threshold) + 1) * threshold / counts[w]);
            int kept = 0;
            for (int i = 0; i < DRAWS; i++) {
                kept += subsampler.keeps(w, random) ? 1 : 0;
            }
            double deviation = Math.sqrt(DRAWS * want * (1 - want));
            assertEquals(DRAWS * want, kept, 4 * deviation + 0.01, "word " + w);
        }
    }

    @Test
    void withoutSubsamplingEveryWordIsKept() {
        Subsampler subsampler = new Subsampler(vocabulary(1_000_000, 1), 0);
        SplitMix64 random = new SplitMix64(5);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(subsampler.keeps(i % 2, random));
        }
    }

    /**
     * The reach of a window is uniform from 1 to 5: a word predicts each neighbour at distance d with probability (6 - d) / 5. Seen in training itself:
     * input rows are unit vectors, all negatives are one word, and at a tiny rate an output row counts its inputs.
     */
    @ParameterizedTest
    @EnumSource
    void windowsAreUniform(TrainingOptions.Update update) {
        int words = 40;
        int sentences = 3000;
        float rate = 1e-8f;
        long[] counts = LongStream.range(0, words + 1).map(i -> i == words ? 1L << 60 : 1).toArray();
        Word2VecModel model = new Word2VecModel(vocabulary(counts), Matrix.create(words + 1, words), Matrix.create(words + 1, words));
        float[] unit = new float[words];
        for (int i = 0; i < words; i++) {
            unit[i] = 1;
            model.input().setRow(i, unit, 0);
            unit[i] = 0;
        }
        List<Integer> sentence = IntStream.range(0, words).boxed().toList();
        TrainingOptions options = TrainingOptions.defaults().withDimension(words).withUpdate(update).withSample(0).withEpochs(sentences);
        try (Corpus corpus = Corpus.reader().minCount(1).of(List.of(sentence))) {
            int[] names = IntStream.range(0, words).map(i -> Integer.parseInt(corpus.vocabulary().word(i))).toArray();
            Worker worker = new Worker(Kernels.best(), model, options, corpus.tokens(), names, new NegativeSampler(model.vocabulary()),
                    new Subsampler(model.vocabulary(), 0), 0, corpus.tokens().length(), new WorkerState(0, 0, 0, 17));
            while (!worker.isFinished()) {
                assertEquals(words, worker.trainSentence(rate));
            }
        }
        double[] seen = new double[words];
        float[] row = new float[words];
        for (int centre = 0; centre < words; centre++) {
            model.output().copyRow(centre, row, 0);
            for (int i = 0; i < words; i++) {
                // Half the rate for each pair: the sigmoid of 0 is a half.
                seen[Math.abs(centre - i)] += row[i] / (0.5 * rate) / (centre == i ? 1 : 2);
            }
        }
        for (int d = 0; d < words; d++) {
            double want = d == 0 ? 0 : Math.max(0, (6 - d) / 5.0);
            double draws = (double) sentences * (words - d);
            // Both neighbours at a distance share the reach of a centre; the sum of floats is off by less than 1 in 1000.
            double deviation = Math.sqrt(draws * want * (1 - want)) + 1e-3 * draws * want;
            assertEquals(draws * want, seen[d], 4 * deviation + 1, "distance " + d);
        }
    }

    /** A drawn word that is the true one is no negative: else this word would be told five times not to follow itself. */
    @ParameterizedTest
    @EnumSource
    void theTrueWordIsNeverItsOwnNegative(TrainingOptions.Model model) {
        for (TrainingOptions.Update update : TrainingOptions.Update.values()) {
            TrainingOptions options = TrainingOptions.defaults().withDimension(4).withModel(model).withUpdate(update).withSample(0).withEpochs(200);
            try (Corpus corpus = Corpus.reader().minCount(1).of(List.of(List.of("lonely", "lonely", "lonely")))) {
                Word2VecModel trained = Word2VecTrainer.start(options, corpus).run();
                double dot = 0;
                for (int j = 0; j < 4; j++) {
                    dot += trained.input().array(0)[trained.input().offset(0) + j] * trained.output().array(0)[trained.output().offset(0) + j];
                }
                assertTrue(dot > 0.5, model + " " + update + ": " + dot);
            }
        }
    }

    @Test
    void aFinishedEpochHasTakenEveryWordOnce() {
        List<List<String>> text = Texts.groups(3, 20, 500);
        try (Corpus corpus = Corpus.reader().minCount(1).of(text)) {
            Word2VecTrainer trainer = Word2VecTrainer.start(TrainingOptions.defaults().withDimension(4).withEpochs(3).withSample(1e-3), corpus);
            trainer.run();
            WorkerState state = trainer.state().workers().getFirst();
            assertEquals(3 * 500 * 12, state.wordsDone());
            assertEquals(3, state.epoch());
            assertEquals(0, state.position());
        }
    }

    private static Vocabulary vocabulary(long... counts) {
        return Vocabulary.of(IntStream.range(0, counts.length).mapToObj(i -> "w" + i).toList(), counts);
    }
}
