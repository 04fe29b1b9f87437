package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatrixTest {

    @Test
    void padsRowsToSixteenFloatsAndStartsThemOnCacheLines() {
        Matrix m = Matrix.create(3, 17);
        assertEquals(32, m.stride());
        for (int row = 0; row < 3; row++) {
            // The data of a large array starts 16 bytes into a line.
            assertEquals(0, (16 + 4 * m.offset(row)) % 64);
        }
    }

    @Test
    void keepsRowsApartInOneArrayAndInMany() {
        for (Matrix m : new Matrix[] {Matrix.create(21, 5), Matrix.create(21, 5, 12 + 16 * 9), Matrix.create(21, 5, 12 + 16)}) {
            Set<String> places = new HashSet<>();
            for (int row = 0; row < 21; row++) {
                m.setRow(row, new float[] {row, 1, 2, 3, 4}, 0);
                assertTrue(places.add(System.identityHashCode(m.array(row)) + ":" + m.offset(row)));
                assertTrue(m.offset(row) + m.stride() <= m.array(row).length);
            }
            float[] got = new float[7];
            for (int row = 0; row < 21; row++) {
                m.copyRow(row, got, 1);
                assertArrayEquals(new float[] {0, row, 1, 2, 3, 4, 0}, got);
                assertEquals(0, m.array(row)[m.offset(row) + 5], "padding");
            }
        }
    }

    @Test
    void tellsHowFarAnArrayReaches() {
        Matrix many = Matrix.create(21, 5, 12 + 16 * 9);
        assertFalse(many.isContiguous());
        for (int row = 0; row < 21; row += many.run(row)) {
            assertEquals(row == 16 ? 5 : 8, many.run(row));
        }
        assertEquals(3, many.run(5));
        assertEquals(19, Matrix.create(21, 5).run(2));
        assertTrue(Matrix.create(21, 5).isContiguous());
    }

    @Test
    void refusesWhatDoesNotExist() {
        Matrix m = Matrix.create(2, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> m.array(2));
        assertThrows(IndexOutOfBoundsException.class, () -> m.copyRow(-1, new float[3], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> m.setRow(0, new float[2], 0));
        assertThrows(IllegalArgumentException.class, () -> Matrix.create(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> Matrix.create(1, 0));
        assertThrows(IllegalArgumentException.class, () -> Matrix.create(1, 17, 30));
        assertEquals(0, Matrix.create(0, 3).rows());
    }
}
