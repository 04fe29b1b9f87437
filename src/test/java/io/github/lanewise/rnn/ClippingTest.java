package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClippingTest {
    private final Dense first = Dense.create(1, 2, OutputActivation.IDENTITY, new SplitMix64(1));
    private final Dense second = Dense.create(2, 1, OutputActivation.IDENTITY, new SplitMix64(2));
    private final Gradients firstGradients = first.newGradients();
    private final Gradients secondGradients = second.newGradients();
    private final Sgd optimizer = new Sgd(Kernels.best(), 1, 0,
            List.of(new Trainable(first.weights(), firstGradients), new Trainable(second.weights(), secondGradients)));

    /** 3-4-12 in two layers: the norm of all is 13, that of each alone 5 or 12. */
    private void setGradients() {
        firstGradients.setInputWeights(new float[] {3, -4});
        secondGradients.setInputWeights(new float[] {12, 0});
    }

    @Test
    void aLargeNormIsScaledOverAllLayers() {
        setGradients();
        assertEquals(13, optimizer.clipGlobalNorm(6.5), 1e-6);
        assertArrayEquals(new float[] {1.5f, -2}, firstGradients.inputWeights(), 1e-6f);
        assertArrayEquals(new float[] {6, 0}, secondGradients.inputWeights(), 1e-6f);
    }

    @Test
    void aSmallNormStays() {
        setGradients();
        assertEquals(13, optimizer.clipGlobalNorm(13.1), 1e-6);
        assertArrayEquals(new float[] {3, -4}, firstGradients.inputWeights());
        assertArrayEquals(new float[] {12, 0}, secondGradients.inputWeights());
    }

    @Test
    void aNormThatIsNotFiniteIsReportedAndLeftAlone() {
        firstGradients.setInputWeights(new float[] {Float.NaN, 1});
        secondGradients.setInputWeights(new float[] {5, 0});
        assertEquals(Double.NaN, optimizer.clipGlobalNorm(1));
        assertArrayEquals(new float[] {5, 0}, secondGradients.inputWeights());
    }

    @Test
    void aNegativeBoundIsRefused() {
        assertEquals("maximum norm: got -1.0, wanted 0 to Infinity",
                assertThrows(IllegalArgumentException.class, () -> optimizer.clipGlobalNorm(-1)).getMessage());
    }
}
