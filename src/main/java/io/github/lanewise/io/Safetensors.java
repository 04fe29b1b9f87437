package io.github.lanewise.io;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A safetensors file (the format of Hugging Face: 8 bytes of header length, a header in JSON, the tensors without gaps), opened for reading.
 *
 * <p>The file is mapped: its tensors take no heap until they are copied out. Opening checks the whole header: sizes, offsets, types, names and
 * that the tensors fill the file. It allocates at most 64 bytes for each byte of the header, and 64 KiB. A file that is not what it should be
 * is a {@link MalformedFileException} that names the byte. Safe for any number of threads; closing while another thread reads is an error there.
 * If another program shortens the file while it is open, reading what is gone is an {@link InternalError}.
 */
public final class Safetensors implements AutoCloseable {
    /** Headers of more bytes are refused, as the reference implementation does. */
    public static final int LONGEST_HEADER = 100_000_000;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 1 << 16;

    private final Arena arena;
    private final Map<String, Tensor> tensors;
    private final Map<String, String> metadata;

    private Safetensors(Arena arena, Map<String, Tensor> tensors, Map<String, String> metadata) {
        this.arena = arena;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /**
     * Opens a file.
     *
     * @param file a regular file
     * @return its tensors, until it is closed
     * @throws MalformedFileException if the content is not what it should be
     * @throws IOException if reading fails
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena lives as long as what is returned
    public static Safetensors open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": got " + (Files.exists(file) ? "no regular file" : "no such file") + ", wanted a safetensors file");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (IOException | RuntimeException | Error problem) {
            arena.close();
            throw problem;
        }
    }

    private static Safetensors read(Path file, MemorySegment bytes, Arena arena) throws IOException {
        long left = bytes.byteSize() - Long.BYTES;
        if (left < 0) {
            throw new MalformedFileException(file, bytes.byteSize(), "got a file of " + bytes.byteSize() + " bytes, wanted a header length of 8 bytes first");
        }
        long length = bytes.get(LONG, 0);
        if (length < 2 || length > LONGEST_HEADER) {
            throw new MalformedFileException(file, 0, "header length: got " + Long.toUnsignedString(length) + ", wanted 2 to " + LONGEST_HEADER);
        }
        if (length > left) {
            throw new MalformedFileException(file, 0, "header length: got " + length + ", wanted at most the " + left + " bytes that follow");
        }
        byte[] header = bytes.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        SafetensorsHeader parsed = SafetensorsHeader.parse(file, header, Long.BYTES, left - length);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parsed.entries().forEach((name, e) -> tensors.put(name,
                new Tensor(e.type(), e.shape(), bytes.asSlice(Long.BYTES + length + e.begin(), e.end() - e.begin()))));
        return new Safetensors(arena, tensors, parsed.metadata());
    }

    /**
     * Returns the tensors by name, in the order of the header.
     *
     * @return an unmodifiable map; its tensors can be read until this file is closed
     */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * Returns the texts under {@code __metadata__}.
     *
     * @return an unmodifiable map, empty if there are none; still there after closing
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        arena.close();
    }

    /**
     * Writes a file: under a temporary name first, then moved in place of an older one. The same tensors and texts give the same bytes, whatever
     * the order of the maps: tensors lie by width of their type, widest first, then by name.
     *
     * @param file where to; its folder must exist
     * @param tensors by name; written as they are, so call {@link Tensor#as} before to change the type
     * @param metadata texts that readers find under {@code __metadata__}
     * @throws IllegalArgumentException if a name or text is no valid Unicode, a tensor has the name {@code __metadata__} or the header would
     *     be longer than {@link #LONGEST_HEADER}
     * @throws IOException if writing fails; an older file is still there then
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        List<Map.Entry<String, Tensor>> sorted = tensors.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Tensor> e) -> e.getValue().type(), Comparator.reverseOrder())
                        .thenComparing(e -> utf8(e.getKey()), Arrays::compareUnsigned))
                .toList();
        byte[] header = utf8(header(sorted, new TreeMap<>(metadata)));
        if (header.length > LONGEST_HEADER) {
            throw new IllegalArgumentException("header: got " + header.length + " bytes, wanted at most " + LONGEST_HEADER);
        }
        try (AtomicFile atomic = AtomicFile.create(file)) {
            OutputStream out = atomic.out();
            out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
            out.write(header);
            byte[] chunk = new byte[CHUNK];
            for (Map.Entry<String, Tensor> tensor : sorted) {
                MemorySegment data = tensor.getValue().data();
                for (long done = 0; done < data.byteSize(); done += CHUNK) {
                    int part = (int) Math.min(CHUNK, data.byteSize() - done);
                    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, done, chunk, 0, part);
                    out.write(chunk, 0, part);
                }
            }
            atomic.commit();
        }
    }

    private static String header(List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata) {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            json.append('"').append(SafetensorsHeader.METADATA).append("\":{");
            metadata.forEach((key, text) -> {
                appendText(json, key);
                appendText(json.append(':'), text);
                json.append(',');
            });
            json.setCharAt(json.length() - 1, '}');
            json.append(',');
        }
        long begin = 0;
        for (Map.Entry<String, Tensor> named : tensors) {
            Tensor tensor = named.getValue();
            if (named.getKey().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException("tensor name: got " + SafetensorsHeader.METADATA + ", wanted another: the format reserves it");
            }
            long end = begin + tensor.data().byteSize();
            appendText(json, named.getKey());
            json.append(":{\"dtype\":\"").append(tensor.type()).append("\",\"shape\":")
                    .append(Arrays.toString(tensor.shape()).replace(" ", ""))
                    .append(",\"data_offsets\":[").append(begin).append(',').append(end).append("]},");
            begin = end;
        }
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        json.append('}');
        // Spaces to a multiple of 8, so that the tensors are aligned.
        return json + " ".repeat(-utf8(json.toString()).length & 7);
    }

    private static void appendText(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static byte[] utf8(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("text: got half a surrogate pair in \"" + text + "\", wanted valid Unicode");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
