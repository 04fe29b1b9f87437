package io.github.lanewise.oracle;

import java.util.Arrays;

/** The reference with mistakes inside the cell, made by undoing a part of the right result. They show in the gradients only. */
public final class BrokenLayers {
    private BrokenLayers() {
    }

    /** The mistakes of an LSTM's backward step. */
    public enum LstmMistake {
        /** dc goes to the step before without its factor f. */
        CELL_GRADIENT_NOT_TIMES_F,
        /** dc goes to the step before not at all. */
        CELL_GRADIENT_CUT,
        /** The path from h over tanh(c) into dc is missing. */
        NO_PATH_THROUGH_TANH_OF_C,
        /** The gradient of i, f and o lacks the slope of the sigmoid. */
        SIGMOID_SLOPE_ONE,
        /** The gradient of g lacks the slope of the tanh. */
        TANH_SLOPE_ONE,
        /** The forget gate's gradient is taken with the new cell state instead of the old. */
        FORGET_GRADIENT_FROM_NEW_CELL
    }

    /** Returns an Elman layer whose slope g' is 1. */
    public static RecurrentLayer elmanWithSlopeOne(Activation g, int inputs, int hidden, double[] wIh, double[] wHh, double[] bias) {
        return new ElmanLayer(g, inputs, hidden, wIh, wHh, bias) {
            @Override
            void cellBackward(double[] gates, double[] oldC, double[] newC, double[] h, double[] dh, double[] dc, double[] dz) {
                System.arraycopy(dh, 0, dz, 0, hidden);
            }
        };
    }

    /** Returns an LSTM with one mistake. */
    public static RecurrentLayer lstm(LstmMistake mistake, int inputs, int hidden, double[] wIh, double[] wHh, double[] bias) {
        return new LstmLayer(inputs, hidden, wIh, wHh, bias) {
            @Override
            void cellBackward(double[] gates, double[] oldC, double[] newC, double[] h, double[] dh, double[] dc, double[] dz) {
                double[] upstreamDc = dc.clone();
                super.cellBackward(gates, mistake == LstmMistake.FORGET_GRADIENT_FROM_NEW_CELL ? newC : oldC, newC, h, dh, dc, dz);
                switch (mistake) {
                    case CELL_GRADIENT_NOT_TIMES_F -> {
                        for (int j = 0; j < hidden; j++) {
                            dc[j] /= gates[hidden + j];
                        }
                    }
                    case CELL_GRADIENT_CUT -> Arrays.fill(dc, 0);
                    case NO_PATH_THROUGH_TANH_OF_C -> {
                        double[] right = dz.clone();
                        System.arraycopy(upstreamDc, 0, dc, 0, hidden);
                        super.cellBackward(gates, oldC, newC, h, new double[hidden], dc, dz);
                        System.arraycopy(right, 3 * hidden, dz, 3 * hidden, hidden);
                    }
                    case SIGMOID_SLOPE_ONE -> {
                        for (int r = 0; r < rows; r++) {
                            dz[r] /= r / hidden == 2 ? 1 : gates[r] * (1 - gates[r]);
                        }
                    }
                    case TANH_SLOPE_ONE -> {
                        for (int r = 2 * hidden; r < 3 * hidden; r++) {
                            dz[r] /= 1 - gates[r] * gates[r];
                        }
                    }
                    case FORGET_GRADIENT_FROM_NEW_CELL -> {
                        // Already made above.
                    }
                }
            }
        };
    }
}
