package io.github.lanewise.bench.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function of every element of an array, with arguments spread evenly over +-8; times are per element.
 *
 * @param function {@code tanh}, {@code sigmoid} or {@code exp}
 * @param length number of elements
 */
public record Elementwise(String function, int length) implements Task {
    /** The arguments. */
    public float[] arguments() {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = 16f * i / length - 8;
        }
        return x;
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("function", function);
        parameters.put("length", Integer.toString(length));
        return parameters;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("kernel", function);
        sizes.put("length", length);
        return sizes;
    }

    @Override
    public int units() {
        return length;
    }

    /** Not counted: what a polynomial costs is the engine's own choice. */
    @Override
    public double flops() {
        return 0;
    }

    @Override
    public double bytes() {
        return 4.0 * length;
    }

    @Override
    public double bound() {
        return 1e-6;
    }
}
