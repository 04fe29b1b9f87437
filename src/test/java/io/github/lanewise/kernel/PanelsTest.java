package io.github.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelsTest {
    private static final int ROWS = 3;
    private static final float UNTOUCHED = -1;

    /** Rows with a gap go into panels with gaps, the last block is filled with zeros, and nothing else is written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 23, 48, 63, 64, 65, 128, 150})
    void packFillsTheLastBlockWithZeros(int columns) {
        int toRow = Panels.WIDTH + 16;
        int toPanel = ROWS * toRow + 5;
        float[] from = new float[1 + ROWS * columns];
        for (int i = 0; i < from.length; i++) {
            from[i] = i + 1;
        }
        float[] want = new float[2 + Panels.count(columns) * toPanel];
        float[] got = new float[want.length];
        Arrays.fill(want, UNTOUCHED);
        Arrays.fill(got, UNTOUCHED);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < Panels.padded(columns); column++) {
                want[2 + column / Panels.WIDTH * toPanel + row * toRow + column % Panels.WIDTH] = column < columns ? from[1 + row * columns + column] : 0;
            }
        }
        Panels.pack(from, 1, ROWS, columns, got, 2, toRow, toPanel);
        assertArrayEquals(want, got);

        float[] dense = new float[ROWS * columns];
        Panels.unpack(got, 2, toRow, toPanel, dense, 0, ROWS, columns);
        for (int i = 0; i < dense.length; i++) {
            assertEquals(from[1 + i], dense[i], "element " + i);
        }
    }
}
