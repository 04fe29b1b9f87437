package io.github.lanewise.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final float[][] WANTED = {{1, -4}, {0.5f}};

    private static double check(float[][] got, double bound) {
        return Agreement.check("task", "ours", WANTED, "theirs", got, bound);
    }

    @Test
    void theErrorIsRelativeToTheLargestOfTheArray() {
        assertEquals(0.25, check(new float[][] {{2, -4}, {0.5f}}, 0.3));
        assertEquals(0, check(WANTED, 0));
    }

    @Test
    void moreThanTheBoundIsAnErrorThatNamesThePlace() {
        String message = assertThrows(IllegalStateException.class, () -> check(new float[][] {{1, -4}, {0.6f}}, 0.1)).toString();
        assertTrue(message.contains("theirs against ours") && message.contains("array 1, element 0"), message);
    }

    @Test
    void notANumberNeverAgrees() {
        assertThrows(IllegalStateException.class, () -> check(new float[][] {{Float.NaN, -4}, {0.5f}}, 10));
    }

    @Test
    void otherShapesAndAllZeroReferencesAreRefused() {
        assertThrows(IllegalStateException.class, () -> check(new float[][] {{1, -4}}, 1));
        assertThrows(IllegalStateException.class, () -> check(new float[][] {{1, -4}, {1, 2}}, 1));
        float[][] zero = {{0, 0}};
        assertThrows(IllegalStateException.class, () -> Agreement.check("task", "ours", zero, "theirs", zero, 1));
    }
}
