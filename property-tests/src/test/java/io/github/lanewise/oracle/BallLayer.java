package io.github.lanewise.oracle;

import java.util.Arrays;

/**
 * A recurrent layer in ball arithmetic: how far each of its outputs and gradients may be off in float. The same formulas as in
 * {@link RecurrentLayer}, in the same layouts; the order of a sum does not matter for its bound.
 */
public abstract class BallLayer {
    final int hidden;
    final int rows;
    private final int inputs;
    private final Ball[] wIh;
    private final Ball[] wHh;
    private final Ball[] bias;

    private BallLayer(int blocks, int inputs, int hidden, float[] wIh, float[] wHh, float[] bias) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.rows = blocks * hidden;
        this.wIh = Ball.exact(wIh);
        this.wHh = Ball.exact(wHh);
        this.bias = Ball.exact(bias);
    }

    /** What goes in, see {@link Batch}. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Sequences(int steps, int[] lengths, Ball[] x, Ball[] h0, Ball[] c0) {
    }

    /** See {@link RecurrentLayer.Forward}. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Forward(Ball[] y, Ball[] hT, Ball[] cT, Ball[] gates, Ball[] cells) {
    }

    /** See {@link RecurrentLayer.Gradients}. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Gradients(Ball[] wIh, Ball[] wHh, Ball[] bias, Ball[] x, Ball[] h0, Ball[] c0) {
    }

    abstract void cell(Ball[] z, Ball[] gates, Ball[] c, Ball[] h);

    abstract void cellBackward(Ball[] gates, Ball[] oldC, Ball[] newC, Ball[] dh, Ball[] dc, Ball[] dz);

    /** An Elman layer. */
    public static BallLayer elman(Activation g, int inputs, int hidden, float[] wIh, float[] wHh, float[] bias) {
        return new BallLayer(1, inputs, hidden, wIh, wHh, bias) {
            @Override
            void cell(Ball[] z, Ball[] gates, Ball[] c, Ball[] h) {
                for (int j = 0; j < hidden; j++) {
                    Ball image = z[j].map(g::of);
                    // Identity and relu choose; the others are computed to one unit in the last place, which is two roundings.
                    h[j] = g == Activation.IDENTITY || g == Activation.RELU ? image : image.rounded(2);
                    gates[j] = h[j];
                }
            }

            @Override
            void cellBackward(Ball[] gates, Ball[] oldC, Ball[] newC, Ball[] dh, Ball[] dc, Ball[] dz) {
                for (int j = 0; j < hidden; j++) {
                    dz[j] = switch (g) {
                        case IDENTITY -> dh[j];
                        case TANH -> dh[j].times(gates[j].squareFromOne());
                        case SIGMOID -> dh[j].times(sigmoidSlope(gates[j]));
                        case RELU -> reluBackward(gates[j], dh[j]);
                    };
                }
            }
        };
    }

    /** An LSTM. */
    public static BallLayer lstm(int inputs, int hidden, float[] wIh, float[] wHh, float[] bias) {
        return new BallLayer(4, inputs, hidden, wIh, wHh, bias) {
            @Override
            void cell(Ball[] z, Ball[] gates, Ball[] c, Ball[] h) {
                for (int r = 0; r < rows; r++) {
                    gates[r] = z[r].map(r / hidden == 2 ? Activation::tanh : Activation::sigmoid).rounded(2);
                }
                for (int j = 0; j < hidden; j++) {
                    c[j] = BallSum.from(gates[j].times(gates[2 * hidden + j])).add(gates[hidden + j], c[j]).end();
                    h[j] = gates[3 * hidden + j].times(c[j].map(Activation::tanh).rounded(2));
                }
            }

            @Override
            void cellBackward(Ball[] gates, Ball[] oldC, Ball[] newC, Ball[] dh, Ball[] dc, Ball[] dz) {
                for (int j = 0; j < hidden; j++) {
                    Ball i = gates[j];
                    Ball f = gates[hidden + j];
                    Ball g = gates[2 * hidden + j];
                    Ball o = gates[3 * hidden + j];
                    Ball tanhC = newC[j].map(Activation::tanh).rounded(2);
                    Ball dNewC = BallSum.from(dc[j]).add(dh[j].times(o), tanhC.squareFromOne()).end();
                    dz[j] = dNewC.times(g).times(sigmoidSlope(i));
                    dz[hidden + j] = dNewC.times(oldC[j]).times(sigmoidSlope(f));
                    dz[2 * hidden + j] = dNewC.times(i).times(g.squareFromOne());
                    dz[3 * hidden + j] = dh[j].times(tanhC).times(sigmoidSlope(o));
                    dc[j] = dNewC.times(f);
                }
            }
        };
    }

    private static Ball sigmoidSlope(Ball value) {
        return value.times(value.fromOne());
    }

    /** Where float may see another sign than double, the slope may be the other one, too. */
    private static Ball reluBackward(Ball value, Ball dh) {
        Ball right = value.value() > 0 ? dh : Ball.ZERO;
        boolean sure = value.value() > value.radius() || value.magnitude() == 0;
        return sure ? right : new Ball(right.value(), dh.magnitude());
    }

    /** Runs every sequence from its start state. */
    public Forward forward(Sequences s) {
        int size = s.lengths.length;
        int cellSize = s.c0.length / size;
        Forward result = new Forward(Ball.zeros(s.steps * size * hidden), s.h0.clone(), s.c0.clone(), Ball.zeros(s.steps * size * rows),
                Ball.zeros(s.steps * size * cellSize));
        for (int n = 0; n < size; n++) {
            Ball[] h = row(s.h0, n, hidden);
            Ball[] c = row(s.c0, n, cellSize);
            for (int t = 0; t < s.lengths[n]; t++) {
                int at = t * size + n;
                Ball[] x = row(s.x, at, inputs);
                Ball[] z = new Ball[rows];
                for (int r = 0; r < rows; r++) {
                    BallSum sum = BallSum.from(bias[r]);
                    for (int k = 0; k < inputs; k++) {
                        sum.add(wIh[r * inputs + k], x[k]);
                    }
                    for (int k = 0; k < hidden; k++) {
                        sum.add(wHh[r * hidden + k], h[k]);
                    }
                    z[r] = sum.end();
                }
                Ball[] gates = new Ball[rows];
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

    /** Backpropagation through time. */
    public Gradients backward(Sequences s, Forward forward, Ball[] dy, Ball[] dhT, Ball[] dcT) {
        int size = s.lengths.length;
        int cellSize = s.c0.length / size;
        BallSum[] dwIh = BallSum.from(Ball.zeros(wIh.length));
        BallSum[] dwHh = BallSum.from(Ball.zeros(wHh.length));
        BallSum[] dBias = BallSum.from(Ball.zeros(rows));
        Gradients d = new Gradients(new Ball[0], new Ball[0], new Ball[0], Ball.zeros(s.x.length), dhT.clone(), dcT.clone());
        for (int n = 0; n < size; n++) {
            Ball[] dh = row(dhT, n, hidden);
            Ball[] dc = row(dcT, n, cellSize);
            int last = s.lengths[n] - 1;
            for (int j = 0; j < hidden && last >= 0; j++) {
                dh[j] = dh[j].plus(dy[(last * size + n) * hidden + j]);
            }
            for (int t = last; t >= 0; t--) {
                int at = t * size + n;
                Ball[] oldH = t == 0 ? row(s.h0, n, hidden) : row(forward.y, at - size, hidden);
                Ball[] oldC = t == 0 ? row(s.c0, n, cellSize) : row(forward.cells, at - size, cellSize);
                Ball[] dz = new Ball[rows];
                cellBackward(row(forward.gates, at, rows), oldC, row(forward.cells, at, cellSize), dh, dc, dz);
                Ball[] x = row(s.x, at, inputs);
                BallSum[] dx = BallSum.from(Ball.zeros(inputs));
                BallSum[] dOldH = BallSum.from(t == 0 ? Ball.zeros(hidden) : row(dy, at - size, hidden));
                for (int r = 0; r < rows; r++) {
                    dBias[r].add(dz[r]);
                    for (int k = 0; k < inputs; k++) {
                        dwIh[r * inputs + k].add(dz[r], x[k]);
                        dx[k].add(dz[r], wIh[r * inputs + k]);
                    }
                    for (int k = 0; k < hidden; k++) {
                        dwHh[r * hidden + k].add(dz[r], oldH[k]);
                        dOldH[k].add(dz[r], wHh[r * hidden + k]);
                    }
                }
                put(BallSum.end(dx), d.x, at);
                dh = BallSum.end(dOldH);
            }
            put(dh, d.h0, n);
            put(dc, d.c0, n);
        }
        return new Gradients(BallSum.end(dwIh), BallSum.end(dwHh), BallSum.end(dBias), d.x, d.h0, d.c0);
    }

    private static Ball[] row(Ball[] matrix, int row, int length) {
        return Arrays.copyOfRange(matrix, row * length, (row + 1) * length);
    }

    private static void put(Ball[] values, Ball[] matrix, int row) {
        System.arraycopy(values, 0, matrix, row * values.length, values.length);
    }
}
