package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** A step of a stream, one row. */
public class StepBenchmark extends Match {
    /** Which layer. */
    @Param({"lstm", "elman"})
    public String cell;

    /** Inputs x hidden units. */
    @Param({"1x16", "1x64", "32x32", "64x64", "64x128", "128x128", "256x256", "512x512", "1024x1024"})
    public String shape;

    @Override
    protected Task task() {
        return new Step(Network.of(cell, shape));
    }
}
