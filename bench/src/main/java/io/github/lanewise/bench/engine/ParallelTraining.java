package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Training;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.BatchParallel;
import io.github.lanewise.rnn.BatchParallelTape;
import io.github.lanewise.rnn.Team;

/** Training with the batch cut into as many slices as there are threads. */
final class ParallelTraining extends TrainingPass {
    private final Team team;
    private final BatchParallel passes;
    private final BatchParallelTape tape;

    ParallelTraining(Kernels kernels, Training training, int threads) {
        super(kernels, training);
        team = new Team(threads);
        passes = new BatchParallel(layer, threads, team);
        tape = passes.newTape(steps, training.batch());
    }

    @Override
    void forward() {
        passes.forward(x, 0, steps, state, tape, y, 0);
    }

    @Override
    void backward() {
        passes.backward(dy, 0, tape, dState, gradients, dx, 0);
    }

    @Override
    public void close() {
        team.close();
    }
}
