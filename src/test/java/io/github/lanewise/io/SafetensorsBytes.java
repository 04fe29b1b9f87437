package io.github.lanewise.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files made by hand, right and wrong. */
final class SafetensorsBytes {
    private SafetensorsBytes() {}

    /** A file with this header and so many bytes of data, counting up from 0. */
    static byte[] of(String header, int dataLength) {
        return of(header.getBytes(StandardCharsets.UTF_8), dataLength);
    }

    static byte[] of(byte[] header, int dataLength) {
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + header.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        for (int i = 0; i < dataLength; i++) {
            file.put((byte) i);
        }
        return file.array();
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("test.safetensors"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
