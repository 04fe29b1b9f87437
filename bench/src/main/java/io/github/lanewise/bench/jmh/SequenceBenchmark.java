package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** A forward pass over a sequence of 100 steps, one row. */
public class SequenceBenchmark extends Match {
    /** Length of the sequence. */
    public static final int STEPS = 100;

    /** Which layer. */
    @Param({"lstm", "elman"})
    public String cell;

    /** Inputs x hidden units. */
    @Param({"1x16", "1x64", "32x32", "64x64", "64x128", "128x128", "256x256", "512x512", "1024x1024"})
    public String shape;

    @Override
    protected Task task() {
        return new Sequence(Network.of(cell, shape), STEPS);
    }
}
