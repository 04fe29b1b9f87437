package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mean of many terms against the same mean in double precision, term by term. */
class BinaryCrossEntropyTest {
    /** The exponentials have 1 ULP, 1.2e-7; sums and products are in double precision. */
    private static final double TOLERANCE = 1.2e-7;

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "511, 1, 0", "512, 1, 0", "513, 1, 0", "2000, 1, 0", "2000, 1e-3, 0", "2000, 10, 0", "2000, 80, 0", "2000, 1, 30", "2000, 1, 70",
        // Every factor is 2, the largest there is: a product of 1024 overflows.
        "2048, 0, 0"})
    void agreesWithDoublePrecision(int length, double scale, double confidence) {
        SplitMix64 random = new SplitMix64(length);
        float[] logits = new float[length];
        float[] target = new float[length];
        double wanted = 0;
        for (int i = 0; i < length; i++) {
            // The surer of the right answer, the smaller each term: down to exp(-70), where nothing may be rounded away against 1.
            target[i] = confidence > 0 ? i % 2 : (float) random.nextDouble();
            logits[i] = (float) (scale * (2 * random.nextDouble() - 1) + (i % 2 == 1 ? confidence : -confidence));
            double x = logits[i];
            wanted += Math.max(x, 0) - x * target[i] + Math.log1p(Math.exp(-Math.abs(x)));
        }
        wanted /= length;
        double loss = Loss.binaryCrossEntropy(Kernels.best(), logits, 0, target, 0, new float[length], 0, length);
        assertEquals(1, loss / wanted, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"-Infinity, 1, Infinity", "NaN, 1, NaN", "200, 1, 0", "-200, 1, 200"})
    void saturatesAndPropagates(float logit, float target, double wanted) {
        assertEquals(wanted, Loss.binaryCrossEntropy(Kernels.best(), new float[] {logit}, 0, new float[] {target}, 0, new float[1], 0, 1));
    }
}
