package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a file comes out, what is put in is in the file, and what is wrong is refused by name and place. */
class SafetensorsTest {
    @TempDir Path folder;

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(new float[] {1, 2}, 2));
        tensors.put("h", Tensor.of(new float[] {1, -2, 0.5f}, 3, 1).as(ElementType.BF16));
        tensors.put("a", Tensor.of(new float[] {3}));
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, tensors, Map.of("k", "v\"\n"));
        String header = """
                {"__metadata__":{"k":"v\\"\\n"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},\
                "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},"h":{"dtype":"BF16","shape":[3,1],"data_offsets":[12,18]}}""";
        header += " ".repeat(-header.length() & 7);
        ByteBuffer wanted = ByteBuffer.allocate(8 + header.length() + 18).order(ByteOrder.LITTLE_ENDIAN);
        wanted.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8)).putFloat(3).putFloat(1).putFloat(2);
        wanted.putShort((short) 0x3f80).putShort((short) 0xc000).putShort((short) 0x3f00);
        assertArrayEquals(wanted.array(), Files.readAllBytes(file));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("x.safetensors");
        String oddName = "\"a\\b\" \u00e9 \ud83d\ude00 \u0001\t/";
        float[] values = {-0f, Float.MIN_VALUE, Float.NaN, 4, 5, 6};
        Map<String, Tensor> tensors = Map.of(oddName, Tensor.of(values, 2, 1, 3), "",
                Tensor.of(new float[0], 0, 7));
        Safetensors.write(file, tensors, Map.of(oddName, oddName, "", ""));
        try (Safetensors in = Safetensors.open(file)) {
            assertEquals(tensors.keySet(), in.tensors().keySet());
            assertArrayEquals(new long[] {2, 1, 3}, tensor(in, oddName).shape());
            assertArrayEquals(values, tensor(in, oddName).toFloats());
            assertArrayEquals(new long[] {0, 7}, tensor(in, "").shape());
            assertEquals(Map.of(oddName, oddName, "", ""), in.metadata());
        }
    }

    @Test
    void theOrderOfTheMapsDoesNotMatter() throws IOException {
        List<Map.Entry<String, Tensor>> entries = new ArrayList<>();
        for (String name : List.of("b", "a", "\uffff", "\ud83d\ude00")) {
            entries.add(Map.entry(name, Tensor.of(new float[] {name.hashCode()}, 1)));
        }
        byte[] first = bytes(entries);
        assertArrayEquals(first, bytes(entries.reversed()));
        try (Safetensors in = Safetensors.open(folder.resolve("order"))) {
            // By UTF-8 bytes as other writers do, not by Java's chars.
            assertEquals(List.of("a", "b", "\uffff", "\ud83d\ude00"), List.copyOf(in.tensors().keySet()));
        }
    }

    private byte[] bytes(List<Map.Entry<String, Tensor>> entries) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        entries.forEach(e -> {
            tensors.put(e.getKey(), e.getValue());
            metadata.put(e.getKey(), "");
        });
        Safetensors.write(folder.resolve("order"), tensors, metadata);
        return Files.readAllBytes(folder.resolve("order"));
    }

    @Test
    void anOlderFileStaysWhenWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "old");
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, Map.of("\ud800", Tensor.of(new float[] {1})), Map.of()));
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, Map.of("__metadata__", Tensor.of(new float[] {1})), Map.of()));
        Tensor closed;
        Path other = folder.resolve("other");
        Safetensors.write(other, Map.of("t", Tensor.of(new float[100_000], 100_000)), Map.of());
        try (Safetensors in = Safetensors.open(other)) {
            closed = tensor(in, "t");
        }
        assertThrows(IllegalStateException.class, () -> Safetensors.write(file, Map.of("a", Tensor.of(new float[100_000], 100_000), "t", closed), Map.of()));
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
    }

    @Test
    void headersMayBeWrittenInOtherWays() throws IOException {
        String header = " { \"t\\u0041\\ud83d\\ude00\\/\" : {\n\"data_offsets\" : [ 0 , 8 ],\t\"shape\":[2,1],\r\"dtype\" :\"F32\"}\n ,\"__metadata__\":{ } } ".substring(1);
        try (Safetensors in = Safetensors.open(SafetensorsBytes.write(folder, SafetensorsBytes.of(header, 8)))) {
            assertEquals("F32 [2, 1]", tensor(in, "tA\ud83d\ude00/").toString());
        }
        try (Safetensors in = Safetensors.open(SafetensorsBytes.write(folder, SafetensorsBytes.of("{}", 0)))) {
            assertTrue(in.tensors().isEmpty() && in.metadata().isEmpty());
        }
    }

    /** Position 8 is the first byte of the header. The quotation marks of JSON are written ' here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [] | 0 | 8 | wanted '{', the begin of a header in JSON
            {}x | 0 | 10 | got more after the end of the header, wanted only spaces
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},} | 4 | 62 | got '}', wanted '"'
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]} | 4 | 61 | got the end of the header, wanted ',' or '}'
            {'a':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}} | 4 | 22 | dtype: got "F33", wanted one of [BOOL,
            {'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | 37 | got '-', wanted a whole number >= 0
            {'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | 4 | 38 | got '.', wanted ',' or ']'
            {'a':{'dtype':'F32','shape':[01],'data_offsets':[0,4]}} | 4 | 37 | got a number with a leading 0
            {'a':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,4]}} | 4 | 37 | got a number above 2^63 - 1
            {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}} | 4 | 13 | shape: got [4294967296, 4294967296], wanted less than 2^63 bits
            {'a':{'dtype':'F32','shape':[1152921504606846976],'data_offsets':[0,4]}} | 4 | 13 | wanted less than 2^63 bits
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,5]}} | 5 | 13 | data_offsets: got [0, 5], 5 bytes, wanted 4 bytes as F32 [1] has
            {'a':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}} | 1 | 13 | wanted whole bytes as F4 [3] has
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4 | 13 | data_offsets: got [4, 0], wanted a begin and an end after it
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | 4 | 13 | data_offsets: got [0], wanted
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,4]}} | 4 | 55 | got more than 2 offsets
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 3 | 13 | tensor "a": got bytes 0 to 4 of the data, wanted them within its 3 bytes
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 5 | 66 | got 1 bytes that belong to no tensor, wanted none
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | 13 | tensor "a": got bytes 4 to 8 of the data, wanted their begin at 0, without gap
            {'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[3,7]}} | 7 | 65 | tensor "b": got bytes 3 to 7 of the data, wanted their begin at 4, without overlap
            {'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}} | 4 | 65 | without overlap
            {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'\\u0061':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}} | 2 | 61 | got the name "a" twice
            {'a':{'dtype':'U8','dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | 27 | got dtype twice, wanted it once
            {'a':{'shape':[1],'data_offsets':[0,1]}} | 1 | 13 | got a tensor without dtype
            {'a':{'dtype':'U8','data_offsets':[0,1]}} | 1 | 13 | got a tensor without shape
            {'a':{'dtype':'U8','shape':[1]}} | 1 | 13 | got a tensor without data_offsets
            {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1],'x':0}} | 1 | 60 | got the key "x", wanted dtype, shape or data_offsets
            {'a':{'dtype':'U8','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],'data_offsets':[0,1]}} | 1 | 35 | got more than 64 dimensions
            {'__metadata__':{'k':1}} | 0 | 29 | got '1', wanted '"'
            {'__metadata__':{'k':'1','k':'2'}} | 0 | 33 | got the key "k" twice
            {'__metadata__':{},'__metadata__':{}} | 0 | 27 | got the name "__metadata__" twice
            {'__metadata__':{'k':'\\ud800'}} | 0 | 29 | got half a surrogate pair in a string
            {'__metadata__':{'k':'\\u00g0'}} | 0 | 30 | got an escape \\u without four hexadecimal digits
            {'__metadata__':{'k':'\\x'}} | 0 | 30 | got an escape that is unknown
            {'__metadata__':{'k':'v}} | 0 | 29 | got a string without end
            """, ignoreLeadingAndTrailingWhitespace = true)
    void wrongHeadersAreRefused(String header, int dataLength, long position, String message) {
        assertRefused(SafetensorsBytes.of(header.replace('\'', '"'), dataLength), position, message);
    }

    @Test
    void aHeaderBeginsAtOnce() {
        assertRefused(SafetensorsBytes.of(" {}", 0), 8, "wanted '{', the begin of a header in JSON");
    }

    @Test
    void stringsMustBeUtf8WithoutControls() {
        byte[] overlong = "{\"__metadata__\":{\"k\":\"xxx\"}}".getBytes(StandardCharsets.UTF_8);
        overlong[23] = (byte) 0xc0;
        overlong[24] = (byte) 0x80;
        assertRefused(SafetensorsBytes.of(overlong, 0), 31, "got bytes that are no UTF-8 in a string");
        assertRefused(SafetensorsBytes.of("{\"__metadata__\":{\"k\":\"x\nx\"}}", 0), 31, "got byte 0x0a in a string, wanted it escaped");
    }

    @Test
    void wrongLengthsAreRefused() {
        assertRefused(new byte[0], 0, "got a file of 0 bytes, wanted a header length of 8 bytes first");
        assertRefused(new byte[7], 7, "got a file of 7 bytes");
        for (long length : new long[] {0, 1, 3, 100_000_000, 100_000_001, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            byte[] bytes = SafetensorsBytes.of("{}", 0);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            assertRefused(bytes, 0, "header length: got " + Long.toUnsignedString(length) + ", wanted "
                    + (length == 3 || length == 100_000_000 ? "at most the 2 bytes that follow" : "2 to 100000000"));
        }
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertEquals(folder + ": got no regular file, wanted a safetensors file",
                assertThrows(IOException.class, () -> Safetensors.open(folder)).getMessage());
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": got no such file, wanted a safetensors file",
                assertThrows(IOException.class, () -> Safetensors.open(missing)).getMessage());
    }

    /** Half a terabyte would do as well: nothing is read but the header and what is asked for. */
    @Test
    void aLargeFileCostsNoHeap() throws IOException {
        long elements = (1L << 31) + 16;
        Path file = folder.resolve("large.safetensors");
        String header = "{\"t\":{\"dtype\":\"BF16\",\"shape\":[" + elements + "],\"data_offsets\":[0," + 2 * elements + "]}}";
        Files.write(file, SafetensorsBytes.of(header, 0));
        assumeTrue(Files.getFileStore(file).getUsableSpace() > 3 * elements, "too little room for a file of 4 GiB with a hole");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(8 + header.length() + 2 * elements);
            hole.seek(hole.length() - 2);
            hole.write(new byte[] {(byte) 0x80, 0x3f});
        }
        Safetensors.open(file).close();
        float[] last = new float[2];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Safetensors in = Safetensors.open(file)) {
            tensor(in, "t").copyTo(elements - 2, last, 0, 2);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 1 << 16, () -> "allocated " + allocated);
            assertArrayEquals(new float[] {0, 1}, last);
            assertThrows(UnsupportedOperationException.class, () -> tensor(in, "t").toFloats());
            assertThrows(IndexOutOfBoundsException.class, () -> tensor(in, "t").copyTo(elements - 1, last, 0, 2));
        }
    }

    @Test
    void aClosedFileCannotBeRead() throws IOException {
        Tensor tensor;
        try (Safetensors in = Safetensors.open(SafetensorsBytes.write(folder,
                SafetensorsBytes.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)))) {
            tensor = tensor(in, "a");
        }
        assertThrows(IllegalStateException.class, tensor::toFloats);
    }

    private static Tensor tensor(Safetensors in, String name) {
        return new NamedTensors(in.tensors(), "", "").get(name);
    }

    private void assertRefused(byte[] bytes, long position, String message) {
        Path file = SafetensorsBytes.write(folder, bytes);
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> Safetensors.open(file).close());
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": byte " + position + ": ") && String.valueOf(e.getMessage()).contains(message),
                () -> "got " + e.getMessage() + ", wanted byte " + position + ": " + message);
        assertEquals(position, e.position());
    }
}
