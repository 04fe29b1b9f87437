package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.bench.Cold.Sample;
import io.github.lanewise.bench.report.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdTest {
    /** A JVM that needs so many nanoseconds and bytes for every step. */
    private static List<Sample> jvm(double nanos, double bytes) {
        List<Sample> samples = new ArrayList<>();
        ColdStart.MARKS.forEach(steps -> samples.add(new Sample(steps, nanos * steps, bytes * steps, nanos, nanos, nanos, 7 * nanos)));
        return samples;
    }

    @Test
    void rowsAreMediansOverJvms() {
        Map<String, List<List<Sample>>> samples = new LinkedHashMap<>();
        samples.put(ColdStart.PLAIN, List.of(jvm(10, 1), jvm(30, 3), jvm(20, 2)));
        samples.put(ColdStart.SCALAR, List.of(jvm(5, 0), jvm(6, 0), jvm(8, 0)));
        List<Row> rows = Cold.rows(samples);
        assertEquals(2 * (ColdStart.MARKS.size() + 1), rows.size());
        Row plain = rows.get(2);
        assertEquals("the first 100 steps", plain.task());
        assertEquals(2000, plain.time().median());
        assertEquals(1000, plain.time().low());
        assertEquals(3000, plain.time().high());
        assertEquals(200, plain.bytes());
        assertEquals(0.4, rows.get(3).ratio().median(), 1e-12);
        assertEquals(140, rows.get(10).time().median());
        assertEquals("scalar", rows.getLast().engine());
    }

    @Test
    void linesOfOtherFormsAreRefused() {
        assertEquals(new Sample(100, 2, 3, 4, 5, 6, 7), Sample.parse("100 2 3 4 5 6 7"));
        assertThrows(IllegalStateException.class, () -> Sample.parse("100 2 3"));
    }
}
