package io.github.lanewise.oracle;

/**
 * LSTM layer with a forget gate (Hochreiter and Schmidhuber 1997, Gers et al. 2000), blocks in the order i, f, g, o:
 * c = f c + i g, h = o tanh(c), where i, f, o are sigmoids and g a tanh of z.
 */
public class LstmLayer extends RecurrentLayer {
    public LstmLayer(int inputs, int hidden, double[] wIh, double[] wHh, double[] bias) {
        super(inputs, hidden, 4, wIh, wHh, bias);
    }

    @Override
    boolean hasCellState() {
        return true;
    }

    @Override
    void cell(double[] z, double[] gates, double[] c, double[] h) {
        for (int j = 0; j < hidden; j++) {
            gates[j] = Activation.sigmoid(z[j]);
            gates[hidden + j] = Activation.sigmoid(z[hidden + j]);
            gates[2 * hidden + j] = Activation.tanh(z[2 * hidden + j]);
            gates[3 * hidden + j] = Activation.sigmoid(z[3 * hidden + j]);
            c[j] = gates[hidden + j] * c[j] + gates[j] * gates[2 * hidden + j];
            h[j] = gates[3 * hidden + j] * Activation.tanh(c[j]);
        }
    }

    @Override
    void cellBackward(double[] gates, double[] oldC, double[] newC, double[] h, double[] dh, double[] dc, double[] dz) {
        for (int j = 0; j < hidden; j++) {
            double i = gates[j];
            double f = gates[hidden + j];
            double g = gates[2 * hidden + j];
            double o = gates[3 * hidden + j];
            double tanhC = Activation.tanh(newC[j]);
            double dNewC = dc[j] + dh[j] * o * (1 - tanhC * tanhC);
            dz[j] = dNewC * g * i * (1 - i);
            dz[hidden + j] = dNewC * oldC[j] * f * (1 - f);
            dz[2 * hidden + j] = dNewC * i * (1 - g * g);
            dz[3 * hidden + j] = dh[j] * tanhC * o * (1 - o);
            dc[j] = dNewC * f;
        }
    }
}
