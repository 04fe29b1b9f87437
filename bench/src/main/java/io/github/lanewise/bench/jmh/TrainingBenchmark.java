package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import org.openjdk.jmh.annotations.Param;

/** A forward and a backward pass over 64 steps. */
public class TrainingBenchmark extends Match {
    /** Length of the sequences. */
    public static final int STEPS = 64;

    /** Which layer. */
    @Param({"lstm", "elman"})
    public String cell;

    /** Inputs x hidden units. */
    @Param({"64x64", "128x128", "256x256", "512x512"})
    public String shape;

    /** Sequences side by side. */
    @Param({"1", "16", "32", "64"})
    public int batch;

    @Override
    protected Task task() {
        return new Training(Network.of(cell, shape), batch, STEPS);
    }
}
