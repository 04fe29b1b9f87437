package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** Steps of independent streams. */
public class StreamsBenchmark extends Match {
    /** Which layer. */
    @Param({"lstm", "elman"})
    public String cell;

    /** Inputs x hidden units. */
    @Param({"64x64", "128x128"})
    public String shape;

    /** How many streams. */
    @Param("2")
    public int streams;

    @Override
    protected Task task() {
        return new Streams(Network.of(cell, shape), streams);
    }
}
