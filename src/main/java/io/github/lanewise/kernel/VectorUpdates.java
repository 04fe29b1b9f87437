package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/** Updates on vectors; what is left after the last full vector goes to the scalar backend, which gives the same bits. */
sealed interface VectorUpdates extends UpdateKernels permits VectorKernels {

    @Override
    default void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
        Checks.range("x", x, xOffset, length);
        Checks.range("y", y, yOffset, length);
        FloatVector factor = FloatVector.broadcast(F, alpha);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector.fromArray(F, x, xOffset + i).fma(factor, FloatVector.fromArray(F, y, yOffset + i)).intoArray(y, yOffset + i);
        }
        ScalarKernels.INSTANCE.axpy(alpha, x, xOffset + i, y, yOffset + i, length - i);
    }

    @Override
    default void scale(float alpha, float[] y, int yOffset, int length) {
        Checks.range("y", y, yOffset, length);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector.fromArray(F, y, yOffset + i).mul(alpha).intoArray(y, yOffset + i);
        }
        ScalarKernels.INSTANCE.scale(alpha, y, yOffset + i, length - i);
    }

    @Override
    default void momentum(float learningRate, float momentum, float[] gradient, int gradientOffset, float[] velocity, int velocityOffset,
                          float[] weights, int weightsOffset, int length) {
        Checks.range("gradient", gradient, gradientOffset, length);
        Checks.range("velocity", velocity, velocityOffset, length);
        Checks.range("weights", weights, weightsOffset, length);
        FloatVector keep = FloatVector.broadcast(F, momentum);
        FloatVector down = FloatVector.broadcast(F, -learningRate);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector v = FloatVector.fromArray(F, velocity, velocityOffset + i).fma(keep, FloatVector.fromArray(F, gradient, gradientOffset + i));
            v.intoArray(velocity, velocityOffset + i);
            v.fma(down, FloatVector.fromArray(F, weights, weightsOffset + i)).intoArray(weights, weightsOffset + i);
        }
        ScalarKernels.INSTANCE.momentum(learningRate, momentum, gradient, gradientOffset + i, velocity, velocityOffset + i,
                weights, weightsOffset + i, length - i);
    }

    @Override
    default void adagrad(float learningRate, float epsilon, float[] gradient, int gradientOffset, float[] squares, int squaresOffset,
                         float[] weights, int weightsOffset, int length) {
        Checks.range("gradient", gradient, gradientOffset, length);
        Checks.range("squares", squares, squaresOffset, length);
        Checks.range("weights", weights, weightsOffset, length);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector g = FloatVector.fromArray(F, gradient, gradientOffset + i);
            FloatVector s = g.fma(g, FloatVector.fromArray(F, squares, squaresOffset + i));
            s.intoArray(squares, squaresOffset + i);
            FloatVector change = g.mul(learningRate).div(s.sqrt().add(epsilon));
            FloatVector.fromArray(F, weights, weightsOffset + i).sub(change).intoArray(weights, weightsOffset + i);
        }
        ScalarKernels.INSTANCE.adagrad(learningRate, epsilon, gradient, gradientOffset + i, squares, squaresOffset + i,
                weights, weightsOffset + i, length - i);
    }

    @Override
    default void adam(float stepSize, float rootCorrection, float beta1, float gain1, float beta2, float gain2, float epsilon, float decay,
                      float[] gradient, int gradientOffset, float[] first, int firstOffset, float[] second, int secondOffset,
                      float[] weights, int weightsOffset, int length) {
        Checks.range("gradient", gradient, gradientOffset, length);
        Checks.range("first", first, firstOffset, length);
        Checks.range("second", second, secondOffset, length);
        Checks.range("weights", weights, weightsOffset, length);
        FloatVector keep1 = FloatVector.broadcast(F, beta1);
        FloatVector keep2 = FloatVector.broadcast(F, beta2);
        FloatVector root = FloatVector.broadcast(F, rootCorrection);
        FloatVector small = FloatVector.broadcast(F, epsilon);
        FloatVector shrink = FloatVector.broadcast(F, decay);
        int i = 0;
        for (; i < F.loopBound(length); i += L) {
            FloatVector g = FloatVector.fromArray(F, gradient, gradientOffset + i);
            FloatVector m = FloatVector.fromArray(F, first, firstOffset + i).fma(keep1, g.mul(gain1));
            FloatVector v = FloatVector.fromArray(F, second, secondOffset + i).fma(keep2, g.mul(gain2).mul(g));
            m.intoArray(first, firstOffset + i);
            v.intoArray(second, secondOffset + i);
            FloatVector change = m.mul(stepSize).div(v.sqrt().fma(root, small));
            FloatVector.fromArray(F, weights, weightsOffset + i).fma(shrink, change.neg()).intoArray(weights, weightsOffset + i);
        }
        ScalarKernels.INSTANCE.adam(stepSize, rootCorrection, beta1, gain1, beta2, gain2, epsilon, decay, gradient, gradientOffset + i,
                first, firstOffset + i, second, secondOffset + i, weights, weightsOffset + i, length - i);
    }
}
