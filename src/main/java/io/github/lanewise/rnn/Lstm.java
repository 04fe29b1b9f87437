package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Long short-term memory with forget, input, candidate and output gates (Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000):
 *
 * <pre>{@code
 * i = sigmoid(W_i x_t + R_i h_(t-1) + b_i)      f = sigmoid(W_f x_t + R_f h_(t-1) + b_f)
 * g = tanh   (W_g x_t + R_g h_(t-1) + b_g)      o = sigmoid(W_o x_t + R_o h_(t-1) + b_o)
 * c_t = f * c_(t-1) + i * g                     h_t = o * tanh(c_t)
 * }</pre>
 *
 * <p>Gates are ordered i, f, g, o, as in PyTorch; g is the candidate, written c~ elsewhere. There is one bias per gate.
 */
public final class Lstm extends RecurrentCell {
    private static final int GATES = 4;
    private static final int FORGET = 1;

    private Lstm(Layout layout, Weights weights, Kernels kernels) {
        super(layout, weights, kernels);
    }

    /**
     * Creates a layer with all weights zero, on the fastest backend.
     *
     * @param inputs number of inputs, at least 1
     * @param units number of hidden units, at least 1
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Lstm zero(int inputs, int units) {
        Layout layout = new Layout(inputs, units, GATES, units);
        return new Lstm(layout, new Weights(layout), Kernels.best());
    }

    /**
     * Creates a layer with random weights: uniform in +-1/sqrt(units), the biases of the forget gate 1.
     *
     * @param inputs number of inputs, at least 1
     * @param units number of hidden units, at least 1
     * @param random source of the weights; the same source gives the same bits on every machine
     * @return a new layer
     * @throws IllegalArgumentException if a size is out of range
     */
    public static Lstm create(int inputs, int units, RandomGenerator random) {
        Lstm lstm = zero(inputs, units);
        Initializer.uniform(lstm.weights(), random);
        lstm.setForgetBias(1);
        return lstm;
    }

    @Override
    public Lstm on(Kernels other) {
        return new Lstm(layout, weights(), other);
    }

    @Override
    Lstm ofTwoPanels(Kernels other) {
        return zero(2, 2 * Panels.WIDTH / GATES).on(other);
    }

    /**
     * Sets the biases of the forget gate. Starting from 1 lets gradients through time from the beginning (Jozefowicz et al. 2015).
     *
     * @param value the bias
     */
    public void setForgetBias(float value) {
        for (int unit = 0; unit < layout.units(); unit++) {
            weights().data[weights().bias(FORGET * layout.units() + unit)] = value;
        }
    }

    @Override
    void advance(CellState state) {
        if (state.batch == 1) {
            Rows rows = state.rows;
            kernels.lstmStep(rows.data, rows.offset, weights().data, weights().matrix, weights().data, weights().start, state.data, state.c,
                    state.data, state.z, layout.inputs(), layout.units(), layout.padded(), state.backwards);
            state.backwards = gainsBackwards() && !state.backwards;
        } else {
            super.advance(state);
        }
    }

    /** The recurrent half of a step of one row, which is all of the batch, and its element-wise phase in one kernel. */
    void recurrentStep(CellTape tape, int step) {
        Rows rows = tape.rows;
        kernels.lstmRecurrentStep(rows.data, rows.hidden(step), rows.hidden(step + 1),
                weights().data, weights().matrix + layout.inputs() * layout.width(), layout.panelStride(),
                tape.z.data, tape.z.at(step * layout.width()), tape.panelStride(), tape.c.data, tape.c.at(tape.cell(step)), tape.c.at(tape.cell(step + 1)),
                tape.tanhC.data, tape.tanhC.at(tape.cell(step)), layout.units(), layout.padded(), gainsBackwards() && step % 2 == 1);
    }

    /** Whether every other step goes backwards through the weights; with two panels it gained nothing. */
    private boolean gainsBackwards() {
        return layout.units() > 2 * Panels.BLOCK;
    }

    @Override
    void activate(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                  float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows) {
        kernels.lstmForward(z, zOffset, zPanel, cPrevious, cPreviousOffset, cNext, cNextOffset, tanhC, tanhCOffset, cBlock, h, hOffset, hRow,
                rows, layout.padded());
    }

    @Override
    BiConsumer<Kernels, CellState> stepPhase() {
        return (k, s) -> k.lstmForward(s.data, s.z, s.batch * s.layout.width(), s.data, s.c, s.data, s.c, s.data, s.tanhC, Cells.block(s.batch),
                s.rows.data, s.rows.hidden(0), s.rows.stride, s.batch, s.layout.padded());
    }

    @Override
    void differentiate(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                       float[] h, int hOffset, int hRow, float[] dh, int dhOffset, float[] dc, int dcOffset, int cBlock, int rows) {
        kernels.lstmBackward(z, zOffset, zPanel, cPrevious, cPreviousOffset, tanhC, tanhCOffset, dh, dhOffset, dc, dcOffset, cBlock,
                rows, layout.padded());
    }
}
