package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A warm-up in the background exchanges the kernels of a layer while others use it: between any two products of a pass. */
class KernelExchangeTest {
    private static final int STEPS = 2;
    private static final int BATCH = 7;

    @Test
    void aBackwardPassGoesOnOnOtherKernels() {
        Lstm lstm = Lstm.create(160, 160, new SplitMix64(1));
        float[] wanted = inputGradients(lstm, Kernels.best(), Kernels.best());
        assertArrayEquals(wanted, inputGradients(lstm, Kernels.scalar(), Kernels.best()), "exchanged for the best");
        assertArrayEquals(wanted, inputGradients(lstm, Kernels.best(), Kernels.scalar()), "exchanged for the scalar ones");
    }

    private static float[] inputGradients(Lstm lstm, Kernels before, Kernels after) {
        float[] x = random(2, STEPS * BATCH * lstm.inputs());
        float[] dy = random(3, STEPS * BATCH * lstm.units());
        float[] dx = new float[x.length];
        Arrays.fill(dx, Float.NaN);
        CellTape tape = lstm.newTape(STEPS, BATCH);
        lstm.forward(x, 0, STEPS, lstm.newState(BATCH), tape, new float[dy.length], 0);
        lstm.kernels = before;
        BackwardPass.throughTime(lstm, dy, 0, tape, lstm.newState(BATCH), dx, 0);
        lstm.kernels = after;
        BackwardPass.inputGradients(lstm, tape, dx, 0);
        return dx;
    }

    private static float[] random(long seed, int length) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
