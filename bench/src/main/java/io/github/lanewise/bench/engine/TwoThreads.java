package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import io.github.lanewise.kernel.Kernels;
import java.util.Optional;

/** This library on two threads, where there is work for two. */
final class TwoThreads implements Engine {
    private static final int THREADS = 2;

    private final Kernels kernels;

    TwoThreads(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "two-threads";
    }

    @Override
    public String version() {
        return "backend " + kernels + ", two threads on one model";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return switch (task) {
            case Training training when training.batch() >= THREADS -> Optional.of(new ParallelTraining(kernels, training, THREADS));
            case Streams streams -> Optional.of(new ParallelStreams(kernels, streams, THREADS));
            default -> Optional.empty();
        };
    }
}
