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
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoralesTest {
    private static final String SCALE = "[[60],[62,65],[64],[],[60]]";

    @TempDir Path folder;

    private Chorales chorales(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("chorales.json"), json);
        return new Chorales(file, inputs -> Rnn.create(inputs, 16, Activation.TANH, new SplitMix64(1)), 1);
    }

    private static String parts(String training, String validation, String test) {
        return "{\"train\":[" + training + "],\"valid\":[" + validation + "],\"test\":[" + test + "]}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[60],[62]] | [[60],[62]] | [[60],[62]] | wanted JSON with train (at least 2 chorales), valid and test
            [[60],[62]],[[60],[62]] | [[60],[62]] | '' | wanted JSON with train (at least 2 chorales), valid and test
            [[60],[62]],[[60]] | [[60],[62]] | [[60],[62]] | got a chorale of 1 frames, wanted at least 2
            [[60],[62]],[[60],[62]] | [[60],[109]] | [[60],[62]] | got note 109, wanted 21 to 108
            [[60],[62]],[[60],[62]] | [[60],[62]] | [[20],[62]] | got note 20, wanted 21 to 108
            """)
    void whatIsNotAChoraleIsRefused(String training, String validation, String test, String message) {
        String got = String.valueOf(assertThrows(IOException.class, () -> chorales(parts(training, validation, test))).getMessage());
        assertTrue(got.endsWith("chorales.json: " + message), got);
    }

    @Test
    void otherFilesAreRefused() {
        assertThrows(IOException.class, () -> chorales("no JSON"));
        assertThrows(IOException.class, () -> chorales(""));
    }

    @Test
    void theHighestAndLowestKeysAreRead() throws IOException {
        assertEquals(40, chorales(parts("[[21],[108]],[[60],[62]]", SCALE, SCALE)).updates());
    }

    /** Untrained, each of the 88 keys is a coin toss; a melody that is trained on is known better, and the best epoch's figure is the one that stays. */
    @Test
    void qualityIsInNatsAFrame() throws IOException {
        Chorales melody = chorales(parts(SCALE + "," + SCALE + ",[[60],[62]]", SCALE, SCALE));
        assertEquals(1, melody.updatesPerEpoch());
        melody.inspect(1);
        double before = melody.quality();
        assertEquals(88 * Math.log(2), before, 6);
        for (int update = 1; update <= melody.updates(); update++) {
            double loss = melody.update();
            assertTrue(loss > 0 && loss < 88, "loss " + loss);
            String line = melody.inspect(update);
            double best = Double.parseDouble(line.replaceAll(".*best ([0-9.]+),.*", "$1"));
            assertEquals(best, melody.quality(), 1e-4, "test and validation part are the same melody");
        }
        assertTrue(melody.quality() < 0.8 * before, "before " + before + ", after " + melody.quality());
    }

    /** Who looks at the next frame knows it; of a coin for two keys nothing can be known before it falls. */
    @Test
    void theNextFrameIsNotSeen() throws IOException {
        Random random = new Random(5);
        Chorales coins = chorales(parts(tossed(60, random), tossed(4, random), tossed(4, random)));
        for (int update = 1; update <= coins.updates(); update++) {
            coins.update();
            coins.inspect(update);
        }
        assertTrue(coins.quality() > 1.8 * Math.log(2), "quality " + coins.quality());
    }

    private static String tossed(int chorales, Random random) {
        return Stream.generate(() -> random.ints(12, 0, 2).mapToObj(coin -> coin == 0 ? "[60]" : "[62]").collect(Collectors.joining(",", "[", "]")))
                .limit(chorales).collect(Collectors.joining(","));
    }
}
