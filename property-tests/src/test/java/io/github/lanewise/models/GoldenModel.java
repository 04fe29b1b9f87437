package io.github.lanewise.models;

import io.github.lanewise.io.Safetensors;
import io.github.lanewise.io.Tensor;
import io.github.lanewise.oracle.Tolerance;
import io.github.lanewise.rnn.Bidirectional;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.RecurrentCell;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** A model of another framework with its input and its answers, as make_models.py writes them. */
final class GoldenModel implements AutoCloseable {
    static final int STEPS = 6;
    static final int BATCH = 3;

    private final Safetensors file;

    private GoldenModel(Safetensors file) {
        this.file = file;
    }

    static GoldenModel open(String name) throws IOException {
        return new GoldenModel(Safetensors.open(path(name)));
    }

    static Path path(String name) {
        URL url = GoldenModel.class.getResource("/models/" + name + ".safetensors");
        if (url == null) {
            throw new IllegalStateException("test resource models/" + name + ".safetensors is missing; property-tests/golden/make_models.py makes it");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The framework's tensors, the input and the answers. */
    Map<String, Tensor> tensors() {
        return file.tensors();
    }

    Tensor tensor(String name) {
        return Objects.requireNonNull(tensors().get(name), name);
    }

    /** Input [STEPS][BATCH][inputs]. */
    float[] x() {
        return tensor("in.x").toFloats();
    }

    /** Steps of each sequence; empty when all have the same. */
    int[] lengths() {
        String lengths = file.metadata().getOrDefault("lengths", "");
        return lengths.isEmpty() ? new int[0] : Arrays.stream(lengths.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /** Outputs of a layer from zero states. */
    float[] run(RecurrentCell cell) {
        float[] y = new float[STEPS * BATCH * cell.units()];
        cell.forward(x(), 0, STEPS, lengths(), cell.newState(BATCH), cell.newTape(STEPS, BATCH), y, 0);
        return y;
    }

    /** Outputs of two layers on any input from zero states. */
    float[] run(Bidirectional layer, float[] x, int... lengths) {
        float[] y = new float[STEPS * BATCH * layer.units()];
        layer.forward(x, 0, STEPS, lengths, layer.forward().newState(BATCH), layer.reverse().newState(BATCH), layer.newTape(STEPS, BATCH), y, 0);
        return y;
    }

    /** Outputs of a dense layer on any input. */
    static float[] run(Dense dense, float[] x) {
        float[] y = new float[STEPS * BATCH * dense.weights().units()];
        dense.forward(x, 0, STEPS * BATCH, dense.newTape(STEPS * BATCH), y, 0);
        return y;
    }

    /** Error of an answer over what it may be: twice the framework's own in float32, at least 1e-6 of the largest value. */
    double excess(String answer, float[] got) {
        double[] truth = tensor("f64." + answer).toDoubles();
        double own = Tolerance.normwise(tensor("f32." + answer).toDoubles(), truth);
        double[] values = new double[got.length];
        for (int i = 0; i < got.length; i++) {
            values[i] = got[i];
        }
        return Tolerance.normwise(values, truth) / Math.max(2 * own, 1e-6);
    }

    @Override
    public void close() {
        file.close();
    }
}
