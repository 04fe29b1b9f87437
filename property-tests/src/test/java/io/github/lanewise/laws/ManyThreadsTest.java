package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.laws.Experiment.Kind;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.RecurrentCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One layer, several threads, each with a state, a tape and gradients of its own: the same bits as one thread. */
class ManyThreadsTest {
    private static final int THREADS = 6;
    private static final int ROUNDS = 60;
    /** About as long as forward and backward, so that scratch memory of steps is shared for half of the time if it is shared. */
    private static final int STEPS = 40;

    @ParameterizedTest
    @EnumSource(names = {"LSTM", "TANH"})
    void manyThreadsGiveTheBitsOfOne(Kind kind) throws Exception {
        Experiment shared = new Experiment(kind, 19, 37, 12, 3, 1);
        RecurrentCell cell = shared.cell(Kernels.best());
        List<float[]> wanted = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            wanted.add(work(cell, new Experiment(kind, 19, 37, 12, 3, 100 + thread)));
        }
        CountDownLatch start = new CountDownLatch(THREADS);
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<float[]>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Experiment own = new Experiment(kind, 19, 37, 12, 3, 100 + thread);
                Callable<float[]> task = () -> {
                    start.countDown();
                    start.await();
                    return work(cell, own);
                };
                results.add(pool.submit(task));
            }
            for (int thread = 0; thread < THREADS; thread++) {
                assertArrayEquals(wanted.get(thread), results.get(thread).get(), "thread " + thread);
            }
        }
    }

    /** Streams, runs and differentiates for a while; returns all that came out last. */
    private static float[] work(RecurrentCell cell, Experiment own) {
        CellState stream = own.firstState(cell);
        CellState state = own.firstState(cell);
        CellTape tape = cell.newTape(own.steps, own.batch);
        Gradients gradients = cell.newGradients();
        float[] y = new float[own.steps * own.batch * own.units];
        float[] dx = new float[own.x.length];
        float[] h = new float[own.batch * own.units];
        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < STEPS; step++) {
                cell.step(own.x, step % own.steps * own.batch * own.inputs, stream);
            }
            cell.forward(own.x, 0, own.steps, own.lengths, state, tape, y, 0);
            cell.backward(own.dy, 0, tape, own.state(cell, own.batch, own.dhT, own.dcT, 0), gradients, dx, 0);
        }
        stream.copyH(h, 0);
        List<float[]> parts = List.of(y, dx, h, gradients.inputWeights(), gradients.recurrentWeights(), gradients.bias());
        float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return Arrays.copyOf(all, at);
    }
}
