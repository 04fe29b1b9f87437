package io.github.lanewise.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: names, types, shapes and places of the tensors, and a map of texts.
 *
 * @param entries where each tensor lies, in the order of the header
 * @param metadata texts under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    /** More than NumPy (64), and less than what would make one tensor of a small file large. */
    private static final int MOST_DIMENSIONS = 64;

    /**
     * One tensor: the bytes {@code begin .. end - 1} after the header.
     *
     * @param position where in the file it is described
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(ElementType type, long[] shape, long begin, long end, long position) {}

    /**
     * Parses and checks a header.
     *
     * @param file for messages
     * @param bytes the header
     * @param start where in the file it begins
     * @param dataLength bytes after the header; the tensors must fill them
     */
    static SafetensorsHeader parse(Path file, byte[] bytes, long start, long dataLength) throws MalformedFileException {
        JsonCursor json = new JsonCursor(file, bytes, start);
        if (bytes.length == 0 || bytes[0] != '{') {
            throw json.malformed(start, "wanted '{', the begin of a header in JSON");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        boolean metadataSeen = false;
        json.expect('{');
        boolean more = !json.accept('}');
        while (more) {
            long position = json.position();
            String name = json.string();
            json.expect(':');
            boolean duplicate;
            if (name.equals(METADATA)) {
                duplicate = metadataSeen;
                metadataSeen = true;
                readTexts(json, metadata);
            } else {
                duplicate = entries.put(name, readEntry(json)) != null;
            }
            if (duplicate) {
                throw json.malformed(position, "got the name \"" + name + "\" twice, wanted distinct names");
            }
            more = json.more('}');
        }
        if (!json.atEnd()) {
            throw json.malformed(json.position(), "got more after the end of the header, wanted only spaces");
        }
        checkPlaces(json, entries, start + bytes.length, dataLength);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void readTexts(JsonCursor json, Map<String, String> into) throws MalformedFileException {
        json.expect('{');
        boolean more = !json.accept('}');
        while (more) {
            long position = json.position();
            String key = json.string();
            json.expect(':');
            if (into.put(key, json.string()) != null) {
                throw json.malformed(position, "got the key \"" + key + "\" twice, wanted distinct keys");
            }
            more = json.more('}');
        }
    }

    private static Entry readEntry(JsonCursor json) throws MalformedFileException {
        long start = json.position();
        ElementType type = null;
        long[] shape = null;
        long[] offsets = null;
        json.expect('{');
        boolean more = !json.accept('}');
        while (more) {
            long position = json.position();
            String key = json.string();
            json.expect(':');
            boolean duplicate = switch (key) {
                case "dtype" -> type != null;
                case "shape" -> shape != null;
                case "data_offsets" -> offsets != null;
                default -> throw json.malformed(position, "got the key \"" + key + "\", wanted dtype, shape or data_offsets");
            };
            if (duplicate) {
                throw json.malformed(position, "got " + key + " twice, wanted it once");
            }
            if (key.equals("dtype")) {
                type = readType(json);
            } else if (key.equals("shape")) {
                shape = readNumbers(json, MOST_DIMENSIONS, "dimensions");
            } else {
                offsets = readNumbers(json, 2, "offsets");
            }
            more = json.more('}');
        }
        return entry(json, type, shape, offsets, start);
    }

    private static Entry entry(JsonCursor json, @Nullable ElementType type, long @Nullable [] shape, long @Nullable [] offsets, long start)
            throws MalformedFileException {
        if (type == null || shape == null || offsets == null) {
            String missing = type == null ? "dtype" : shape == null ? "shape" : "data_offsets";
            throw json.malformed(start, "got a tensor without " + missing + ", wanted dtype, shape and data_offsets");
        }
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw json.malformed(start, "data_offsets: got " + Arrays.toString(offsets) + ", wanted a begin and an end after it");
        }
        long bits;
        try {
            bits = Math.multiplyExact(Tensor.size(shape), type.bits());
        } catch (ArithmeticException overflow) {
            throw json.malformed(start, "shape: got " + Arrays.toString(shape) + ", wanted less than 2^63 bits");
        }
        if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != offsets[1] - offsets[0]) {
            throw json.malformed(start, String.format(Locale.ROOT, "data_offsets: got %s, %d bytes, wanted %s bytes as %s %s has",
                    Arrays.toString(offsets), offsets[1] - offsets[0],
                    bits % Byte.SIZE == 0 ? bits / Byte.SIZE : "whole", type, Arrays.toString(shape)));
        }
        return new Entry(type, shape, offsets[0], offsets[1], start);
    }

    private static ElementType readType(JsonCursor json) throws MalformedFileException {
        long position = json.position();
        String name = json.string();
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw json.malformed(position, "dtype: got \"" + name + "\", wanted one of " + Arrays.toString(ElementType.values()));
    }

    private static long[] readNumbers(JsonCursor json, int most, String what) throws MalformedFileException {
        long position = json.position();
        long[] numbers = new long[2];
        int count = 0;
        json.expect('[');
        boolean more = !json.accept(']');
        while (more) {
            if (count == most) {
                throw json.malformed(position, "got more than " + most + " " + what + ", wanted at most so many");
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = json.number();
            more = json.more(']');
        }
        return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
    }

    /** Every byte after the header belongs to exactly one tensor. */
    private static void checkPlaces(JsonCursor json, Map<String, Entry> entries, long dataStart, long dataLength) throws MalformedFileException {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
        byPlace.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin()).thenComparingLong(e -> e.getValue().end()));
        long reached = 0;
        for (Map.Entry<String, Entry> named : byPlace) {
            Entry entry = named.getValue();
            String at = "tensor \"" + named.getKey() + "\": got bytes " + entry.begin() + " to " + entry.end() + " of the data, wanted ";
            if (entry.end() > dataLength) {
                throw json.malformed(entry.position(), at + "them within its " + dataLength + " bytes");
            }
            if (entry.begin() != reached) {
                throw json.malformed(entry.position(), at + "their begin at " + reached + ", without "
                        + (entry.begin() < reached ? "overlap" : "gap"));
            }
            reached = entry.end();
        }
        if (reached != dataLength) {
            throw json.malformed(dataStart + reached, "got " + (dataLength - reached) + " bytes that belong to no tensor, wanted none");
        }
    }
}
