package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.TileProduct;
import org.openjdk.jmh.annotations.Param;

/** A strip times packed weights: in the nearest caches, and beyond them. */
public class TileBenchmark extends Match {
    /** Rows x columns x inner. */
    @Param({"16x192x256", "16x4096x256"})
    public String size;

    @Override
    protected Task task() {
        return TileProduct.of(size);
    }
}
