package io.github.lanewise.bench.task;

import io.github.lanewise.kernel.SplitMix64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The matrix product {@code c += a * b}; c starts at zero.
 *
 * @param rows rows of a and c
 * @param columns columns of b and c, a multiple of 16
 * @param inner columns of a, rows of b
 */
public record Product(int rows, int columns, int inner) implements Task {
    /** Reads a size {@code rows x columns x inner}. */
    public static Product of(String size) {
        String[] parts = size.split("x", -1);
        return new Product(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** [rows][inner]. */
    public float[] left() {
        return random(7, rows * inner);
    }

    /** [inner][columns]. */
    public float[] right() {
        return random(8, inner * columns);
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("size", rows + "x" + columns + "x" + inner);
    }

    @Override
    public String label() {
        return "product " + rows + "x" + columns + "x" + inner;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("kernel", "product");
        sizes.put("rows", rows);
        sizes.put("columns", columns);
        sizes.put("inner", inner);
        return sizes;
    }

    @Override
    public double flops() {
        return 2.0 * rows * columns * inner;
    }

    @Override
    public double bytes() {
        return 4.0 * inner * columns;
    }

    @Override
    public double bound() {
        return 1e-5;
    }

    private static float[] random(long seed, int length) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
