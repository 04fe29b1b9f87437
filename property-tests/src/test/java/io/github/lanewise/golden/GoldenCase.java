package io.github.lanewise.golden;

import io.github.lanewise.oracle.Tolerance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One case of the golden file: inputs, PyTorch's answers in float64 (the truth) and in float32. */
@SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
public record GoldenCase(String name, Map<String, Tensor> inputs, Map<String, double[]> truth, Map<String, double[]> torchFloat) {
    /** Values and dimensions, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Tensor(double[] values, int... dimensions) {
        /** The values, which are exact in float. */
        public float[] floats() {
            float[] f = new float[values.length];
            for (int i = 0; i < f.length; i++) {
                f[i] = (float) values[i];
            }
            return f;
        }
    }

    /** Returns an input that must be there. */
    public Tensor input(String tensor) {
        Tensor found = inputs.get(tensor);
        if (found == null) {
            throw new IllegalArgumentException(name + ": no input " + tensor + ", only " + inputs.keySet());
        }
        return found;
    }

    /** Returns the same case with one input replaced. */
    public GoldenCase with(String tensor, double[] values, int... dimensions) {
        Map<String, Tensor> changed = new LinkedHashMap<>(inputs);
        changed.put(tensor, new Tensor(values, dimensions));
        return new GoldenCase(name, Collections.unmodifiableMap(changed), truth, torchFloat);
    }

    /**
     * Returns PyTorch's own float32 error of an output, relative to the largest value of the tensor. The two biases have one gradient, which
     * PyTorch computes twice and not equally well: the larger error counts for both.
     */
    public double torchError(String output) {
        return output.startsWith("d_b_") ? Math.max(errorOf("d_b_ih"), errorOf("d_b_hh")) : errorOf(output);
    }

    private double errorOf(String output) {
        double[] single = torchFloat.get(output);
        double[] exact = truth.get(output);
        return single == null || exact == null ? 0 : Tolerance.normwise(single, exact);
    }

    /** Returns the error that a float program may have in an output: twice PyTorch's own, at least 1e-6. */
    public double floatTolerance(String output) {
        return Math.max(2 * torchError(output), 1e-6);
    }

    @Override
    public String toString() {
        return name;
    }
}
