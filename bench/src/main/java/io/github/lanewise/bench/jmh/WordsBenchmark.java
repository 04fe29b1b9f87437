package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Words;
import org.openjdk.jmh.annotations.Param;

/** Epochs of word2vec. */
public class WordsBenchmark extends Match {
    /** Which rule. */
    @Param({"window", "pair", "cbow"})
    public String update;

    /** Of the vectors. */
    @Param({"100", "300"})
    public int dimension;

    @Override
    protected Task task() {
        return new Words(update, dimension);
    }
}
