import io.github.lanewise.io.*;
import io.github.lanewise.word2vec.*;
import java.nio.file.*;
import java.util.*;

void main() throws Exception {
    // Your own text: Corpus.reader().read(Path.of("text.txt")). Here: animals with animals, tools with tools.
    List<List<String>> groups = List.of(List.of("cat", "dog", "mouse", "horse"), List.of("saw", "hammer", "drill", "pliers"));
    Random random = new Random(1);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
        List<String> sentence = new ArrayList<>(groups.get(i % 2));
        Collections.shuffle(sentence, random);
        sentences.add(sentence);
    }
    TrainingOptions options = TrainingOptions.defaults().withDimension(16).withSample(0).withNegatives(1).withAlpha(0.1f).withEpochs(20);
    try (Corpus corpus = Corpus.reader().minCount(1).of(sentences)) {
        Word2VecTrainer trainer = Word2VecTrainer.start(options, corpus);
        trainer.run();
        Embeddings words = Embeddings.of(trainer.model().vocabulary(), trainer.model().input());
        for (Neighbour near : words.nearest("cat", 3)) {
            IO.println(near.word() + " " + near.score());
        }
        IO.println(words.similarity("cat", "hammer"));

        Path file = Files.createTempFile("words", ".bin");
        WordVectors.write(words, file, VectorFormat.BINARY);     // word2vec's format: gensim reads it, too
        IO.println(WordVectors.read(file).size() + " words read back");
        Files.delete(file);
    }
}

// Prints, on every machine:
// horse 0.15741253
// dog 0.14336637
// mouse 0.14203154
// 0.009796221
// 8 words read back
