package io.github.lanewise.bench.report;

import static io.github.lanewise.bench.report.Samples.report;
import static io.github.lanewise.bench.report.Samples.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double THRESHOLD = 1.15;
    private final Report older = report(row("lstm 64x64", "lanewise", 98, 100, 103));

    @Test
    void slowerBeyondTheThresholdAndTheSpreadIsReported() {
        Comparison comparison = Comparison.of(older, report(row("lstm 64x64", "lanewise", 118, 120, 125)), THRESHOLD);
        assertTrue(comparison.slower());
        Comparison.Line line = comparison.lines().getFirst();
        assertEquals(1.2, line.ratio().median(), 1e-12);
        assertEquals(118 / 103.0, line.ratio().low(), 1e-12);
        assertEquals(125 / 98.0, line.ratio().high(), 1e-12);
        assertTrue(comparison.markdown().contains("SLOWER"), comparison.markdown());
    }

    @Test
    void withinTheThresholdIsFine() {
        assertFalse(Comparison.of(older, report(row("lstm 64x64", "lanewise", 112, 114, 116)), THRESHOLD).slower());
    }

    @Test
    void roundsThatOverlapProveNothing() {
        assertFalse(Comparison.of(older, report(row("lstm 64x64", "lanewise", 101, 130, 190)), THRESHOLD).slower());
    }

    @Test
    void driftOfTheMachineIsTakenOut() {
        Report then = report(row("lstm 64x64", "lanewise", 98, 100, 103), row("lstm 64x64", "careful", 300, 300, 300));
        Report slowMachine = report(row("lstm 64x64", "lanewise", 130, 135, 140), row("lstm 64x64", "careful", 400, 400, 400));
        assertFalse(Comparison.of(then, slowMachine, THRESHOLD).slower());
        Report fastMachine = report(row("lstm 64x64", "lanewise", 99, 100, 101), row("lstm 64x64", "careful", 200, 200, 200));
        assertTrue(Comparison.of(then, fastMachine, THRESHOLD).slower());
    }

    @Test
    void peersMayGetSlower() {
        Report then = report(row("lstm 64x64", "lanewise", 98, 100, 103), row("lstm 64x64", "onednn", 300, 300, 300));
        Report now = report(row("lstm 64x64", "lanewise", 98, 100, 103), row("lstm 64x64", "onednn", 900, 900, 900));
        assertFalse(Comparison.of(then, now, THRESHOLD).slower());
    }

    @Test
    void nothingInCommonIsAnError() {
        Report other = report(row("lstm 32x32", "lanewise", 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(older, other, THRESHOLD));
    }
}
