package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Memory;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** Read bandwidth by size, and the peak of fused multiply-adds. */
public class MemoryBenchmark extends Match {
    /** Size in KiB. */
    @Param({"16", "256", "8192", "262144"})
    public int size;

    @Override
    protected Task task() {
        return new Memory(size);
    }
}
