package io.github.lanewise.word2vec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes words one by one and makes a {@link Corpus} of them. */
final class CorpusBuilder implements Tokenizer.Sink, AutoCloseable {
    private final WordCounter counter;
    private final TokenStore tokens;
    private long wordsRead;
    private boolean inSentence;
    private boolean finished;

    CorpusBuilder(WordCounter counter, TokenStore tokens) {
        this.counter = counter;
        this.tokens = tokens;
    }

    @Override
    public void word(byte[] bytes, int from, int length) {
        tokens.add(counter.add(bytes, from, length));
        wordsRead++;
        inSentence = true;
        if (counter.isFull()) {
            tokens.finish();
            tokens.rename(counter.prune());
            tokens.reopen();
        }
    }

    void word(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        word(Arrays.copyOf(bytes, bytes.length + Long.BYTES), 0, bytes.length);
    }

    @Override
    public void line() {
        if (inSentence) {
            tokens.add(TokenStore.END);
            inSentence = false;
        }
    }

    Corpus finish(int minCount, int maxVocabulary) {
        line();
        List<String> words = new ArrayList<>();
        long[] counts = new long[counter.size()];
        int[] raw = new int[counter.size()];
        Map<String, Integer> broken = new HashMap<>();
        for (int w = 0; w < counter.size(); w++) {
            raw[w] = -1;
            if (counter.count(w) < minCount) {
                continue;
            }
            String word = counter.word(w);
            int at = words.size();
            if (word.indexOf('\uFFFD') >= 0) {
                // Different broken bytes may read the same.
                Integer first = broken.putIfAbsent(word, at);
                at = first == null ? at : first;
            }
            if (at == words.size()) {
                words.add(word);
            }
            counts[at] += counter.count(w);
            raw[w] = at;
        }
        Vocabulary vocabulary = Vocabulary.sorted(words, Arrays.copyOf(counts, words.size()), minCount, maxVocabulary);
        if (vocabulary.size() == 0) {
            throw new IllegalArgumentException("corpus: got " + wordsRead + " words, none of them at least " + minCount + " times, wanted at least one such word");
        }
        for (int w = 0; w < raw.length; w++) {
            raw[w] = raw[w] < 0 ? -1 : vocabulary.index(words.get(raw[w]));
        }
        tokens.finish();
        tokens.rename(raw);
        finished = true;
        return new Corpus(vocabulary, tokens, wordsRead);
    }

    /** Deletes what was written, unless it went to a corpus. */
    @Override
    public void close() {
        if (!finished) {
            tokens.close();
        }
    }
}
