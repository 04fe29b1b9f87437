package io.github.lanewise.oracle;

/** y = g(W x + b) for every row of x. W is [outputs][inputs]. */
@SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
public record DenseLayer(int inputs, int outputs, double[] w, double[] bias) {
    /** Gradients of the loss by the weights and the input. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Gradients(double[] w, double[] bias, double[] x) {
    }

    /** Returns the pre-activations z [rows][outputs]. */
    public double[] preActivation(double[] x) {
        int rows = x.length / inputs;
        double[] z = new double[rows * outputs];
        for (int n = 0; n < rows; n++) {
            for (int r = 0; r < outputs; r++) {
                double sum = bias[r];
                for (int k = 0; k < inputs; k++) {
                    sum += w[r * inputs + k] * x[n * inputs + k];
                }
                z[n * outputs + r] = sum;
            }
        }
        return z;
    }

    /** Returns the gradients, given dz [rows][outputs]. */
    public Gradients backward(double[] x, double[] dz) {
        Gradients d = new Gradients(new double[w.length], new double[outputs], new double[x.length]);
        for (int n = 0; n < x.length / inputs; n++) {
            for (int r = 0; r < outputs; r++) {
                double dzr = dz[n * outputs + r];
                d.bias[r] += dzr;
                for (int k = 0; k < inputs; k++) {
                    d.w[r * inputs + k] += dzr * x[n * inputs + k];
                    d.x[n * inputs + k] += dzr * w[r * inputs + k];
                }
            }
        }
        return d;
    }

    /** Returns g applied to every value. */
    public static double[] activate(Activation g, double[] z) {
        double[] y = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            y[i] = g.of(z[i]);
        }
        return y;
    }

    /** Returns dz = dy g'(z), given y = g(z). */
    public static double[] activateBackward(Activation g, double[] y, double[] dy) {
        double[] dz = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            dz[i] = dy[i] * g.slopeFromValue(y[i]);
        }
        return dz;
    }

    /** Returns the softmax of every row of the given width. */
    public static double[] softmax(double[] z, int width) {
        double[] y = new double[z.length];
        for (int start = 0; start < z.length; start += width) {
            double max = Loss.max(z, start, width);
            double sum = Loss.sumOfExp(z, start, width, max);
            for (int j = start; j < start + width; j++) {
                y[j] = StrictMath.exp(z[j] - max) / sum;
            }
        }
        return y;
    }
}
