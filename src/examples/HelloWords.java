import io.github.lanewise.word2vec.*;
import java.util.*;

void main() {
    List<List<String>> sentences = new ArrayList<>();           // or a file: Corpus.reader().read(Path.of("text.txt"))
    for (int i = 0; i < 2000; i++) {
        sentences.add(List.of(List.of("king rules castle", "queen rules castle", "dog eats fish", "cat eats fish").get(i % 4).split(" ")));
    }
    try (Corpus corpus = Corpus.reader().of(sentences)) {
        Word2VecModel model = Word2VecTrainer.start(TrainingOptions.defaults().withDimension(16).withSample(0), corpus).run();
        Embeddings.of(model.vocabulary(), model.input()).nearest("king", 3).forEach(IO::println);
    }
}

// Prints, on every machine:
// Neighbour[word=queen, score=0.99829346]
// Neighbour[word=castle, score=0.35628533]
// Neighbour[word=rules, score=0.33094877]
