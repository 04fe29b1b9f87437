package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * The Elman recurrent layer (Elman 1990): {@code h_t = g(W x_t + R h_(t-1) + b)}. An output layer {@code y_t = g_y(W_y h_t + b_y)} is a
 * {@link Dense} on top.
 */
public final class Rnn extends RecurrentCell {
    private final Activation activation;

    private Rnn(Layout layout, Weights weights, Activation activation, Kernels kernels) {
        super(layout, weights, kernels);
        this.activation = Objects.requireNonNull(activation, "activation");
    }

    /**
     * Creates a layer with all weights zero, on the fastest backend.
     *
     * @param inputs number of inputs, at least 1
     * @param units number of hidden units, at least 1
     * @param activation the function g
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Rnn zero(int inputs, int units, Activation activation) {
        Layout layout = new Layout(inputs, units, 1, units);
        return new Rnn(layout, new Weights(layout), activation, Kernels.best());
    }

    /**
     * Creates a layer with random weights, uniform in +-1/sqrt(units).
     *
     * @param inputs number of inputs, at least 1
     * @param units number of hidden units, at least 1
     * @param activation the function g
     * @param random source of the weights; the same source gives the same bits on every machine
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Rnn create(int inputs, int units, Activation activation, RandomGenerator random) {
        Rnn rnn = zero(inputs, units, activation);
        Initializer.uniform(rnn.weights(), random);
        return rnn;
    }

    @Override
    public Rnn on(Kernels other) {
        return new Rnn(layout, weights(), activation, other);
    }

    @Override
    Rnn ofTwoPanels(Kernels other) {
        return zero(2, 2 * Panels.WIDTH, activation).on(other);
    }

    /**
     * Returns the activation function.
     *
     * @return the function g
     */
    public Activation activation() {
        return activation;
    }

    @Override
    void advance(CellState state) {
        if (state.batch == 1) {
            Rows rows = state.rows;
            kernels.elmanStep(activation, rows.data, rows.offset, weights().data, weights().matrix, weights().data, weights().start,
                    state.data, state.z, layout.inputs(), layout.units(), layout.padded());
            clearPadding(activation, layout, rows.data, rows.hidden(0), rows.stride, 1);
        } else {
            super.advance(state);
        }
    }

    @Override
    void activate(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                  float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows) {
        activate(activation, kernels, layout, z, zOffset, zPanel, h, hOffset, hRow, rows);
    }

    @Override
    BiConsumer<Kernels, CellState> stepPhase() {
        Activation g = activation;
        return (k, s) -> activate(g, k, s.layout, s.data, s.z, s.batch * s.layout.width(),
                s.rows.data, s.rows.hidden(0), s.rows.stride, s.batch);
    }

    private static void activate(Activation g, Kernels kernels, Layout layout, float[] z, int zOffset, int zPanel,
                                 float[] h, int hOffset, int hRow, int rows) {
        kernels.elmanForward(g, z, zOffset, zPanel, layout.width(), h, hOffset, hRow, rows, layout.padded());
        clearPadding(g, layout, h, hOffset, hRow, rows);
    }

    private static void clearPadding(Activation g, Layout layout, float[] h, int hOffset, int hRow, int rows) {
        if (g == Activation.SIGMOID) {
            // The sigmoid of padding is 1/2, and padding is zero.
            for (int row = 0; row < rows; row++) {
                int start = hOffset + row * hRow;
                Arrays.fill(h, start + layout.units(), start + layout.padded(), 0);
            }
        }
    }

    @Override
    void differentiate(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                       float[] h, int hOffset, int hRow, float[] dh, int dhOffset, float[] dc, int dcOffset, int cBlock, int rows) {
        kernels.elmanBackward(activation, h, hOffset, hRow, dh, dhOffset, z, zOffset, zPanel, layout.width(), rows, layout.padded());
    }
}
