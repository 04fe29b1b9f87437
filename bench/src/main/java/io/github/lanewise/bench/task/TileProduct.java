package io.github.lanewise.bench.task;

import io.github.lanewise.kernel.MatrixKernels;
import io.github.lanewise.kernel.Panels;
import java.util.Map;

/**
 * A strip of 16 rows times weights that are packed in tiles already, as layers do it where {@link MatrixKernels#prefersTiles} says so.
 *
 * @param columns columns of the weights
 * @param inner rows of the weights, at most {@link MatrixKernels#CHAIN}
 */
public record TileProduct(int columns, int inner) implements Task {
    /** Reads a size {@code 16 x columns x inner}. */
    public static TileProduct of(String size) {
        Product product = Product.of(size);
        if (product.rows() != Panels.BLOCK) {
            throw new IllegalArgumentException("rows: got " + product.rows() + ", wanted " + Panels.BLOCK);
        }
        return new TileProduct(product.columns(), product.inner());
    }

    /** The same product, with the same data, as it is without packing. */
    public Product product() {
        return new Product(Panels.BLOCK, columns, inner);
    }

    @Override
    public Map<String, String> parameters() {
        return product().parameters();
    }

    @Override
    public String label() {
        return "tiles " + parameters().get("size");
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = product().sizes();
        sizes.put("kernel", "tiles");
        return sizes;
    }

    @Override
    public double flops() {
        return product().flops();
    }

    @Override
    public double bytes() {
        return product().bytes();
    }

    @Override
    public double bound() {
        return product().bound();
    }
}
