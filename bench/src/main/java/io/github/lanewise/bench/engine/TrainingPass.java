package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Training;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.RecurrentCell;

/** A forward and a backward pass of this library, from a zero state and zero gradients. */
abstract class TrainingPass implements Contestant {
    final RecurrentCell layer;
    final int steps;
    final CellState state;
    final CellState dState;
    final Gradients gradients;
    final float[] x;
    final float[] y;
    final float[] dy;
    final float[] dx;

    TrainingPass(Kernels kernels, Training training) {
        layer = Layers.of(training.network(), kernels);
        steps = training.steps();
        int batch = training.batch();
        state = layer.newState(batch);
        dState = layer.newState(batch);
        gradients = layer.newGradients();
        x = training.network().input(steps, batch);
        dy = training.network().outputGradient(steps, batch);
        y = new float[dy.length];
        dx = new float[x.length];
    }

    /** From {@link #x} and {@link #state} to {@link #y}. */
    abstract void forward();

    /** From {@link #dy} and {@link #dState} to {@link #gradients} and {@link #dx}. */
    abstract void backward();

    @Override
    public final void run() {
        state.reset();
        forward();
        dState.reset();
        gradients.zero();
        backward();
    }

    @Override
    public final float[][] output() {
        return new float[][] {y.clone(), dx.clone(), gradients.inputWeights(), gradients.recurrentWeights(), gradients.bias()};
    }
}
