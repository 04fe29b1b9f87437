package io.github.lanewise.bench.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A forward pass over a whole sequence of one row, from a zero state, all outputs wanted.
 *
 * @param network the layer
 * @param steps length of the sequence
 */
public record Sequence(Network network, int steps) implements Task {
    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>(new Step(network).parameters());
        parameters.put("steps", Integer.toString(steps));
        return parameters;
    }

    @Override
    public String label() {
        return new Step(network).label() + " T=" + steps;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>(new Step(network).sizes());
        sizes.put("steps", steps);
        return sizes;
    }

    @Override
    public int units() {
        return steps;
    }

    @Override
    public double flops() {
        return network.flops() * steps;
    }

    @Override
    public double bytes() {
        // The input weights are read once for all steps.
        return 4.0 * network.rows() * network.hidden() * steps;
    }

    @Override
    public double bound() {
        return 1e-5;
    }
}
