package io.github.lanewise.laws;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Ball;
import io.github.lanewise.oracle.BallLayer;
import io.github.lanewise.oracle.Batch;
import io.github.lanewise.oracle.ElmanLayer;
import io.github.lanewise.oracle.LstmLayer;
import io.github.lanewise.oracle.RecurrentLayer;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random recurrent layer with random sequences, states and upstream gradients, made from a shape and a seed; and ways to run it. */
final class Experiment {
    /** The kinds of recurrent layers. */
    enum Kind { LSTM, TANH, SIGMOID, RELU, IDENTITY }

    private static final List<String> OUTPUTS = List.of("y", "hT", "cT", "dx", "dh0", "dc0", "dW_ih", "dW_hh", "db");

    final Kind kind;
    final int inputs;
    final int units;
    final int steps;
    final int batch;
    final int[] lengths;
    final float[] x;
    final float[] h0;
    final float[] c0;
    final float[] dy;
    final float[] dhT;
    final float[] dcT;
    private final float[] wIh;
    private final float[] wHh;
    private final float[] bias;

    Experiment(Kind kind, int inputs, int units, int steps, int batch, long seed) {
        this.kind = kind;
        this.inputs = inputs;
        this.units = units;
        this.steps = steps;
        this.batch = batch;
        Random random = new Random(seed);
        int rows = (lstm() ? 4 : 1) * units;
        float scale = (float) (1 / Math.sqrt(units));
        wIh = random(random, rows * inputs, scale);
        wHh = random(random, rows * units, scale);
        bias = random(random, rows, scale);
        lengths = random.ints(batch, 0, steps + 1).toArray();
        if (random.nextBoolean()) {
            lengths[random.nextInt(batch)] = steps;
        }
        x = random(random, steps * batch * inputs, 1);
        h0 = random(random, batch * units, 1);
        c0 = random(random, batch * units, 1);
        dy = random(random, steps * batch * units, 1);
        dhT = random(random, batch * units, 1);
        dcT = random(random, batch * units, 1);
    }

