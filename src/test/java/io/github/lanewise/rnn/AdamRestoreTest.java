package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamRestoreTest {
    private final Dense dense = Dense.create(3, 20, OutputActivation.IDENTITY, new SplitMix64(1));
    private final Gradients gradients = dense.newGradients();

    @Test
    void aRestoredOptimizerGoesOnWithTheSameBits() {
        Adam whole = adam();
        step(whole, 5);
        float[] weights = dense.weights().inputWeights();
        List<float[]> moments = whole.moments();
        assertEquals(5, whole.steps());
        step(whole, 3);
        float[] want = dense.weights().inputWeights();
        dense.weights().setInputWeights(weights);
        Adam restored = adam();
        restored.restore(5, moments);
        step(restored, 3);
        assertEquals(8, restored.steps());
        assertArrayEquals(want, dense.weights().inputWeights());
    }

    @Test
    void momentsOfOtherShapesAreRefused() {
        Adam adam = adam();
        assertMessage("steps: got -1, wanted >= 0", () -> adam.restore(-1, adam.moments()));
        assertMessage("moments: got 1 arrays, wanted 2", () -> adam.restore(1, adam.moments().subList(0, 1)));
        int length = adam.moments().getFirst().length;
        assertMessage("moments, array 1: got 3 numbers, wanted " + length, () -> adam.restore(1, List.of(new float[length], new float[3])));
        assertEquals(0, adam.steps());
    }

    private Adam adam() {
        return new Adam(Kernels.best(), 0.01, List.of(new Trainable(dense.weights(), gradients)));
    }

    private void step(Adam adam, int steps) {
        for (int i = 0; i < steps; i++) {
            float[] g = dense.weights().inputWeights();
            g[0] += adam.steps();
            gradients.setInputWeights(g);
            adam.step();
        }
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
