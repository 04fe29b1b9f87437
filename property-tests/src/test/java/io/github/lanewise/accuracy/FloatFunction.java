package io.github.lanewise.accuracy;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Activation;

/** An approximated function: how to run it, what it should be, and how far off it may be, as its javadoc says. */
enum FloatFunction {
    EXP(0.90, 0.90) {
        @Override
        void run(Kernels kernels, float[] x, float[] y, int length) {
            kernels.exp(x, 0, y, 0, length);
        }

        @Override
        double exact(double x) {
            return StrictMath.exp(x);
        }
    },
    TANH(0.98, 0.98) {
        @Override
        void run(Kernels kernels, float[] x, float[] y, int length) {
            kernels.tanh(x, 0, y, 0, length);
        }

        @Override
        double exact(double x) {
            return Activation.tanh(x);
        }
    },
    SIGMOID(0.99, 1.12) {
        @Override
        void run(Kernels kernels, float[] x, float[] y, int length) {
            kernels.sigmoid(x, 0, y, 0, length);
        }

        @Override
        double exact(double x) {
            return Activation.sigmoid(x);
        }
    };

    /** Largest error in units in the last place. */
    final double maxUlps;
    /** The same for subnormal results. */
    final double maxUlpsOfSubnormals;

    FloatFunction(double maxUlps, double maxUlpsOfSubnormals) {
        this.maxUlps = maxUlps;
        this.maxUlpsOfSubnormals = maxUlpsOfSubnormals;
    }

    /** y = f(x) by a backend. */
    abstract void run(Kernels kernels, float[] x, float[] y, int length);

    /** Returns f(x) in double, with relative accuracy for every x. */
    abstract double exact(double x);
}
