package io.github.lanewise.bench.engine;

import java.util.Arrays;

/** Steps and sequences around a step written in plain Java: one row of inputs is a stream that goes on, more are a sequence from zero. */
final class PlainCell implements Contestant {
    /** One step; keeps its own cell state. */
    interface StepFunction {
        void reset();

        void step(float[] x, int offset, float[] h);
    }

    private final StepFunction function;
    private final float[] x;
    private final float[] h;
    private final float[] y;
    private final int steps;

    PlainCell(StepFunction function, float[] x, int steps, int hidden) {
        this.function = function;
        this.x = x;
        this.steps = steps;
        h = new float[hidden];
        y = new float[steps * hidden];
    }

    @Override
    public void run() {
        if (steps == 1) {
            function.step(x, 0, h);
            return;
        }
        function.reset();
        Arrays.fill(h, 0);
        int inputs = x.length / steps;
        for (int t = 0; t < steps; t++) {
            function.step(x, t * inputs, h);
            System.arraycopy(h, 0, y, t * h.length, h.length);
        }
    }

    @Override
    public float[][] output() {
        return new float[][] {steps == 1 ? h.clone() : y.clone()};
    }
}
