package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.oracle.Ball;

/** Holds a float result to a double one, element by element, within the bounds of ball arithmetic. */
final class Within {
    /** Double rounds 2^29 times finer than float: its own errors must be invisible beside the bound. */
    private static final double DOUBLE = 0x1p-10;

    private Within() {
    }

    static void assertWithin(String what, float[] got, double[] exact, Ball[] balls) {
        assertEquals(exact.length, got.length, what);
        assertEquals(exact.length, balls.length, what);
        for (int i = 0; i < got.length; i++) {
            double bound = balls[i].radius();
            double error = Math.abs(got[i] - exact[i]);
            if (!(error <= bound)) {
                throw new AssertionError(what + " " + i + ": got " + got[i] + ", wanted " + exact[i] + " +- " + bound + ", error " + error);
            }
            double apart = Math.abs(balls[i].value() - exact[i]);
            assertTrue(apart <= DOUBLE * bound, () -> what + ": the bound is of another value, off by " + apart);
        }
    }
}
