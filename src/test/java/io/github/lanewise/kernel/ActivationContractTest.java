package io.github.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What element-wise kernels and cell phases refuse, in which words, that they have written nothing then, and the rows softmax cannot answer. */
class ActivationContractTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private final float[] x = new float[10];
    private final float[] y = filled(10);

    static Stream<Kernels> backends() {
        return Stream.concat(Stream.of(Kernels.scalar()), Kernels.simd().stream());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rangesOutsideTheirArraysAreRefused(Kernels k) {
        refused(IndexOutOfBoundsException.class, "x: got offset 3 and length 8, wanted a range inside an array of 10 floats",
                () -> k.tanh(x, 3, y, 0, 8));
        refused(IndexOutOfBoundsException.class, "y: got offset 3 and length 8, wanted a range inside an array of 10 floats",
                () -> k.sigmoid(x, 0, y, 3, 8));
        refused(IllegalArgumentException.class, "x length: got -1, wanted >= 0", () -> k.exp(x, 0, y, 0, -1));
        refused(IndexOutOfBoundsException.class, "dy: got offset -1 and length 2, wanted a range inside an array of 10 floats",
                () -> k.tanhBackward(x, 0, x, -1, y, 0, 2));
        refused(IndexOutOfBoundsException.class, "dx: got offset 9 and length 2, wanted a range inside an array of 10 floats",
                () -> k.softmaxBackward(x, 0, x, 0, y, 9, 2));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void softmaxWantsAnElementAndATargetAmongThem(Kernels k) {
        refused(IllegalArgumentException.class, "length: got 0, wanted >= 1", () -> k.softmax(x, 0, y, 0, 0));
        refused(IllegalArgumentException.class, "length: got 0, wanted >= 1", () -> k.softmaxCrossEntropy(x, 0, 0, y, 0, 0));
        refused(IndexOutOfBoundsException.class, "target: got 5, wanted 0 to 4", () -> k.softmaxCrossEntropy(x, 0, 5, y, 0, 5));
        refused(IndexOutOfBoundsException.class, "target: got -1, wanted 0 to 4", () -> k.softmaxCrossEntropy(x, 0, -1, y, 0, 5));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rowsWithoutAnAnswerBecomeNaN(Kernels k) {
        for (int length : new int[] {1, 3, 16, 37}) {
            for (float bad : new float[] {Float.NaN, INFINITY}) {
                float[] row = new float[length];
                row[length / 2] = bad;
                assertAllNaN(k, row);
            }
            float[] row = new float[length];
            Arrays.fill(row, -INFINITY);
            assertAllNaN(k, row);
        }
        float[] row = {1, -INFINITY, 1};
        k.softmax(row, 0, row, 0, 3);
        assertArrayEquals(new float[] {0.5f, 0, 0.5f}, row);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void cellPhasesRefuseWhatDoesNotFit(Kernels k) {
        refused(IllegalArgumentException.class, "units: got 15, wanted a multiple of 16, >= 0",
                () -> k.lstmForward(y, 0, 64, x, 0, y, 0, y, 0, 16, y, 0, 16, 1, 15));
        refused(IllegalArgumentException.class, "rows: got -1, wanted >= 0",
                () -> k.elmanForward(Activation.TANH, x, 0, 16, 16, y, 0, 16, -1, 16));
        assertThrows(IndexOutOfBoundsException.class, () -> k.lstmForward(y, 0, 64, x, 0, y, 0, y, 0, 16, y, 0, 16, 1, 16));
        refused(IndexOutOfBoundsException.class, "cNext: got an array of 10 floats, wanted at least 16 (offset 0, strides 16, 16)",
                () -> k.lstmForward(filled(64), 0, 64, filled(16), 0, y, 0, filled(16), 0, 16, filled(16), 0, 16, 1, 16));
        refused(IndexOutOfBoundsException.class, "dc: got an array of 10 floats, wanted at least 16 (offset 0, strides 16, 16)",
                () -> k.lstmBackward(filled(64), 0, 64, filled(16), 0, filled(16), 0, filled(16), 0, y, 0, 16, 1, 16));
        refused(IndexOutOfBoundsException.class, "tanhC: got an array of 32 floats, wanted at least 56 (offset 0, strides 40, 16)",
                () -> k.lstmBackward(filled(128), 0, 64, filled(56), 0, filled(32), 0, filled(32), 0, filled(56), 0, 40, 1, 32));
        assertThrows(IndexOutOfBoundsException.class, () -> k.lstmBackward(filled(64), 0, 64, filled(16), 0, filled(16), 0, x, 0, y, 0, 16, 1, 16));
        assertThrows(IndexOutOfBoundsException.class, () -> k.elmanBackward(Activation.RELU, x, 0, 16, x, 0, y, 0, 16, 16, 1, 16));
        assertArrayEquals(filled(10), y);
    }

    private void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
        assertArrayEquals(filled(10), y);
    }

    private static void assertAllNaN(Kernels k, float[] row) {
        float[] y = new float[row.length];
        k.softmax(row, 0, y, 0, row.length);
        for (float value : y) {
            assertTrue(Float.isNaN(value), () -> k + " of " + Arrays.toString(row) + ": " + Arrays.toString(y));
        }
        assertTrue(Float.isNaN(k.softmaxCrossEntropy(row, 0, 0, y, 0, row.length)), k + " loss of " + Arrays.toString(row));
    }

    private static float[] filled(int length) {
        float[] array = new float[length];
        Arrays.fill(array, 7);
        return array;
    }
}
