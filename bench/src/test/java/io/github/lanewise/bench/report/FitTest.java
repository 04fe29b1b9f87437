package io.github.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FitTest {
    @Test
    void aLineIsFoundExactly() {
        Fit fit = Fit.of(new double[] {10, 20, 50}, new double[] {23, 43, 103});
        assertEquals(2, fit.slope(), 1e-12);
        assertEquals(3, fit.intercept(), 1e-12);
        assertEquals(1, fit.r2(), 1e-12);
    }

    @Test
    void pointsOffTheLineLowerR2() {
        // By hand: means 2 and 2, xx 2, xy 1, yy 2.
        Fit fit = Fit.of(new double[] {1, 2, 3}, new double[] {1, 3, 2});
        assertEquals(0.5, fit.slope(), 1e-12);
        assertEquals(1, fit.intercept(), 1e-12);
        assertEquals(0.25, fit.r2(), 1e-12);
    }

    @Test
    void onePointIsNoLine() {
        assertThrows(IllegalArgumentException.class, () -> Fit.of(new double[] {5, 5}, new double[] {1, 2}));
    }
}
