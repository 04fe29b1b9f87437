package io.github.lanewise.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file, decompressed if it is gzip, with their position for messages. Holds one buffer of fixed size and grows nothing beyond
 * the limits its callers give.
 */
final class ByteInput implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final Path file;
    private final FileChannel channel;
    private final InputStream in;
    private final long fileSize;
    private final FileProgress progress;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private long before;
    private int length;
    private boolean found;

    private ByteInput(Path file, FileChannel channel, InputStream in, FileProgress progress) throws IOException {
        this.file = file;
        this.channel = channel;
        this.in = in;
        this.progress = progress;
        fileSize = channel.size();
    }

    /** Opens a regular file. */
    static ByteInput open(Path file, FileProgress progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            // A pipe could be read only once, and its size is not known before.
            throw new IOException(file + ": got " + (Files.exists(file) ? "no regular file" : "no such file") + ", wanted a file of word vectors");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            InputStream raw = Channels.newInputStream(channel);
            boolean gzip = isGzip(raw);
            channel.position(0);
            return new ByteInput(file, channel, gzip ? new GZIPInputStream(raw, BUFFER) : raw, progress);
        } catch (EOFException | ZipException damaged) {
            channel.close();
            throw new MalformedFileException(file, 0, "got damaged gzip data (" + damaged.getMessage() + ")");
        } catch (IOException | RuntimeException problem) {
            channel.close();
            throw problem;
        }
    }

    private static boolean isGzip(InputStream raw) throws IOException {
        byte[] magic = raw.readNBytes(2);
        return magic.length == 2 && (magic[0] & 0xff) == GZIP_MAGIC >> 8 && (magic[1] & 0xff) == (GZIP_MAGIC & 0xff);
    }

    /** Number of bytes taken so far. */
    long position() {
        return before + next;
    }

    /** The next byte without taking it, or -1 at the end. */
    int peek() throws IOException {
        return next < end || fill() ? buffer[next] & 0xff : -1;
    }

    /** Takes the next byte; -1 at the end. */
    int read() throws IOException {
        return next < end || fill() ? buffer[next++] & 0xff : -1;
    }

    /** Takes up to {@code length} bytes; returns how many, less only at the end. */
    int read(byte[] into, int length) throws IOException {
        int done = 0;
        while (done < length && (next < end || fill())) {
            int part = Math.min(length - done, end - next);
            System.arraycopy(buffer, next, into, done, part);
            next += part;
            done += part;
        }
        return done;
    }

    /**
     * Takes the bytes up to the next {@code stop} byte, which is taken too but not returned, or to the end. More than {@code limit} bytes are
     * malformed. Returns {@code into}, or a longer array if it was too small; {@link #length} tells how many bytes count.
     */
    byte[] readUntil(byte stop, byte[] into, int limit, String what) throws IOException {
        long start = position();
        byte[] bytes = into;
        length = 0;
        found = false;
        while (!found && (next < end || fill())) {
            int i = next;
            while (i < end && buffer[i] != stop) {
                i++;
            }
            int part = i - next;
            if (length + (long) part > limit) {
                throw new MalformedFileException(file, start, "got a " + what + " of more than " + limit + " bytes, wanted at most so many");
            }
            if (bytes.length < length + part) {
                bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(length + part, 2 * bytes.length)));
            }
            System.arraycopy(buffer, next, bytes, length, part);
            length += part;
            found = i < end;
            next = found ? i + 1 : i;
        }
        return bytes;
    }

    /** How many bytes the last {@link #readUntil} returned. */
    int length() {
        return length;
    }

    /** Whether the last {@link #readUntil} found its stop byte, and not the end of the file. */
    boolean found() {
        return found;
    }

    MalformedFileException malformed(long position, String problem) {
        return new MalformedFileException(file, position, problem);
    }

    private boolean fill() throws IOException {
        before += end;
        next = 0;
        end = 0;
        try {
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        } catch (EOFException | ZipException damaged) {
            throw malformed(before, "got truncated or damaged gzip data (" + damaged.getMessage() + ")");
        }
        progress.update(channel.position(), fileSize);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
        channel.close();
    }

    /** What a pass over a whole file finds: its bytes and its lines that are not empty. An unfinished last line counts. */
    record Extent(long bytes, long lines) {}

    /** Measures a file: a pass over all of it if it is gzip or lines are wanted, else its size alone. */
    static Extent measure(Path file, boolean wantLines) throws IOException {
        try (ByteInput input = open(file, FileProgress.NONE)) {
            if (!wantLines && !(input.in instanceof GZIPInputStream)) {
                return new Extent(input.fileSize, 0);
            }
            long lines = 0;
            byte last = '\n';
            while (input.fill()) {
                for (int i = 0; i < input.end; i++) {
                    lines += input.buffer[i] == '\n' && last != '\n' ? 1 : 0;
                    last = input.buffer[i];
                }
                input.next = input.end;
            }
            return new Extent(input.before, lines + (last == '\n' ? 0 : 1));
        }
    }
}
