package io.github.lanewise.bench.report;

import static io.github.lanewise.bench.report.Samples.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoofTest {
    private static final Spread NANOS = new Spread(100, 99, 101, 5);

    private static List<Row> rows(double peak, double read) {
        return List.of(
                row("product", "lanewise", NANOS, new Spread(1, 1, 1, 5)),
                row("product", Roof.PEAK, NANOS, new Spread(peak, peak - 0.1, peak + 0.1, 5)),
                row("product", Roof.READ, NANOS, new Spread(read, read - 0.1, read + 0.1, 5)));
    }

    @Test
    void theSlowerLimitIsTheRoof() {
        Roof.Reached arithmetic = Roof.reached(rows(0.8, 0.3)).orElseThrow();
        assertEquals(Roof.PEAK, arithmetic.bound());
        assertEquals(0.8, arithmetic.fraction().median());
        Roof.Reached memory = Roof.reached(rows(0.2, 0.7)).orElseThrow();
        assertEquals(Roof.READ, memory.bound());
        assertEquals(0.7, memory.fraction().median());
    }

    @Test
    void aRoofHasNone() {
        assertTrue(Roof.reached(rows(0.8, 0.3).subList(1, 3)).isEmpty());
    }

    @Test
    void theTableNamesTheBound() {
        String table = Roof.table(rows(0.8, 0.3));
        assertTrue(table.contains("| peak | 80 % (70-90) |"), table);
        assertEquals(3, table.lines().count(), table);
    }
}
