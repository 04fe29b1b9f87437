package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Bfloat16Cell;
import io.github.lanewise.rnn.CellState;
import java.util.Optional;

/** This library with weights stored as bfloat16. */
final class LanewiseBfloat16 implements Engine {
    @Override
    public String name() {
        return "lanewise-bf16";
    }

    @Override
    public String version() {
        return "backend " + Kernels.best() + ", weights in bfloat16";
    }

    /** Weights of 8 bits, and a few steps. */
    @Override
    public double bound(Task task) {
        return 0x1p-7;
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return task instanceof Step step ? Optional.of(new Stream(step)) : Optional.empty();
    }

    private static final class Stream implements Contestant {
        private final Bfloat16Cell layer;
        private final CellState state;
        private final float[] x;

        Stream(Step step) {
            layer = Layers.of(step.network(), Kernels.best()).toBfloat16();
            state = layer.newState();
            x = step.network().input(1, 1);
        }

        @Override
        public void run() {
            layer.step(x, 0, state);
        }

        @Override
        public float[][] output() {
            float[] h = new float[layer.units()];
            state.copyH(h, 0);
            return new float[][] {h};
        }
    }
}
