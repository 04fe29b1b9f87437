package io.github.lanewise.bench.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Independent streams of one row through one layer, {@link #STEPS} steps of each; a time is that of one step of one stream.
 *
 * @param network the layer
 * @param streams how many
 */
public record Streams(Network network, int streams) implements Task {
    /** Steps of a stream in a run: some milliseconds, beside which waking a thread takes no time. */
    public static final int STEPS = 2_000;

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>(new Step(network).parameters());
        parameters.put("streams", Integer.toString(streams));
        return parameters;
    }

    @Override
    public String label() {
        return new Step(network).label() + " " + streams + " streams";
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>(new Step(network).sizes());
        sizes.put("streams", streams);
        return sizes;
    }

    @Override
    public int units() {
        return streams * STEPS;
    }

    @Override
    public double flops() {
        return network.flops() * units();
    }

    @Override
    public double bytes() {
        return network.bytes() * units();
    }

    @Override
    public double bound() {
        return 1e-5;
    }
}
