package io.github.lanewise.cli.chat;

import io.github.lanewise.rnn.Embedding;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.Word2VecTrainer;
import java.util.List;
import java.util.stream.Stream;

/** What an embedding begins with: vectors that word2vec learns from the exchanges, a question and its answer being one sentence. */
final class WordVectors {
    /** Mean length of a vector at the beginning, about what a random one has. */
    private static final double LENGTH = 1;
    private static final int EPOCHS = 10;

    private WordVectors() {}

    static void put(Words words, List<Exchange> exchanges, long seed, Embedding embedding) {
        TrainingOptions options = TrainingOptions.defaults().withDimension(embedding.dimension()).withEpochs(EPOCHS).withSample(0).withAlpha(0.05f).withSeed(seed);
        Tokens tokens = words.tokens();
        try (Corpus corpus = Corpus.reader().minCount(1).of(exchanges.stream()
                .map(e -> Stream.concat(tokens.question(e.question()).stream(), tokens.answer(e.answer()).stream()).toList()))) {
            Embeddings learned = Embeddings.of(corpus.vocabulary(), Word2VecTrainer.start(options, corpus).run().input());
            double lengths = 0;
            for (String word : corpus.vocabulary().words()) {
                lengths += length(learned.vector(word));
            }
            float factor = (float) (LENGTH * learned.size() / lengths);
            float[] vectors = embedding.vectors();
            for (int token = Words.SPECIAL; token < words.size(); token++) {
                if (learned.contains(words.all().get(token))) {
                    float[] vector = learned.vector(words.all().get(token));
                    for (int i = 0; i < vector.length; i++) {
                        vectors[token * vector.length + i] = factor * vector[i];
                    }
                }
            }
            embedding.setVectors(vectors);
        }
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float v : vector) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }
}
