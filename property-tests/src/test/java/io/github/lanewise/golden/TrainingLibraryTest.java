package io.github.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library learns what PyTorch learns: forward, loss, backward through time, clipping and optimizer in one chain. */
class TrainingLibraryTest {
    /** Float rounding grows with every update, so the runs are compared up to this iteration. */
    private static final int LAST = 10;
    private static final double BOUND = 1e-6;

    static List<TrainingTask> tasks() {
        return TrainingTask.all();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void firstStepsFollowPyTorch(TrainingTask task) {
        TrainingTrace trace = TrainingTrace.of(task.name());
        LibraryLearner learner = new LibraryLearner(task, Kernels.best());
        double worst = 0;
        for (int i = 0; i <= LAST; i++) {
            double loss = learner.learn(task.window(i)).loss();
            double error = Math.abs(loss - trace.losses()[i]);
            assertTrue(trace.iterations()[i] == i && error <= BOUND, "iteration " + i + ": loss " + loss + ", PyTorch's " + trace.losses()[i]);
            worst = Math.max(worst, error);
        }
        System.out.printf(Locale.ROOT, "training %s: loss off by at most %.1e up to iteration %d%n", task, worst, LAST);
    }

    /** A whole run has the same bits on both backends. */
    @ParameterizedTest
    @MethodSource("tasks")
    void wholeRunsHaveTheSameBitsOnBothBackends(TrainingTask task) {
        LibraryLearner scalar = new LibraryLearner(task, Kernels.scalar());
        LibraryLearner best = new LibraryLearner(task, Kernels.best());
        for (int i = 0; i < 60; i++) {
            TrainingTask.Window window = task.window(i);
            Learner.Progress a = scalar.learn(window);
            Learner.Progress b = best.learn(window);
            assertTrue(a.equals(b), () -> a + " on the scalar backend, " + b + " on " + Kernels.best());
        }
        for (int i = 0; i < scalar.weights().length; i++) {
            assertArrayEquals(scalar.weights()[i], best.weights()[i]);
        }
    }
}
