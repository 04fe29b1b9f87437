package io.github.lanewise.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears whole or not at all: written beside its place under a temporary name, forced to the disk and moved by {@link #commit}.
 *
 * <p>A symbolic link stays, its target is replaced. A device or pipe is written directly.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path written;
    private final FileChannel channel;
    private final OutputStream out;

    private AtomicFile(Path target, Path written, FileChannel channel) {
        this.target = target;
        this.written = written;
        this.channel = channel;
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /**
     * Begins a file.
     *
     * @param file its final name; its folder must exist
     * @return the open file
     * @throws IOException if it cannot be created
     */
    public static AtomicFile create(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        if (Files.isDirectory(target)) {
            throw new IOException(file + ": got a folder, wanted a file to write");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new AtomicFile(target, target, FileChannel.open(target, StandardOpenOption.WRITE));
        }
        // Not Files.createTempFile: its files cannot be read by others, and keep that after the move.
        Path written = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        return new AtomicFile(target, written, FileChannel.open(written, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    /**
     * Returns where to write. Buffered.
     *
     * @return the stream; closing it is not needed
     */
    public OutputStream out() {
        return out;
    }

    /**
     * Makes what was written the file of the final name.
     *
     * @throws IOException if that fails; an older file of this name is still there then
     */
    public void commit() throws IOException {
        out.flush();
        if (written.equals(target)) {
            return;
        }
        channel.force(true);
        channel.close();
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Closes the file. Without a commit before, what was written is deleted. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }
}
