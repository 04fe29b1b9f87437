package io.github.lanewise.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not what it should be: truncated, damaged, or of another format. The message says where, what was got and what was wanted.
 */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long position;

    /**
     * Creates the exception with the message {@code file: byte position: problem}.
     *
     * @param file the file
     * @param position number of (decompressed) bytes before the fault
     * @param problem what was got and what was wanted
     */
    public MalformedFileException(Path file, long position, String problem) {
        super(file + ": byte " + position + ": " + problem);
        this.position = position;
    }

    /**
     * Returns where the fault is.
     *
     * @return number of (decompressed) bytes before it
     */
    public long position() {
        return position;
    }
}
