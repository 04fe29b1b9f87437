package io.github.lanewise.oracle;

import java.util.Arrays;

/**
 * Double-precision reference of a recurrent layer: z = W_ih x + W_hh h + b, then a cell, and backpropagation through
 * time. One sequence after another, one step after another, so batches and lengths cannot go wrong.
 *
 * <p>Row-major, as PyTorch has it: W_ih [blocks * hidden][inputs], W_hh [blocks * hidden][hidden], b [blocks * hidden].
 */
public abstract class RecurrentLayer {
    final int inputs;
    final int hidden;
    final int rows;
    private final double[] wIh;
    private final double[] wHh;
    private final double[] bias;

    RecurrentLayer(int inputs, int hidden, int blocks, double[] wIh, double[] wHh, double[] bias) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.rows = blocks * hidden;
        this.wIh = wIh;
        this.wHh = wHh;
        this.bias = bias;
    }

    /**
     * What a forward run leaves behind. y [steps][size][hidden] is 0 after the end of a sequence; hT and cT are the
     * states after the last real step. gates and cells are what backward needs, per step and sequence.
     */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Forward(double[] y, double[] hT, double[] cT, double[] gates, double[] cells) {
    }

    /** Gradients of the loss by everything that went in, in the same layouts. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Gradients(double[] wIh, double[] wHh, double[] bias, double[] x, double[] h0, double[] c0) {
    }

    /** Turns z into the gates after activation, moves the cell state c on, writes the new hidden state h. */
    abstract void cell(double[] z, double[] gates, double[] c, double[] h);

    /**
     * Writes dz, the gradient by the pre-activations, and turns dc from the gradient by the new cell state into that by
     * the old one. dh is the gradient by the new hidden state h.
     */
    abstract void cellBackward(double[] gates, double[] oldC, double[] newC, double[] h, double[] dh, double[] dc, double[] dz);

    /** Returns whether the layer has a cell state beside the hidden state. */
    abstract boolean hasCellState();

    /** Runs every sequence from its start state. */
    public Forward forward(Batch batch) {
        int size = batch.size();
        int cellSize = hasCellState() ? hidden : 0;
        Forward result = new Forward(new double[batch.steps() * size * hidden], new double[size * hidden],
                new double[size * cellSize], new double[batch.steps() * size * rows],
                new double[batch.steps() * size * cellSize]);
        for (int n = 0; n < size; n++) {
            double[] h = row(batch.h0(), n, hidden);
            double[] c = row(batch.c0(), n, cellSize);
            for (int t = 0; t < batch.lengths()[n]; t++) {
                int at = t * size + n;
                double[] z = preActivation(row(batch.x(), at, inputs), h);
                double[] gates = new double[rows];
                cell(z, gates, c, h);
                put(h, result.y, at);
                put(c, result.cells, at);
                put(gates, result.gates, at);
            }
            put(h, result.hT, n);
            put(c, result.cT, n);
        }
        return result;
    }

    private double[] preActivation(double[] x, double[] h) {
        double[] z = bias.clone();
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < inputs; k++) {
                z[r] += wIh[r * inputs + k] * x[k];
            }
            for (int k = 0; k < hidden; k++) {
                z[r] += wHh[r * hidden + k] * h[k];
            }
        }
        return z;
    }

    /** Backpropagation through time of the loss with the upstream gradients dy, dhT and dcT. */
    public Gradients backward(Batch batch, Forward forward, double[] dy, double[] dhT, double[] dcT) {
        int size = batch.size();
        int cellSize = hasCellState() ? hidden : 0;
        Gradients d = new Gradients(new double[wIh.length], new double[wHh.length], new double[rows],
                new double[batch.x().length], new double[size * hidden], new double[size * cellSize]);
        for (int n = 0; n < size; n++) {
            double[] dh = row(dhT, n, hidden);
            double[] dc = row(dcT, n, cellSize);
            for (int t = batch.lengths()[n] - 1; t >= 0; t--) {
                int at = t * size + n;
                boolean first = t == 0;
                double[] oldH = first ? row(batch.h0(), n, hidden) : row(forward.y, at - size, hidden);
                double[] oldC = first ? row(batch.c0(), n, cellSize) : row(forward.cells, at - size, cellSize);
                for (int j = 0; j < hidden; j++) {
                    dh[j] += dy[at * hidden + j];
                }
                double[] dz = new double[rows];
                cellBackward(row(forward.gates, at, rows), oldC, row(forward.cells, at, cellSize),
                        row(forward.y, at, hidden), dh, dc, dz);
                double[] x = row(batch.x(), at, inputs);
                double[] dx = new double[inputs];
                Arrays.fill(dh, 0);
                for (int r = 0; r < rows; r++) {
                    d.bias[r] += dz[r];
                    for (int k = 0; k < inputs; k++) {
                        d.wIh[r * inputs + k] += dz[r] * x[k];
                        dx[k] += dz[r] * wIh[r * inputs + k];
                    }
                    for (int k = 0; k < hidden; k++) {
                        d.wHh[r * hidden + k] += dz[r] * oldH[k];
                        dh[k] += dz[r] * wHh[r * hidden + k];
                    }
                }
                put(dx, d.x, at);
            }
            put(dh, d.h0, n);
            put(dc, d.c0, n);
        }
        return d;
    }

    private static double[] row(double[] matrix, int row, int length) {
        return Arrays.copyOfRange(matrix, row * length, (row + 1) * length);
    }

    private static void put(double[] values, double[] matrix, int row) {
        System.arraycopy(values, 0, matrix, row * values.length, values.length);
    }
}
