package io.github.lanewise.kernel;

/** The meaning of the updates, element by element. */
sealed interface ScalarUpdates extends UpdateKernels permits ScalarKernels {

    @Override
    default void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }

    @Override
    default void scale(float alpha, float[] y, int yOffset, int length) {
        Checks.range("y", y, yOffset, length);
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = alpha * y[yOffset + i];
        }
    }

    @Override
    default void momentum(float learningRate, float momentum, float[] gradient, int gradientOffset, float[] velocity, int velocityOffset,
                          float[] weights, int weightsOffset, int length) {
        Checks.range("gradient", gradient, gradientOffset, length);
        Checks.range("velocity", velocity, velocityOffset, length);
        Checks.range("weights", weights, weightsOffset, length);
        for (int i = 0; i < length; i++) {
            float v = Math.fma(momentum, velocity[velocityOffset + i], gradient[gradientOffset + i]);
            velocity[velocityOffset + i] = v;
            weights[weightsOffset + i] = Math.fma(-learningRate, v, weights[weightsOffset + i]);
        }
    }

    @Override
    default void adagrad(float learningRate, float epsilon, float[] gradient, int gradientOffset, float[] squares, int squaresOffset,
                         float[] weights, int weightsOffset, int length) {
        Checks.range("gradient", gradient, gradientOffset, length);
        Checks.range("squares", squares, squaresOffset, length);
        Checks.range("weights", weights, weightsOffset, length);
        for (int i = 0; i < length; i++) {
            float g = gradient[gradientOffset + i];
            float s = Math.fma(g, g, squares[squaresOffset + i]);
            squares[squaresOffset + i] = s;
            weights[weightsOffset + i] -= learningRate * g / ((float) Math.sqrt(s) + epsilon);
        }
    }

    @Override
    default void adam(float stepSize, float rootCorrection, float beta1, float gain1, float beta2, float gain2, float epsilon, float decay,
                      float[] gradient, int gradientOffset, float[] first, int firstOffset, float[] second, int secondOffset,
                      float[] weights, int weightsOffset, int length) {
        Checks.range("gradient", gradient, gradientOffset, length);
        Checks.range("first", first, firstOffset, length);
        Checks.range("second", second, secondOffset, length);
        Checks.range("weights", weights, weightsOffset, length);
        for (int i = 0; i < length; i++) {
            float g = gradient[gradientOffset + i];
            float m = Math.fma(beta1, first[firstOffset + i], gain1 * g);
            float v = Math.fma(beta2, second[secondOffset + i], gain2 * g * g);
            first[firstOffset + i] = m;
            second[secondOffset + i] = v;
            // The root of a float, rounded to float, is the same through double.
            float change = stepSize * m / Math.fma((float) Math.sqrt(v), rootCorrection, epsilon);
            weights[weightsOffset + i] = Math.fma(weights[weightsOffset + i], decay, -change);
        }
    }
}
