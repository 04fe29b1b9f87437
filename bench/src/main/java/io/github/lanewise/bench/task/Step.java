package io.github.lanewise.bench.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a stream of one row. The input stays the same, so that no engine pays for copying it; the state goes on.
 *
 * @param network the layer
 */
public record Step(Network network) implements Task {
    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("cell", network.cell().label());
        parameters.put("shape", network.shape());
        return parameters;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("cell", network.cell().label());
        sizes.put("input", network.inputs());
        sizes.put("hidden", network.hidden());
        return sizes;
    }

    @Override
    public double flops() {
        return network.flops();
    }

    @Override
    public double bytes() {
        return network.bytes();
    }

    @Override
    public double bound() {
        return 1e-5;
    }
}
