package io.github.lanewise.bench.anchors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Lstm;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddingTest {
    private static final int ROWS = 50;

    @Test
    void twoNumbersAreMarkedOneInEachHalfAndTheTargetIsTheirSum() {
        float[] xs = new float[Adding.LENGTH * ROWS * 2];
        float[] targets = new float[ROWS];
        Adding.draw(new Random(7), xs, targets);
        boolean[] seen = new boolean[Adding.LENGTH];
        for (int row = 0; row < ROWS; row++) {
            float sum = 0;
            int[] marks = new int[2];
            for (int step = 0; step < Adding.LENGTH; step++) {
                float number = xs[(step * ROWS + row) * 2];
                float mark = xs[(step * ROWS + row) * 2 + 1];
                assertTrue(number >= 0 && number < 1 && (mark == 0 || mark == 1), number + ", " + mark);
                marks[step / (Adding.LENGTH / 2)] += (int) mark;
                seen[step] |= mark == 1;
                sum += mark * number;
            }
            assertArrayEquals(new int[] {1, 1}, marks);
            assertEquals(sum, targets[row]);
        }
        int places = 0;
        for (boolean place : seen) {
            places += place ? 1 : 0;
        }
        assertTrue(places > ROWS, "places " + places);
    }

    @Test
    void itIsNotSolvedAtTheStart() {
        Adding adding = new Adding(inputs -> Lstm.create(inputs, 4, new SplitMix64(1)), 1);
        double loss = adding.update();
        assertTrue(loss > 0.05, "loss " + loss);
        assertEquals("", adding.inspect(1));
        String line = adding.inspect(250);
        assertTrue(line.startsWith(" 250 updates: test MSE ") && Double.parseDouble(line.substring(line.lastIndexOf(' '))) > 0.05, line);
        assertEquals(line, adding.inspect(250));
        assertFalse(adding.isSolved());
        assertTrue(Double.isNaN(adding.quality()));
    }
}
