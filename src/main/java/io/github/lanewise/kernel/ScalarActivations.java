package io.github.lanewise.kernel;

/** The meaning of the element-wise functions, element by element. */
sealed interface ScalarActivations extends Softmax permits ScalarKernels {

    @Override
    default void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = ScalarMath.tanh(x[xOffset + i]);
        }
    }

    @Override
    default void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = ScalarMath.sigmoid(x[xOffset + i]);
        }
    }

    @Override
    default void exp(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = ScalarMath.exp(x[xOffset + i]);
        }
    }

    @Override
    default void relu(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        for (int i = 0; i < length; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v <= 0 ? 0 : v;
        }
    }

    @Override
    default void tanhBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        for (int i = 0; i < length; i++) {
            float v = y[yOffset + i];
            dx[dxOffset + i] = dy[dyOffset + i] * Math.fma(-v, v, 1);
        }
    }

    @Override
    default void sigmoidBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        for (int i = 0; i < length; i++) {
            float v = y[yOffset + i];
            dx[dxOffset + i] = dy[dyOffset + i] * (v * (1 - v));
        }
    }

    @Override
    default void expBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        for (int i = 0; i < length; i++) {
            dx[dxOffset + i] = dy[dyOffset + i] * y[yOffset + i];
        }
    }

    @Override
    default void reluBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        for (int i = 0; i < length; i++) {
            dx[dxOffset + i] = y[yOffset + i] > 0 ? dy[dyOffset + i] : 0;
        }
    }

    @Override
    default float max(float[] x, int xOffset, int length) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < length; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        return max;
    }

    @Override
    default void expOfDifference(float[] x, int xOffset, float shift, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = ScalarMath.exp(x[xOffset + i] - shift);
        }
    }

    @Override
    default void softmaxBackward(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Checks.range("y", y, yOffset, length);
        Checks.range("dy", dy, dyOffset, length);
        Checks.range("dx", dx, dxOffset, length);
        float mean = dot(y, yOffset, dy, dyOffset, length);
        for (int i = 0; i < length; i++) {
            dx[dxOffset + i] = y[yOffset + i] * (dy[dyOffset + i] - mean);
        }
    }
}
