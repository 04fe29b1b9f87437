package io.github.lanewise.oracle;

/** The functions g_h and g_y in double, in forms that keep relative accuracy for every argument, and their slopes. */
public enum Activation {
    IDENTITY {
        @Override
        public double of(double z) {
            return z;
        }

        @Override
        double slopeFromValue(double value) {
            return 1;
        }
    },
    TANH {
        @Override
        public double of(double z) {
            return tanh(z);
        }

        @Override
        double slopeFromValue(double value) {
            return 1 - value * value;
        }
    },
    RELU {
        @Override
        public double of(double z) {
            return z > 0 ? z : 0 * z;
        }

        @Override
        double slopeFromValue(double value) {
            return value > 0 ? 1 : 0;
        }
    },
    SIGMOID {
        @Override
        public double of(double z) {
            return sigmoid(z);
        }

        @Override
        double slopeFromValue(double value) {
            return value * (1 - value);
        }
    };

    /** Returns g(z). */
    public abstract double of(double z);

    /** Returns g'(z), given value = g(z). */
    abstract double slopeFromValue(double value);

    /** Returns tanh(z) = -e / (2 + e) with e = exp(-2|z|) - 1: no overflow, no cancellation, exactly odd. */
    public static double tanh(double z) {
        double e = StrictMath.expm1(-2 * Math.abs(z));
        return Math.copySign(-e / (2 + e), z);
    }

    /** Returns 1 / (1 + exp(-z)), written for negative z so that nothing overflows and the far tail keeps all its bits. */
    public static double sigmoid(double z) {
        if (z < 0) {
            double e = StrictMath.exp(z);
            return e / (1 + e);
        }
        return 1 / (1 + StrictMath.exp(-z));
    }
}
