package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final float[] X = {0.5f, -1};

    @Test
    void aWarmUpInTheBackgroundChangesTheBackendButNotABit() throws InterruptedException {
        Lstm lstm = Lstm.create(2, 40, new SplitMix64(1));
        CellState state = lstm.newState();
        CellState wanted = lstm.newState();
        Lstm scalar = lstm.on(Kernels.scalar());

        Thread warmUp = lstm.warmUpInBackground(1);
        assertTrue(warmUp.isDaemon());
        assertSame(Kernels.scalar(), lstm.kernels);
        while (warmUp.isAlive()) {
            lstm.step(X, 0, state);
            scalar.step(X, 0, wanted);
        }
        warmUp.join();
        assertSame(Kernels.best(), lstm.kernels);
        lstm.step(X, 0, state);
        scalar.step(X, 0, wanted);
        assertArrayEquals(hidden(wanted), hidden(state));
    }

    @Test
    void aSecondWarmUpReturnsToTheOwnBackend() throws InterruptedException {
        Lstm lstm = Lstm.create(2, 40, new SplitMix64(1));
        Thread first = lstm.warmUpInBackground(1);
        Thread second = lstm.warmUpInBackground(1);
        first.join();
        second.join();
        assertSame(Kernels.best(), lstm.kernels);
    }

    @Test
    void aLayerMadeDuringAWarmUpRunsOnTheOwnBackend() throws InterruptedException {
        Lstm lstm = Lstm.create(2, 40, new SplitMix64(1));
        Thread warmUp = lstm.warmUpInBackground(1);
        assertSame(Kernels.best(), lstm.toBfloat16().kernels);
        warmUp.join();
    }

    @Test
    void warmingUpLeavesTheWeightsAlone() {
        Rnn rnn = Rnn.create(2, 5, Activation.RELU, new SplitMix64(1));
        float[] before = rnn.weights().recurrentWeights();
        rnn.warmUp(3);
        rnn.warmUp(4, 2);
        rnn.toBfloat16().warmUp(2);
        assertArrayEquals(before, rnn.weights().recurrentWeights());
        assertThrows(IllegalArgumentException.class, () -> rnn.warmUp(0));
        assertThrows(IllegalArgumentException.class, () -> rnn.warmUpInBackground(0));
        assertThrows(IllegalArgumentException.class, () -> rnn.toBfloat16().warmUp(0));
    }

    private static float[] hidden(CellState state) {
        float[] h = new float[40];
        state.copyH(h, 0);
        return h;
    }
}
