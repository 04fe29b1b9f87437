package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.Progress;
import io.github.lanewise.word2vec.AnalogyMethod;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Neighbour;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.Word2VecTrainer;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The word2vec part of the demo: word vectors of a text of our own, trained in seconds, answer two analogies. */
public final class Word2VecDemo {
    private Word2VecDemo() {}

    /**
     * Trains and prints the answers.
     *
     * @param seed seed of the text and of training; the same seed gives the same answers on every machine
     * @param out receives the results
     * @param err receives the progress
     */
    public static void run(long seed, PrintWriter out, PrintWriter err) {
        SyntheticCorpus text = new SyntheticCorpus(seed);
        TrainingOptions options = TrainingOptions.defaults().withDimension(48).withSample(1e-3).withAlpha(0.05f).withSeed(seed);
        try (Corpus corpus = Corpus.reader().of(Stream.generate(text::sentence).limit(SyntheticCorpus.SENTENCES).map(s -> List.of(s.split(" ", -1))))) {
            Word2VecTrainer trainer = Word2VecTrainer.start(options, corpus);
            long words = corpus.words() * options.epochs();
            long start = System.nanoTime();
            try (Progress progress = new Progress(err, "training word vectors", words)) {
                trainer.run(at -> {
                    progress.to(at.wordsDone());
                    return true;
                });
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            Embeddings embeddings = Embeddings.of(corpus.vocabulary(), trainer.model().input());
            out.println(Output.format("word2vec, %d floats a word, on a synthetic text: %d words, %d different, drawn from sentence patterns",
                    options.dimension(), corpus.words(), embeddings.size()));
            out.println(Output.format("  trained %d times over it in %.1f s, %.0f words per second", options.epochs(), seconds, words / seconds));
            answer(embeddings, "king - man + woman", "man", "king", "woman", out);
            answer(embeddings, "france - paris + rome", "paris", "france", "rome", out);
        }
        out.println("  The text is made up, so this shows how word vectors work, not how good they are. With a real text:");
        out.println("    ./lanewise word2vec train --corpus text.txt --output vectors.bin");
        out.println("    ./lanewise word2vec analogy vectors.bin man king woman");
        out.flush();
    }

    private static void answer(Embeddings embeddings, String question, String a, String b, String c, PrintWriter out) {
        List<Neighbour> answers = embeddings.analogy(a, b, c, 3, AnalogyMethod.COS_ADD);
        out.println(Output.format("  %-22s = %s", question,
                answers.stream().map(n -> Output.format("%s %.3f", n.word(), n.score())).collect(Collectors.joining(", "))));
    }
}
