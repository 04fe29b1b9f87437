package io.github.lanewise.golden;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.util.LinkedHashMap;
import java.util.Map;

/** The library's layers run on a golden case, on one backend. */
final class LibrarySubject implements Subject {
    private final Kernels kernels;

    LibrarySubject(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public Map<String, double[]> run(RecurrentCase c) {
        int steps = c.steps();
        int batch = c.batch();
        int inputs = c.inputs();
        int hidden = c.hidden();
        RecurrentCell cell = c.lstm() ? Lstm.zero(inputs, hidden).on(kernels)
                : Rnn.zero(inputs, hidden, Activation.valueOf(c.activation().name())).on(kernels);
        cell.weights().setInputWeights(floats(c.values("W_ih")));
        cell.weights().setRecurrentWeights(floats(c.values("W_hh")));
        cell.weights().setBias(floats(c.bias()));
        CellState state = cell.newState(batch);
        state.setH(floats(c.values("h0")), 0);
        if (c.lstm()) {
            state.setC(floats(c.values("c0")), 0);
        }
        CellTape tape = cell.newTape(steps, batch);
        float[] y = new float[steps * batch * hidden];
        cell.forward(floats(c.values("x")), 0, steps, c.lengths(), state, tape, y, 0);

        Map<String, double[]> outputs = new LinkedHashMap<>();
        outputs.put("y", doubles(y));
        float[] states = new float[batch * hidden];
        state.copyH(states, 0);
        outputs.put("hT", doubles(states));
        if (c.lstm()) {
            state.copyC(states, 0);
            outputs.put("cT", doubles(states));
            float[] gates = new float[steps * batch * 4 * hidden];
            float[] cells = new float[steps * batch * hidden];
            for (int row = 0; row < steps * batch; row++) {
                tape.copyGates(row / batch, row % batch, gates, row * 4 * hidden);
                tape.copyC(row / batch, row % batch, cells, row * hidden);
            }
            outputs.put("gates_ifgo", doubles(gates));
            outputs.put("c_seq", doubles(cells));
        }

        CellState dState = cell.newState(batch);
        dState.setH(floats(c.values("dhT")), 0);
        if (c.lstm()) {
            dState.setC(floats(c.values("dcT")), 0);
        }
        Gradients gradients = cell.newGradients();
        float[] dx = new float[steps * batch * inputs];
        cell.backward(floats(c.values("dy")), 0, tape, dState, gradients, dx, 0);
        outputs.put("d_x", doubles(dx));
        outputs.put("d_W_ih", doubles(gradients.inputWeights()));
        outputs.put("d_W_hh", doubles(gradients.recurrentWeights()));
        outputs.put("d_b_ih", doubles(gradients.bias()));
        outputs.put("d_b_hh", doubles(gradients.bias()));
        dState.copyH(states, 0);
        outputs.put("d_h0", doubles(states));
        if (c.lstm()) {
            dState.copyC(states, 0);
            outputs.put("d_c0", doubles(states));
        }
        return outputs;
    }

    static float[] floats(double[] values) {
        float[] f = new float[values.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) values[i];
        }
        return f;
    }

    static double[] doubles(float[] values) {
        double[] d = new double[values.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = values[i];
        }
        return d;
    }
}
