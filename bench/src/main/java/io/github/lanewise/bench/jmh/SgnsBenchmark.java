package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** Updates of word vectors with negative sampling. */
public class SgnsBenchmark extends Match {
    /** Which rule. */
    @Param({"window", "pair", "cbow"})
    public String update;

    /** Floats in a row: 100 and 300 dimensions, padded. */
    @Param({"112", "304"})
    public int length;

    @Override
    protected Task task() {
        return new Sgns(update, length);
    }
}
