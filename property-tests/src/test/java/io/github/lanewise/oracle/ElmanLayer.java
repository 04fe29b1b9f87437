package io.github.lanewise.oracle;

/** Elman layer (Elman 1990): h = g(W_ih x + W_hh h + b). */
public class ElmanLayer extends RecurrentLayer {
    private final Activation g;

    public ElmanLayer(Activation g, int inputs, int hidden, double[] wIh, double[] wHh, double[] bias) {
        super(inputs, hidden, 1, wIh, wHh, bias);
        this.g = g;
    }

    @Override
    boolean hasCellState() {
        return false;
    }

    @Override
    void cell(double[] z, double[] gates, double[] c, double[] h) {
        for (int j = 0; j < hidden; j++) {
            h[j] = g.of(z[j]);
            gates[j] = h[j];
        }
    }

    @Override
    void cellBackward(double[] gates, double[] oldC, double[] newC, double[] h, double[] dh, double[] dc, double[] dz) {
        for (int j = 0; j < hidden; j++) {
            dz[j] = dh[j] * g.slopeFromValue(h[j]);
        }
    }
}
