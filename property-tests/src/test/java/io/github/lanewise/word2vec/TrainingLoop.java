package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import java.util.Random;
import java.util.stream.IntStream;

/** The inner loop of training, to be called again and again. */
public final class TrainingLoop {
    private TrainingLoop() {
    }

    /** Returns a call that trains the next sentence of an endless text, with words that occur twice in some windows. */
    public static Runnable sentences(Kernels kernels, TrainingOptions options) {
        Random random = new Random(1);
        Corpus corpus = Corpus.reader().minCount(1).of(IntStream.range(0, 50)
                .mapToObj(s -> IntStream.range(0, 20).mapToObj(i -> random.nextInt(1 + random.nextInt(100))).toList()).toList());
        TrainingOptions endless = options.withEpochs(Integer.MAX_VALUE);
        Word2VecModel model = Word2VecTrainer.start(endless, corpus, kernels).model();
        Worker worker = new Worker(kernels, model, endless, corpus.tokens(), null, new NegativeSampler(model.vocabulary()),
                new Subsampler(model.vocabulary(), endless.sample()), 0, corpus.tokens().length(), new WorkerState(0, 0, 0, 1));
        return () -> worker.trainSentence(1e-3f);
    }
}
