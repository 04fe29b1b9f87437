package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.Kernels;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lookups copy, and their way back adds in ascending order: same bits on both backends, for rows that repeat and strides with gaps. */
class EmbeddingProperties {
    private static final int MAX = 67;

    @Property(tries = 400)
    void gather(@ForAll @IntRange(min = 1, max = 5) int tableRows, @ForAll @IntRange(max = 7) int count, @ForAll @IntRange(max = MAX) int length,
                @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int[] rows = new Random(seed).ints(count + 2, 0, tableRows).toArray();
        int tableRow = length + gap;
        int toRow = length + gap / 2;
        int table = trial.read(extent(tableRows, tableRow, length));
        int to = trial.write(elements(count, toRow, length));
        Trial.Arguments after = trial.check((k, o) -> k.gatherRows(o.array(table), o.at(table), tableRow, tableRows, rows, 1, count,
                o.array(to), o.at(to), toRow, length));
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                assertEquals(Float.floatToIntBits(after.get(table, rows[1 + i] * tableRow + j)), Float.floatToIntBits(after.get(to, i * toRow + j)));
            }
        }
    }

    @Property(tries = 400)
    void scatterAdd(@ForAll @IntRange(min = 1, max = 5) int tableRows, @ForAll @IntRange(max = 9) int count, @ForAll @IntRange(max = MAX) int length,
                    @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int[] rows = new Random(seed).ints(count + 2, 0, tableRows).toArray();
        int tableRow = length + gap;
        int fromRow = length + gap / 2;
        int from = trial.read(extent(count, fromRow, length));
        int table = trial.write(elements(tableRows, tableRow, length));
        Trial.Arguments before = trial.before();
        Trial.Arguments after = trial.check((k, o) -> k.scatterAddRows(o.array(from), o.at(from), fromRow, rows, 1, count,
                o.array(table), o.at(table), tableRow, tableRows, length));
        for (int row = 0; row < tableRows; row++) {
            for (int j = 0; j < length; j++) {
                float want = before.get(table, row * tableRow + j);
                for (int i = 0; i < count; i++) {
                    if (rows[1 + i] == row) {
                        want += before.get(from, i * fromRow + j);
                    }
                }
                assertEquals(want, after.get(table, row * tableRow + j));
            }
        }
    }

    @Property(tries = 100)
    void aRowThatIsNotThereIsRefusedBeforeAnythingIsWritten(@ForAll @IntRange(min = 1, max = 4) int tableRows, @ForAll @IntRange(min = 1, max = 6) int count,
                                                            @ForAll long seed) {
        Random random = new Random(seed);
        int length = 19;
        int[] rows = random.ints(count, 0, tableRows).toArray();
        rows[random.nextInt(count)] = random.nextBoolean() ? tableRows : -1;
        Stream.concat(Stream.of(Kernels.scalar()), Kernels.simd().stream()).forEach(k -> {
            float[] table = new float[tableRows * length + length];
            float[] other = new float[count * length];
            Arrays.fill(table, 1);
            Arrays.fill(other, 2);
            float[][] before = {table.clone(), other.clone()};
            assertThrows(IndexOutOfBoundsException.class, () -> k.gatherRows(table, 0, length, tableRows, rows, 0, count, other, 0, length, length));
            assertThrows(IndexOutOfBoundsException.class, () -> k.scatterAddRows(other, 0, length, rows, 0, count, table, 0, length, tableRows, length));
            assertThrows(IndexOutOfBoundsException.class, () -> k.gatherRows(table, 0, length, tableRows, rows, 1, count, other, 0, length, length));
            assertThrows(IndexOutOfBoundsException.class, () -> k.gatherRows(table, 0, length, tableRows, rows, -1, 0, other, 0, length, length));
            assertThrows(IllegalArgumentException.class, () -> k.gatherRows(table, 0, length, tableRows, rows, 0, -1, other, 0, length, length));
            assertArrayEquals(before[0], table);
            assertArrayEquals(before[1], other);
        });
    }

    private static int extent(int rows, int stride, int length) {
        return rows == 0 || length == 0 ? 0 : (rows - 1) * stride + length;
    }

    /** Which elements of rows with gaps belong to a row. */
    private static boolean[] elements(int rows, int stride, int length) {
        boolean[] elements = new boolean[extent(rows, stride, length)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i % stride < length;
        }
        return elements;
    }
}
