package io.github.lanewise.word2vec.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CorrelationTest {
    @Test
    void equalNumbersShareTheAverageOfTheirRanks() {
        assertArrayEquals(new double[] {4, 1.5, 4, 1.5, 4, 6}, Correlation.ranks(new double[] {7, 2, 7, 2, 7, 9}));
        assertArrayEquals(new double[] {1.5, 1.5}, Correlation.ranks(new double[] {-0.0, 0.0}.clone()), 0.0);
    }

    /** Without ties 1 - 6 sum d^2 / (n (n^2 - 1)): differences 0,1,1,0,0, so 1 - 12/120. */
    @Test
    void spearmanWithoutTiesIsTheTextbookFormula() {
        assertEquals(0.9, Correlation.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {10, 30, 20, 400, 5000}), 1e-12);
        assertEquals(-1, Correlation.spearman(new double[] {1, 2, 3}, new double[] {9, 4, 1}), 1e-12);
    }

    /** Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: deviations -1.5, 0, 0, 1.5 and -1.5, .5, -.5, 1.5; 4.5 / sqrt(4.5 * 5). */
    @Test
    void spearmanWithTiesIsPearsonOfTheRanks() {
        assertEquals(4.5 / Math.sqrt(4.5 * 5), Correlation.spearman(new double[] {1, 2, 2, 3}, new double[] {1, 5, 2, 9}), 1e-12);
    }

    /** Means 2 and 5, deviations -1, 0, 1 and -3, -1, 4: 7 / sqrt(2 * 26). */
    @Test
    void pearsonByHand() {
        assertEquals(7 / Math.sqrt(52), Correlation.pearson(new double[] {1, 2, 3}, new double[] {2, 4, 9}), 1e-12);
    }

    @Test
    void nothingToCompareIsNaN() {
        assertTrue(Double.isNaN(Correlation.spearman(new double[] {1, 1}, new double[] {1, 2})));
        assertTrue(Double.isNaN(Correlation.pearson(new double[] {1}, new double[] {2})));
        assertTrue(Double.isNaN(Correlation.spearman(new double[0], new double[0])));
        assertThrows(IllegalArgumentException.class, () -> Correlation.spearman(new double[1], new double[2]));
    }
}
