package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.bench.report.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitLineTest {
    private static final String HEAD = "kernel I H ns_med ns_min p99 p999 GFLOPs GB/s check\n";

    @Test
    void linesAreTasksOfOurs() {
        List<LimitLine> lines = LimitLine.parse(HEAD + "lstm 1 16 44.5 40.0 50 60 70.5 80.5 err=1.5e-08\nlstm_rec 1 16 30.0 29.0 33 34 1.0 2.0\nelman 1 16 22.5 20.0 30 40 5.0 6.0\n");
        assertEquals(List.of("lstm step 1x16", "lstm sequence 1x16", "elman step 1x16"), lines.stream().map(line -> line.kernel().label()).toList());
        Row row = LimitLine.row(lines.getFirst().kernel(), List.of(lines.getFirst()));
        assertEquals(44.5, row.time().median());
        assertEquals(50, row.p99());
        assertEquals(60, row.p999());
        assertEquals(70.5, row.gflops());
        assertEquals(80.5, row.gbPerSecond());
    }

    @Test
    void aFailedCheckAndOtherTextsAreRefused() {
        for (String line : List.of("lstm 1 16 44.5 40.0 50 60 70.5 80.5 err=1e-3", "lstm 1 16 44.5 40.0 50 60 70.5 80.5 err=nan", "gru 1 16 44.5 40.0 50 60 70.5 80.5",
                "lstm 1 16 44.5", "lstm one 16 44.5 40.0 50 60 70.5 80.5")) {
            assertThrows(IllegalStateException.class, () -> LimitLine.parse(HEAD + line + "\n"), line);
        }
        assertThrows(IllegalStateException.class, () -> LimitLine.parse(""));
    }
}
