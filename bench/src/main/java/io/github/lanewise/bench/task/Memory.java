package io.github.lanewise.bench.task;

import java.util.Locale;
import java.util.Map;

/**
 * Reading an array again and again: the bandwidth of the cache level that it fits into.
 *
 * @param kibibytes its size
 */
public record Memory(int kibibytes) implements Task {
    @Override
    public Map<String, String> parameters() {
        return Map.of("size", Integer.toString(kibibytes));
    }

    @Override
    public String label() {
        return String.format(Locale.ROOT, "read %d KiB", kibibytes);
    }

    @Override
    public Map<String, Object> sizes() {
        return Map.of("kernel", "read", "kibibytes", kibibytes);
    }

    @Override
    public double flops() {
        return bytes() / 2;
    }

    @Override
    public double bytes() {
        return 1024.0 * kibibytes;
    }

    @Override
    public double bound() {
        return 0;
    }
}
