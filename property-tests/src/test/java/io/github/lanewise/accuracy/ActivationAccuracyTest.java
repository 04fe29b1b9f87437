package io.github.lanewise.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** exp, tanh and sigmoid: error, order and special values over a sample of all floats. {@link ActivationExhaustiveTest} takes them all. */
class ActivationAccuracyTest {
    /** A prime near 2^12: the sample meets every exponent and ever other low bits. */
    private static final int STRIDE = 4099;
    private static final int NEIGHBOURS = 300;

    /** Where formulas change or saturate; the scan looks at the floats around each. */
    private static final float[] TURNS = {Float.MIN_NORMAL, 0x1p-24f, 0x1p-12f, 1e-4f, 0.25f, 0.3465736f, 0.55f, 0.625f, 0.6931472f, 0.9375f, 1, 2, 4, 8, 9.010913f,
        10, 16.635532f, 17.32868f, 18, 20, 44, 87.33654f, 88.02969f, 88.37626f, 88.72284f, 89, 103.27893f, 103.97208f, 104, 128, 0x1p23f, 0x1p31f};

    @ParameterizedTest
    @EnumSource
    void everyStrideAndTheTurnsAreAccurateAndInOrder(FloatFunction function) {
        Scan scan = new Scan(function);
        for (boolean negative : new boolean[] {false, true}) {
            scan.over(0, Scan.INFINITY + 1L, STRIDE, negative);
            scan.over(0, NEIGHBOURS, 1, negative);
            scan.over(Scan.INFINITY - NEIGHBOURS, Scan.INFINITY + 1L, 1, negative);
            for (float turn : TURNS) {
                int at = Float.floatToIntBits(turn);
                scan.over(at - NEIGHBOURS, at + (long) NEIGHBOURS, 1, negative);
            }
        }
        scan.verify();
    }

    /** NaN of any sign and payload stays NaN. */
    @ParameterizedTest
    @EnumSource
    void notANumberStaysSo(FloatFunction function) {
        float[] x = new float[1 << 12];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat((Scan.INFINITY + 1 + i * 2047) | (i << 31));
        }
        backends().forEach(k -> {
            float[] y = new float[x.length];
            function.run(k, x, y, x.length);
            for (int i = 0; i < x.length; i++) {
                assertTrue(Float.isNaN(x[i]) && Float.isNaN(y[i]), k + ": " + Integer.toHexString(Float.floatToRawIntBits(x[i])));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(floats = {0, Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 1e-30f, 1e-10f, 1e-5f})
    void tinyArgumentsOfTanhComeBackAsTheyAre(float x) {
        forEach(FloatFunction.TANH, x, (k, y) -> assertEquals(x, y, k::toString));
        forEach(FloatFunction.TANH, -x, (k, y) -> assertEquals(-x, y, k::toString));
    }

    @Test
    void tanhIsOddToTheBit() {
        int length = Scan.INFINITY / STRIDE;
        float[] x = new float[length];
        float[] minusX = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = Float.intBitsToFloat(i * STRIDE);
            minusX[i] = -x[i];
        }
        backends().forEach(k -> {
            float[] y = new float[length];
            float[] ofMinusX = new float[length];
            k.tanh(x, 0, y, 0, length);
            k.tanh(minusX, 0, ofMinusX, 0, length);
            for (int i = 0; i < length; i++) {
                assertEquals(-y[i], ofMinusX[i], k + " at " + minusX[i]);
            }
        });
    }

    @Test
    void saturationIsExact() {
        for (float x : List.of(9.02f, 9.1f, 10f, 20f, 50f, 89f, 1000f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY)) {
            forEach(FloatFunction.TANH, x, (k, y) -> assertEquals(1f, y, k + " tanh " + x));
            forEach(FloatFunction.TANH, -x, (k, y) -> assertEquals(-1f, y, k + " tanh " + -x));
        }
        for (float x : List.of(17.4f, 20f, 50f, 89f, 1000f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY)) {
            forEach(FloatFunction.SIGMOID, x, (k, y) -> assertEquals(1f, y, k + " sigmoid " + x));
        }
        for (float x : List.of(104f, 150f, 1000f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY)) {
            forEach(FloatFunction.SIGMOID, -x, (k, y) -> assertEquals(0f, y, k + " sigmoid " + -x));
            forEach(FloatFunction.EXP, -x, (k, y) -> assertEquals(0f, y, k + " exp " + -x));
        }
        for (float x : List.of(88.7229f, 89f, 1000f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY)) {
            forEach(FloatFunction.EXP, x, (k, y) -> assertEquals(Float.POSITIVE_INFINITY, y, k + " exp " + x));
        }
    }

    @Test
    void zeroIsExact() {
        for (float zero : new float[] {0f, -0f}) {
            forEach(FloatFunction.EXP, zero, (k, y) -> assertEquals(1f, y));
            forEach(FloatFunction.SIGMOID, zero, (k, y) -> assertEquals(0.5f, y));
            forEach(FloatFunction.TANH, zero, (k, y) -> assertEquals(zero, y));
        }
    }

    /** The far tail of sigmoid, down to the subnormals, is where other libraries return 0 or 1e-8. */
    @Test
    void tailOfSigmoidKeepsItsBits() {
        for (float x : List.of(-17f, -40f, -80f, -87f, -88f, -95f, -100f, -103f)) {
            forEach(FloatFunction.SIGMOID, x, (k, y) -> assertTrue(y > 0 && Tolerance.ulps(y, StrictMath.exp(x)) <= 2, k + " sigmoid(" + x + ") = " + y));
        }
    }

    private static Stream<Kernels> backends() {
        return Stream.concat(Stream.of(Kernels.scalar()), Kernels.simd().stream());
    }

    /** Runs one value at every place of an array of two vectors and a bit, so that vector and remainder see it. */
    private static void forEach(FloatFunction function, float x, BiConsumer<Kernels, Float> assertion) {
        backends().forEach(k -> {
            float[] xs = new float[37];
            float[] ys = new float[xs.length];
            Arrays.fill(xs, x);
            function.run(k, xs, ys, xs.length);
            for (float y : ys) {
                assertion.accept(k, y);
            }
        });
    }
}
