package io.github.lanewise.oracle;

/** Update rules in double with PyTorch's formulas and default constants. One object per weight array. */
public abstract class Optimizer {
    /** Updates the weights in place. */
    public abstract void update(double[] w, double[] g);

    /** v = momentum v + g; w -= rate v. Momentum 0 is plain SGD. */
    public static Optimizer sgd(double rate, double momentum, int size) {
        double[] v = new double[size];
        return new Optimizer() {
            @Override
            public void update(double[] w, double[] g) {
                for (int i = 0; i < w.length; i++) {
                    v[i] = momentum * v[i] + g[i];
                    w[i] -= rate * v[i];
                }
            }
        };
    }

    /** s += g^2; w -= rate g / (sqrt(s) + epsilon) (Duchi et al. 2011). */
    public static Optimizer adagrad(double rate, double epsilon, int size) {
        double[] s = new double[size];
        return new Optimizer() {
            @Override
            public void update(double[] w, double[] g) {
                for (int i = 0; i < w.length; i++) {
                    s[i] += g[i] * g[i];
                    w[i] -= rate * g[i] / (Math.sqrt(s[i]) + epsilon);
                }
            }
        };
    }

    /** Adam (Kingma and Ba 2015) with weight decay taken off first (AdamW, Loshchilov and Hutter 2019); decay 0 is Adam. */
    public static Optimizer adam(double rate, double beta1, double beta2, double epsilon, double decay, int size) {
        double[] m = new double[size];
        double[] v = new double[size];
        return new Optimizer() {
            private int step;

            @Override
            public void update(double[] w, double[] g) {
                step++;
                double correction1 = 1 - Math.pow(beta1, step);
                double correction2 = 1 - Math.pow(beta2, step);
                for (int i = 0; i < w.length; i++) {
                    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                    w[i] -= rate * decay * w[i];
                    w[i] -= rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + epsilon);
                }
            }
        };
    }

    /** Scales all gradients by min(1, limit / (norm + 1e-6)) and returns the norm they had together. */
    public static double clip(double limit, double[]... gradients) {
        double sum = 0;
        for (double[] g : gradients) {
            for (double value : g) {
                sum += value * value;
            }
        }
        double norm = Math.sqrt(sum);
        double scale = Math.min(1, limit / (norm + 1e-6));
        for (double[] g : gradients) {
            for (int i = 0; i < g.length; i++) {
                g[i] *= scale;
            }
        }
        return norm;
    }
}
