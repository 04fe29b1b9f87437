package io.github.lanewise.bench.anchors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemperaturesTest {
    private static final int DAYS = 400;

    @TempDir Path folder;

    private Temperatures temperatures(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("days.csv"), csv);
        return new Temperatures(file, inputs -> Rnn.create(inputs, 8, Activation.TANH, new SplitMix64(1)), 1);
    }

    private static String csv(int days, IntToDoubleFunction temperature) {
        StringBuilder csv = new StringBuilder("Date,Temp\n");
        for (int day = 0; day < days; day++) {
            csv.append("day ").append(day).append(',').append((float) temperature.applyAsDouble(day)).append('\n');
        }
        return csv.toString();
    }

    @Test
    void shortSeriesAndTextsAreRefused() {
        String few = String.valueOf(assertThrows(IOException.class, () -> temperatures(csv(80, day -> day))).getMessage());
        assertTrue(few.endsWith("days.csv: got 80 rows, wanted at least 128"), few);
        String text = String.valueOf(assertThrows(IOException.class, () -> temperatures(csv(200, day -> day) + "day 200,warm\n")).getMessage());
        assertTrue(text.endsWith("days.csv, line 202: got 'day 200,warm', wanted a number at its end"), text);
    }

    /** The network sees the series without mean and scale, so the error in degrees grows with the degrees. */
    @Test
    void qualityIsInDegrees() throws IOException {
        double celsius = temperatures(csv(DAYS, day -> 10 * Math.sin(day / 5.0))).quality();
        double fahrenheit = temperatures(csv(DAYS, day -> 18 * Math.sin(day / 5.0) + 32)).quality();
        assertEquals(1.8, fahrenheit / celsius, 1e-4);
        // A sine of amplitude 10 has a deviation of 7: an untrained network is off by about as much.
        assertTrue(celsius > 3 && celsius < 15, "RMSE " + celsius);
    }

    @Test
    void aWaveIsLearned() throws IOException {
        Temperatures wave = temperatures(csv(DAYS, day -> 10 * Math.sin(day / 5.0)));
        double before = wave.quality();
        for (int update = 1; update <= 100; update++) {
            wave.update();
            assertEquals("", wave.inspect(update));
        }
        assertTrue(wave.quality() < before / 2, "before " + before + ", after " + wave.quality());
        assertTrue(wave.inspect(200).startsWith(" 200 updates: test RMSE "), wave.inspect(200));
    }
}
