package io.github.lanewise.bench.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A forward and a backward pass over sequences, from a zero state, with the gradients of inputs, weights and biases.
 *
 * @param network the layer
 * @param batch sequences side by side
 * @param steps length of the sequences
 */
public record Training(Network network, int batch, int steps) implements Task {
    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>(new Step(network).parameters());
        parameters.put("batch", Integer.toString(batch));
        return parameters;
    }

    @Override
    public String label() {
        return new Step(network).label() + " N=" + batch;
    }

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>(new Sequence(network, steps).sizes());
        sizes.put("batch", batch);
        return sizes;
    }

    @Override
    public int units() {
        return steps;
    }

    @Override
    public double flops() {
        return 3 * network.flops() * steps * batch;
    }

    @Override
    public double bytes() {
        // The recurrent weights once per step, forward and backward.
        return 8.0 * network.rows() * network.hidden() * steps;
    }

    @Override
    public double bound() {
        return 1e-4;
    }
}
