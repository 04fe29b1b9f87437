package io.github.lanewise.word2vec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A text as word numbers, {@link #END} after each sentence. In memory up to a budget, then in a temporary file that is mapped for reading.
 * First filled with {@link #add}, then {@link #finish finished}, then read by any number of threads.
 */
@SuppressWarnings("MustBeClosedChecker") // Its file is closed by close(), or by whoever gets the store.
final class TokenStore implements AutoCloseable {
    /** Ends a sentence. */
    static final int END = -1;
    private static final int BLOCK_SHIFT = 18;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    private final long budget;
    private final @Nullable Path folder;
    private final List<int[]> blocks = new ArrayList<>();
    private int[] current = new int[BLOCK];
    private long length;
    private @Nullable FileChannel file;
    private @Nullable Arena arena;
    private @Nullable MemorySegment mapped;

    /**
     * @param budget bytes to hold in memory
     * @param folder of the temporary file, or null for the system's
     */
    TokenStore(long budget, @Nullable Path folder) {
        this.budget = budget;
        this.folder = folder;
    }

    void add(int token) {
        int at = (int) length & (BLOCK - 1);
        if (at == 0 && length > 0) {
            flush(BLOCK);
        }
        current[at] = token;
        length++;
    }

    /** Puts the current block away, to memory or to the file. */
    private void flush(int tokens) {
        if (file == null && (blocks.size() + 1L) * BLOCK * Integer.BYTES <= budget) {
            blocks.add(current);
            current = new int[BLOCK];
            return;
        }
        try {
            if (file == null) {
                Path path = folder == null ? Files.createTempFile("lanewise", ".tokens") : Files.createTempFile(folder, "lanewise", ".tokens");
                file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                for (int[] block : blocks) {
                    write(file, block, BLOCK, file.size());
                }
                blocks.clear();
            }
            write(file, current, tokens, file.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel file, int[] tokens, int count, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.nativeOrder());
        bytes.asIntBuffer().put(tokens, 0, count);
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    /** Ends filling. */
    void finish() {
        if (file != null) {
            flush((int) ((length - 1) & (BLOCK - 1)) + 1);
            map();
        } else if (length > 0) {
            blocks.add(current);
        }
        current = new int[0];
    }

    private void map() {
        try {
            FileChannel open = Objects.requireNonNull(file);
            if (arena != null) {
                arena.close();
            }
            arena = Arena.ofShared();
            open.truncate(length * Integer.BYTES);
            mapped = open.map(FileChannel.MapMode.READ_WRITE, 0, length * Integer.BYTES, arena);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long length() {
        return length;
    }

    boolean isInMemory() {
        return file == null;
    }

    /** Copies tokens out: as many as there are from {@code position} on, at most {@code count}. Allocates nothing. */
    int read(long position, int[] into, int count) {
        int n = (int) Math.min(count, length - position);
        if (mapped != null) {
            MemorySegment.copy(mapped, ValueLayout.JAVA_INT, position * Integer.BYTES, into, 0, n);
            return n;
        }
        for (int done = 0; done < n; ) {
            long at = position + done;
            int inBlock = (int) at & (BLOCK - 1);
            int part = Math.min(n - done, BLOCK - inBlock);
            System.arraycopy(blocks.get((int) (at >>> BLOCK_SHIFT)), inBlock, into, done, part);
            done += part;
        }
        return n;
    }

    private void write(long position, int[] from, int count) {
        if (mapped != null) {
            MemorySegment.copy(from, 0, mapped, ValueLayout.JAVA_INT, position * Integer.BYTES, count);
            return;
        }
        for (int done = 0; done < count; ) {
            long at = position + done;
            int inBlock = (int) at & (BLOCK - 1);
            int part = Math.min(count - done, BLOCK - inBlock);
            System.arraycopy(from, done, blocks.get((int) (at >>> BLOCK_SHIFT)), inBlock, part);
            done += part;
        }
    }

    /** Renames the words of a finished store: word {@code w} becomes {@code names[w]}, or vanishes if that is negative; so do empty sentences. */
    void rename(int[] names) {
        int[] buffer = new int[BLOCK];
        long to = 0;
        int last = END;
        for (long from = 0; from < length; ) {
            int n = read(from, buffer, BLOCK);
            int kept = 0;
            for (int i = 0; i < n; i++) {
                int token = buffer[i] == END ? END : names[buffer[i]];
                boolean keep = buffer[i] == END ? last != END : token >= 0;
                if (keep) {
                    last = token;
                    buffer[kept++] = token;
                }
            }
            write(to, buffer, kept);
            from += n;
            to += kept;
        }
        length = to;
        if (file != null) {
            if (length == 0) {
                close();
            } else {
                map();
            }
        } else {
            int needed = (int) ((length + BLOCK - 1) >>> BLOCK_SHIFT);
            blocks.subList(needed, blocks.size()).clear();
        }
    }

    /** Opens a finished store for more tokens. */
    void reopen() {
        int rest = (int) ((length - 1) & (BLOCK - 1)) + 1;
        current = new int[BLOCK];
        if (length == 0) {
            return;
        }
        read(length - rest, current, rest);
        if (file == null) {
            blocks.removeLast();
        } else {
            try {
                Objects.requireNonNull(arena).close();
                arena = null;
                mapped = null;
                file.truncate((length - rest) * Integer.BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A checksum of all tokens. */
    long checksum() {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        IntBuffer ints = bytes.asIntBuffer();
        int[] buffer = new int[BLOCK / Integer.BYTES];
        for (long from = 0; from < length; ) {
            int n = read(from, buffer, buffer.length);
            ints.clear().put(buffer, 0, n);
            crc.update(bytes.clear().limit(n * Integer.BYTES));
            from += n;
        }
        return crc.getValue();
    }

    @Override
    public void close() {
        blocks.clear();
        length = 0;
        if (arena != null) {
            arena.close();
            arena = null;
            mapped = null;
        }
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            file = null;
        }
    }
}
