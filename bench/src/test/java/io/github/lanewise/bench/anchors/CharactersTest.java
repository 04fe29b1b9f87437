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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharactersTest {
    @TempDir Path folder;

    private Characters characters(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), text);
        return new Characters(file, inputs -> Rnn.create(inputs, 8, Activation.TANH, new SplitMix64(1)), 1);
    }

    @Test
    void aShortTextIsRefused() throws IOException {
        String message = String.valueOf(assertThrows(IOException.class, () -> characters("a".repeat(16_009))).getMessage());
        assertTrue(message.endsWith("text.txt: got 16009 characters, wanted at least 16010"), message);
        // 90 % for training, less one because the last has no next: 14,408 characters, 32 streams, 50 an update, two epochs.
        assertEquals(2 * 9, characters("a".repeat(16_010)).updates());
    }

    @Test
    void aTextOfOneLetterIsKnown() throws IOException {
        Characters one = characters("a".repeat(20_000));
        assertTrue(Double.isNaN(one.quality()));
        assertEquals(0, one.update());
        one.inspect(one.updatesPerEpoch());
        assertEquals(0, one.quality());
    }

    @Test
    void theNextLetterOfARegularTextIsLearnedAndEpochsAreInspected() throws IOException {
        Characters two = characters("ab".repeat(50_000));
        two.inspect(two.updatesPerEpoch());
        double before = two.quality();
        assertTrue(before > 0.3 && before < 1.5, "before " + before);
        for (int update = 1; update <= two.updates(); update++) {
            two.update();
            assertEquals(update % two.updatesPerEpoch() != 0, two.inspect(update).isEmpty());
        }
        assertTrue(two.quality() < before / 2, "before " + before + ", after " + two.quality());
    }

    /** Who looks at the answer knows it; of fair coins nothing can be known before they fall. */
    @Test
    void theNextLetterIsNotSeen() throws IOException {
        StringBuilder coins = new StringBuilder();
        new Random(3).ints(50_000, 0, 2).forEach(coins::append);
        Characters tossed = characters(coins.toString());
        for (int update = 1; update <= tossed.updates(); update++) {
            tossed.update();
            tossed.inspect(update);
        }
        assertEquals(Math.log(2), tossed.quality(), 0.05);
    }
}
