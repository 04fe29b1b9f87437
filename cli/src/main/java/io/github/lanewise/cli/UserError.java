package io.github.lanewise.cli;

import java.nio.file.Path;

/**
 * Something that the user can put right: the command ends with exit code {@link ExitCode#BAD_INPUT} and this message, in one line.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error without a place in a file.
     *
     * @param message what is wrong, what was got and what was wanted
     */
    public UserError(String message) {
        super(message);
    }

    /**
     * An error of a whole file.
     *
     * @param file the file, as the user named it
     * @param got what is there
     * @param wanted what should be there
     * @return the error {@code file: got ..., wanted ...}
     */
    public static UserError in(Path file, String got, String wanted) {
        return new UserError(file + ": got " + got + ", wanted " + wanted);
    }

    /**
     * An error in one line of a file.
     *
     * @param file the file, as the user named it
     * @param line the line, counted from 1
     * @param got what is there
     * @param wanted what should be there
     * @return the error {@code file:line: got ..., wanted ...}
     */
    public static UserError at(Path file, long line, String got, String wanted) {
        return new UserError(file + ":" + line + ": got " + got + ", wanted " + wanted);
    }
}
