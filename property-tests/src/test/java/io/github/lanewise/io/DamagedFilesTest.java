package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.word2vec.Embeddings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files: an exception that names the byte, never a hang, a great allocation or half a model. */
class DamagedFilesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Embeddings MODEL = Models.random(List.of("the", "k\u00f6nig", "\ud83d\ude00", "x"), 3, 7);

    @ParameterizedTest
    @EnumSource
    void everyTruncationIsNoticed(VectorFormat format) {
        byte[] whole = Models.bytes(MODEL, format);
        assertTimeoutPreemptively(SOON, () -> {
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                if (format == VectorFormat.GLOVE && length > 0 && part[length - 1] == '\n') {
                    continue; // without a header nobody can tell
                }
                if (format == VectorFormat.BINARY && length == whole.length - 1) {
                    Models.assertSame(MODEL, read(part, format)); // only the last newline is missing, as in the other variant
                    continue;
                }
                MalformedFileException problem = assertThrows(MalformedFileException.class, () -> read(part, format), "length " + length);
                assertTrue(problem.position() <= length, problem.getMessage());
                assertTrue(String.valueOf(problem.getMessage()).contains("byte " + problem.position() + ": "), problem.getMessage());
                assertThrows(MalformedFileException.class, () -> readDetected(part), "length " + length);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFlippedBitGivesAWholeModelOrAnException(VectorFormat format) {
        byte[] whole = Models.bytes(MODEL, format);
        assertTimeoutPreemptively(SOON, () -> {
            int refused = 0;
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                byte[] bytes = whole.clone();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    Embeddings got = read(bytes, format);
                    boolean joined = format == VectorFormat.GLOVE || got.size() == MODEL.size();
                    assertTrue(joined && got.size() >= 1, "bit " + bit + ": " + got.size() + " words");
                } catch (MalformedFileException noticed) {
                    refused++;
                }
            }
            assertTrue(refused > whole.length / 2, "only " + refused + " noticed");
        });
    }

    @ParameterizedTest
    @EnumSource
    void rubbishIsRefused(VectorFormat format) {
        Random random = new Random(1);
        assertTimeoutPreemptively(SOON, () -> {
            for (int i = 0; i < 2000; i++) {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                byte[] head = (random.nextInt(20) + " " + random.nextInt(20) + "\n").getBytes(StandardCharsets.UTF_8);
                if (i % 2 == 0) {
                    System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
                }
                expectProblemOrModel(bytes, format);
            }
        });
    }

    private static void expectProblemOrModel(byte[] bytes, VectorFormat format) throws IOException {
        try {
            assertTrue(read(bytes, format).dimension() >= 1);
        } catch (MalformedFileException expected) {
            assertTrue(expected.position() <= bytes.length, expected.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647 65536", "2147483647 1", "1000000 300", "99999999999999999999 100", "3000000000 100", "-1 100", "100 -1",
        "10 0", "1 2147483647", "1 65537", "999999999999999999999999999999 999999999999999999999999999999", "4 4"})
    void anAbsurdHeaderAllocatesNothingForIt(String header) {
        byte[] bytes = (header + "\na 1 2 3 4\n").getBytes(StandardCharsets.UTF_8);
        for (VectorFormat format : List.of(VectorFormat.BINARY, VectorFormat.TEXT)) {
            long before = allocated();
            assertThrows(MalformedFileException.class, () -> read(bytes, format));
            assertThrows(MalformedFileException.class, () -> readDetected(bytes));
            assertTrue(allocated() - before < bound(bytes.length), header + ": " + (allocated() - before) + " bytes allocated");
        }
    }

    @Test
    void aGzipHeaderIsCheckedAgainstWhatIsReallyThere() throws IOException {
        byte[] bytes = gzip("1000000000 100\na 1 2 3 4\n".getBytes(StandardCharsets.UTF_8));
        long before = allocated();
        MalformedFileException problem = assertThrows(MalformedFileException.class, () -> readDetected(bytes));
        assertTrue(allocated() - before < bound(25), "allocated");
        assertTrue(String.valueOf(problem.getMessage()).contains("1000000000 words"), problem.getMessage());
    }

    @Test
    void aDamagedGzipIsRefused() throws IOException {
        byte[] whole = gzip(Models.bytes(MODEL, VectorFormat.TEXT));
        assertTimeoutPreemptively(SOON, () -> {
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThrows(MalformedFileException.class, () -> readDetected(part), "length " + length);
            }
        });
    }

    /** Two million spaces or letters without a line break, and a header line that never ends. */
    @Test
    void anEndlessLineIsRefusedWithinTheBound() {
        for (char c : new char[] {' ', 'a', '1'}) {
            byte[] bytes = new byte[VectorHeader.LARGEST_LINE + 100];
            Arrays.fill(bytes, (byte) c);
            for (VectorFormat format : VectorFormat.values()) {
                long before = allocated();
                assertThrows(MalformedFileException.class, () -> read(bytes, format));
                assertTrue(allocated() - before < bound(bytes.length), "allocated");
            }
        }
    }

    /** A first line of many numbers and then many short lines: lines times numbers would be 400 MB. */
    @Test
    void aLongFirstLineOfGloveAllocatesNothingForTheOthers() {
        byte[] bytes = ("a" + " 1".repeat(5000) + "\n" + "b\n".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
        long before = allocated();
        assertThrows(MalformedFileException.class, () -> read(bytes, VectorFormat.GLOVE));
        assertTrue(allocated() - before < bound(bytes.length), (allocated() - before) + " bytes allocated for " + bytes.length);
    }

    @Test
    void manyWordsOfOneNumberStayWithinTheBound() throws IOException {
        StringBuilder text = new StringBuilder("200000 1\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(Integer.toString(i, 36)).append(" 1\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        long before = usedHeap();
        Embeddings model = read(bytes, VectorFormat.TEXT);
        long held = usedHeap() - before;
        assertEquals(200_000, model.size());
        assertTrue(held < bound(bytes.length), held + " bytes held for " + bytes.length);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static Embeddings read(byte[] bytes, VectorFormat format) throws IOException {
        return Models.withFile(bytes, file -> WordVectors.read(file, ReadOptions.DEFAULT.withFormat(format)));
    }

    private static Embeddings readDetected(byte[] bytes) throws IOException {
        return Models.withFile(bytes, WordVectors::read);
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** What {@link WordVectors} promises. */
    private static long bound(long fileBytes) {
        return 64 * fileBytes + (16 << 20);
    }
}
