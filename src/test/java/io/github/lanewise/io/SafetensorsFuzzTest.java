package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.kernel.SplitMix64;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files: each is either refused as malformed or read as a whole, within the memory that {@link Safetensors} states, and without delay.
 */
@Timeout(120)
class SafetensorsFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** What the class comment of {@link Safetensors} says. */
    private static final long BYTES_PER_HEADER_BYTE = 64;
    private static final long BYTES_FIXED = 1 << 16;
    private static final byte[] VALID = SafetensorsBytes.of("""
            {"__metadata__":{"note":"a \\"b\\" \\u00e9 \u00e9"},"w\\n":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},\
            "empty":{"dtype":"I64","shape":[0,5],"data_offsets":[24,24]},"h":{"dtype":"BF16","shape":[],"data_offsets":[24,26]}}  \
            """, 26);
    /** What headers are made of, and numbers at the edges. */
    private static final List<String> TOKENS = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "-", "e9", ".5", " ",
            "0", "1", "24", "2147483647", "4294967296", "9223372036854775807", "18446744073709551615", "99999999999999999999999999",
            "\"F32\"", "\"F64\"", "\"F4\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"w\\n\"", "\u0000", "\ud83d\ude00");

    @TempDir Path folder;
    private Path file;
    private int accepted;

    @BeforeEach
    void warmUp() throws IOException {
        file = folder.resolve("fuzz.safetensors");
        assertTrue(isAccepted(VALID, Long.MAX_VALUE));
        assertThrows(AssertionError.class, () -> isAccepted(VALID, 1), "the limit is really looked at");
        isAccepted(SafetensorsBytes.of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,2]}}", 2), Long.MAX_VALUE);
        accepted = 0;
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        for (int length = 0; length < VALID.length; length++) {
            check(Arrays.copyOf(VALID, length));
        }
        assertEquals(0, accepted);
        check(Arrays.copyOf(VALID, VALID.length + 1));
        assertEquals(0, accepted, "bytes that belong to nothing");
    }

    @Test
    void everyFlippedBitIsRefusedOrHarmless() throws IOException {
        for (int bit = 0; bit < 8 * VALID.length; bit++) {
            byte[] bytes = VALID.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            check(bytes);
        }
        // Every bit of the data, most of the names and texts; nothing that says where a tensor lies.
        assertTrue(accepted > 8 * 26 && accepted < 8 * 80, "accepted " + accepted);
    }

    @Test
    void everyByteReplacedByAnEdgeIsRefusedOrHarmless() throws IOException {
        for (int at = 0; at < VALID.length; at++) {
            for (byte edge : new byte[] {0, ' ', '"', '\\', '{', '}', '9', 0x7f, (byte) 0x80, (byte) 0xc0, (byte) 0xf4, (byte) 0xff}) {
                byte[] bytes = VALID.clone();
                bytes[at] = edge;
                check(bytes);
            }
        }
    }

    @Test
    void headersOfRandomTokensAreRefusedOrRead() throws IOException {
        String header = new String(VALID, Long.BYTES, VALID.length - Long.BYTES - 26, StandardCharsets.UTF_8);
        SplitMix64 random = new SplitMix64(11);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder mutant = new StringBuilder(i % 4 == 0 ? "{" : header);
            for (int edit = random.nextInt(1, 8); edit > 0; edit--) {
                int from = random.nextInt(mutant.length() + 1);
                int to = Math.min(mutant.length(), from + random.nextInt(12));
                mutant.replace(from, to, TOKENS.get(random.nextInt(TOKENS.size())));
            }
            check(SafetensorsBytes.of(mutant.toString(), random.nextInt(3) * 13));
        }
    }

    @Test
    void absurdLengthsAreRefusedAtOnce() throws IOException {
        for (int shift = 0; shift < Long.SIZE; shift++) {
            for (int less = -1; less <= 1; less++) {
                byte[] bytes = VALID.clone();
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, (1L << shift) + less);
                check(bytes);
            }
        }
        assertEquals(0, accepted);
    }

    /** Headers made to cost as much memory as possible for each of their bytes. */
    @Test
    void memoryStaysWithinWhatIsStated() throws IOException {
        StringBuilder keys = new StringBuilder("{\"__metadata__\":{");
        StringBuilder tensors = new StringBuilder("{");
        StringBuilder dimensions = new StringBuilder("{");
        StringBuilder escapes = new StringBuilder("{\"");
        StringBuilder wide = new StringBuilder("{\"__metadata__\":{");
        String ones = ",0".repeat(63);
        for (int i = 0; i < 20_000; i++) {
            keys.append('"').append(Integer.toString(i, 36)).append("\":\"\",");
            tensors.append('"').append(Integer.toString(i, 36)).append("\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[")
                    .append(i).append(',').append(i + 1).append("]},");
            dimensions.append('"').append(Integer.toString(i, 36)).append("\":{\"dtype\":\"U8\",\"shape\":[0").append(ones)
                    .append("],\"data_offsets\":[0,0]},");
            escapes.append("\\n\u00e9");
            wide.append('"').append((char) (0x4e00 + i)).append("\":\"\",");
        }
        String escaped = escapes + "\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}";
        for (String header : List.of(keys.append("\"\":\"\"}}").toString(), tensors.append("\"__metadata__\":{}}").toString(),
                dimensions.append("\"__metadata__\":{}}").toString(), wide.append("\"\":\"\"}}").toString(), escaped, "{\"" + "x".repeat(500_000) + "\":{}}")) {
            int dataLength = header.contains("\"a\":{\"dtype\":\"U8\",\"shape\":[]") ? 20_000 : header.equals(escaped) ? 1 : 0;
            check(SafetensorsBytes.of(header, dataLength));
        }
        assertEquals(5, accepted, "all but the last are valid");
    }

    private void check(byte[] bytes) throws IOException {
        long header = bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        long read = header < 0 || header > bytes.length ? 0 : header;
        accepted += isAccepted(bytes, BYTES_PER_HEADER_BYTE * read + BYTES_FIXED) ? 1 : 0;
    }

    private boolean isAccepted(byte[] bytes, long mostMemory) throws IOException {
        Files.write(file, bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try (Safetensors in = Safetensors.open(file)) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated <= mostMemory, () -> "allocated " + allocated + " bytes, wanted at most " + mostMemory);
            long data = 0;
            for (Tensor tensor : in.tensors().values()) {
                data += tensor.data().byteSize();
                if (tensor.type() == ElementType.F32 || tensor.type() == ElementType.F64 || tensor.type() == ElementType.BF16) {
                    assertEquals(tensor.size(), tensor.toDoubles().length);
                }
            }
            long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            assertEquals(bytes.length - Long.BYTES - header, data, "the tensors are the file");
            return true;
        } catch (MalformedFileException refused) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated <= mostMemory, () -> "allocated " + allocated + " bytes, wanted at most " + mostMemory + ": " + refused.getMessage());
            assertTrue(refused.position() >= 0 && refused.position() <= bytes.length, () -> String.valueOf(refused.getMessage()));
            return false;
        }
    }
}
