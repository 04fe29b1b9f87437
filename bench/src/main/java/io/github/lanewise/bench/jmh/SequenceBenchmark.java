package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** A forward pass over a sequence, one row. */
public class SequenceBenchmark extends Match {
    /** Which layer. */
    @Param({"lstm", "elman"})
    public String cell;

    /** Inputs x hidden units. */
    @Param({"1x16", "1x64", "32x32", "64x64", "64x128", "128x128", "256x256", "512x512", "1024x1024"})
    public String shape;

    /** Length of the sequence. */
    @Param("100")
    public int steps;

    @Override
    protected Task task() {
        return new Sequence(Network.of(cell, shape), steps);
    }
}