    private static float[] random(Random random, int length, float scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (2 * random.nextFloat() - 1) * scale;
        }
        return values;
    }

    boolean lstm() {
        return kind == Kind.LSTM;
    }

    int[] fullLengths() {
        int[] full = new int[batch];
        Arrays.fill(full, steps);
        return full;
    }

    /** Returns the layer on a backend. */
    RecurrentCell cell(Kernels kernels) {
        RecurrentCell cell = lstm() ? Lstm.zero(inputs, units).on(kernels) : Rnn.zero(inputs, units, Activation.valueOf(kind.name())).on(kernels);
        cell.weights().setInputWeights(wIh);
        cell.weights().setRecurrentWeights(wHh);
        cell.weights().setBias(bias);
        return cell;
    }

    /** Returns the same layer in double. */
    RecurrentLayer reference() {
        double[] w = doubles(wIh);
        double[] r = doubles(wHh);
        double[] b = doubles(bias);
        return lstm() ? new LstmLayer(inputs, units, w, r, b) : new ElmanLayer(activation(), inputs, units, w, r, b);
    }

    /** Returns the same layer with the bounds on what float does to it. */
    BallLayer balls() {
        return lstm() ? BallLayer.lstm(inputs, units, wIh, wHh, bias) : BallLayer.elman(activation(), inputs, units, wIh, wHh, bias);
    }

    private io.github.lanewise.oracle.Activation activation() {
        return io.github.lanewise.oracle.Activation.valueOf(kind.name());
    }

    /** Runs the double reference. */
    Map<String, double[]> runReference() {
        RecurrentLayer layer = reference();
        Batch b = new Batch(steps, lengths, doubles(x), doubles(h0), doubles(lstm() ? c0 : new float[0]));
        RecurrentLayer.Forward f = layer.forward(b);
        RecurrentLayer.Gradients d = layer.backward(b, f, doubles(dy), doubles(dhT), doubles(lstm() ? dcT : new float[0]));
        return outputs(f.y(), f.hT(), f.cT(), d.x(), d.h0(), d.c0(), d.wIh(), d.wHh(), d.bias());
    }

    /** Runs it in ball arithmetic. */
    Map<String, Ball[]> runBalls() {
        BallLayer layer = balls();
        BallLayer.Sequences s = new BallLayer.Sequences(steps, lengths, Ball.exact(x), Ball.exact(h0), Ball.exact(lstm() ? c0 : new float[0]));
        BallLayer.Forward f = layer.forward(s);
        BallLayer.Gradients d = layer.backward(s, f, Ball.exact(dy), Ball.exact(dhT), Ball.exact(lstm() ? dcT : new float[0]));
        return outputs(f.y(), f.hT(), f.cT(), d.x(), d.h0(), d.c0(), d.wIh(), d.wHh(), d.bias());
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static <T> Map<String, T> outputs(T... tensors) {
        Map<String, T> outputs = new LinkedHashMap<>();
        for (T tensor : tensors) {
            outputs.put(OUTPUTS.get(outputs.size()), tensor);
        }
        return outputs;
    }

    static double[] doubles(float[] values) {
        double[] d = new double[values.length];
        Arrays.setAll(d, i -> values[i]);
        return d;
    }

    /** Returns the state before the first step. */
    CellState firstState(RecurrentCell cell) {
        return state(cell, batch, h0, c0, 0);
    }

    /** Returns a state of some rows, from dense arrays. */
    CellState state(RecurrentCell cell, int rows, float[] h, float[] c, int firstRow) {
        CellState state = cell.newState(rows);
        state.setH(h, firstRow * units);
        if (lstm()) {
            state.setC(c, firstRow * units);
        }
        return state;
    }

    /** Results are written whatever was there. */
    private static float[] garbage(int length) {
        float[] garbage = new float[length];
        Arrays.fill(garbage, Float.NaN);
        return garbage;
    }

    /** Copies the states into a map. */
    void put(CellState state, int rows, String h, String c, Map<String, float[]> to) {
        float[] copyH = new float[rows * units];
        state.copyH(copyH, 0);
        to.put(h, copyH);
        float[] copyC = new float[lstm() ? rows * units : 0];
        if (lstm()) {
            state.copyC(copyC, 0);
        }
        to.put(c, copyC);
    }

    /** Runs forward and backward over the whole batch, each sequence with its length, and returns everything that comes out. */
    Map<String, float[]> run(Kernels kernels) {
        return run(kernels, lengths);
    }

    /** Runs forward and backward with other lengths. */
    Map<String, float[]> run(Kernels kernels, int[] withLengths) {
        RecurrentCell cell = cell(kernels);
        return run(cell, cell.newTape(steps, batch), withLengths);
    }

    /** Runs forward and backward with other lengths on a tape that may have served before. */
    Map<String, float[]> run(RecurrentCell cell, CellTape tape, int[] withLengths) {
        CellState state = firstState(cell);
        float[] y = garbage(steps * batch * units);
        cell.forward(x, 0, steps, withLengths, state, tape, y, 0);
        Map<String, float[]> outputs = new LinkedHashMap<>();
        outputs.put("y", y);
        put(state, batch, "hT", "cT", outputs);
        if (lstm()) {
            float[] gates = new float[4 * units * steps * batch];
            for (int row = 0; row < steps * batch; row++) {
                tape.copyGates(row / batch, row % batch, gates, 4 * units * row);
            }
            outputs.put("gates", gates);
        }
        CellState dState = state(cell, batch, dhT, dcT, 0);
        Gradients gradients = cell.newGradients();
        float[] dx = garbage(x.length);
        cell.backward(dy, 0, tape, dState, gradients, dx, 0);
        outputs.put("dx", dx);
        put(dState, batch, "dh0", "dc0", outputs);
        outputs.put("dW_ih", gradients.inputWeights());
        outputs.put("dW_hh", gradients.recurrentWeights());
        outputs.put("db", gradients.bias());
        return outputs;
    }

    /** Returns the rows of one sequence out of a tensor [steps][batch][width]. */
    float[] sequence(float[] tensor, int width, int row) {
        float[] one = new float[steps * width];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(tensor, (t * batch + row) * width, one, t * width, width);
        }
        return one;
    }
}
