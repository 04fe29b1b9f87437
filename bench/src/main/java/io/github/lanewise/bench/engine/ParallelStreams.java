package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Team;
import java.util.function.IntConsumer;

/** Streams through one layer, each on a thread of a team; a team of one does them in turn. */
final class ParallelStreams implements Contestant {
    private final RecurrentCell layer;
    private final Team team;
    private final CellState[] states;
    private final float[] x;
    private final IntConsumer part = this::steps;

    ParallelStreams(Kernels kernels, Streams streams, int threads) {
        layer = Layers.of(streams.network(), kernels);
        team = new Team(threads);
        states = new CellState[streams.streams()];
        for (int i = 0; i < states.length; i++) {
            states[i] = layer.newState();
        }
        x = streams.network().input(1, 1);
    }

    private void steps(int stream) {
        CellState state = states[stream];
        for (int step = 0; step < Streams.STEPS; step++) {
            layer.step(x, 0, state);
        }
    }

    @Override
    public void run() {
        team.run(states.length, part);
    }

    @Override
    public float[][] output() {
        float[][] hidden = new float[states.length][layer.units()];
        for (int i = 0; i < states.length; i++) {
            states[i].copyH(hidden[i], 0);
        }
        return hidden;
    }

    @Override
    public void close() {
        team.close();
    }
}
