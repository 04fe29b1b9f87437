package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** The matrix product, also at sizes that no tile fits. */
public class ProductBenchmark extends Match {
    /** Rows x columns x inner. */
    @Param({"1x256x96", "1x512x192", "3x512x128", "5x272x65", "16x256x128", "17x272x129", "64x1024x512", "251x2032x255"})
    public String size;

    @Override
    protected Task task() {
        return Product.of(size);
    }
}
