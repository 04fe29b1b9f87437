package io.github.lanewise.word2vec;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small texts to train on. */
final class Texts {
    private Texts() {}

    /** Sentences in which words of one group stand together: "g2w7" is word 7 of group 2. Some words are much more frequent than others. */
    static List<List<String>> groups(int groups, int wordsInGroup, int sentences) {
        SplittableRandom random = new SplittableRandom(5);
        List<List<String>> text = new ArrayList<>();
        for (int s = 0; s < sentences; s++) {
            int group = random.nextInt(groups);
            List<String> sentence = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                sentence.add("g" + group + "w" + (int) (wordsInGroup * random.nextDouble() * random.nextDouble()));
            }
            text.add(sentence);
        }
        return text;
    }

    static Corpus corpus(int groups, int wordsInGroup, int sentences) {
        return Corpus.reader().minCount(1).of(groups(groups, wordsInGroup, sentences));
    }
}
