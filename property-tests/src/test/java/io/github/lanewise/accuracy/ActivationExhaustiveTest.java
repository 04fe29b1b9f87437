package io.github.lanewise.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Kernels;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * exp, tanh and sigmoid over all 2^32 floats on both backends: error against double, order, bits, oddness, NaN. Runs with
 * {@code ./mvnw -Pexhaustive verify}; takes minutes.
 */
@Tag("exhaustive")
class ActivationExhaustiveTest {
    /** Ranges are joined by one common value, so that the order is checked across them. */
    private static final int PARTS = 256;

    @ParameterizedTest
    @EnumSource
    void everyFloatIsAccurateAndInOrder(FloatFunction function) {
        long start = System.nanoTime();
        Scan scan = IntStream.range(0, 2 * PARTS).parallel().mapToObj(i -> {
            int part = i / 2;
            long from = (Scan.INFINITY + 1L) * part / PARTS;
            long to = (Scan.INFINITY + 1L) * (part + 1) / PARTS;
            return new Scan(function).over((int) Math.max(0, from - 1), to, 1, i % 2 == 1);
        }).reduce(Scan::join).orElseThrow();
        System.out.printf("%s: %d s on %s%n", function, (System.nanoTime() - start) / 1_000_000_000, Kernels.simd().map(Object::toString).orElse("scalar only"));
        scan.verify();
    }

    @ParameterizedTest
    @EnumSource
    void everyNaNStaysSo(FloatFunction function) {
        int chunk = 1 << 12;
        float[] x = new float[chunk];
        float[] y = new float[chunk];
        long seen = 0;
        for (long pattern = Scan.INFINITY + 1L; pattern <= 0x7fff_ffffL; pattern += chunk) {
            for (int sign = 0; sign < 2; sign++) {
                int n = (int) Math.min(chunk, 0x8000_0000L - pattern);
                for (int i = 0; i < n; i++) {
                    x[i] = Float.intBitsToFloat((int) (pattern + i) | sign << 31);
                }
                for (Kernels k : new Kernels[] {Kernels.scalar(), Kernels.best()}) {
                    function.run(k, x, y, n);
                    for (int i = 0; i < n; i++) {
                        assertEquals(Float.NaN, y[i]);
                    }
                }
                seen += n;
            }
        }
        assertEquals((1 << 24) - 2, seen);
    }

    @Test
    void tanhIsOddToTheBitEverywhere() {
        IntStream.range(0, PARTS).parallel().forEach(part -> {
            int chunk = 1 << 12;
            float[] x = new float[chunk];
            float[] y = new float[chunk];
            float[] ofMinusX = new float[chunk];
            long to = (Scan.INFINITY + 1L) * (part + 1) / PARTS;
            for (long pattern = (Scan.INFINITY + 1L) * part / PARTS; pattern < to; pattern += chunk) {
                int n = (int) Math.min(chunk, to - pattern);
                for (int i = 0; i < n; i++) {
                    x[i] = Float.intBitsToFloat((int) (pattern + i));
                }
                Kernels.best().tanh(x, 0, y, 0, n);
                for (int i = 0; i < n; i++) {
                    x[i] = -x[i];
                }
                Kernels.best().tanh(x, 0, ofMinusX, 0, n);
                for (int i = 0; i < n; i++) {
                    assertEquals(-y[i], ofMinusX[i]);
                }
            }
        });
    }
}
