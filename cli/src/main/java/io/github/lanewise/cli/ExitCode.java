package io.github.lanewise.cli;

import picocli.CommandLine;

/** The exit codes of the command. The launcher script adds 3 (no JDK found) and 4 (the build failed). */
public final class ExitCode {
    /** Done. */
    public static final int OK = CommandLine.ExitCode.OK;

    /** A fault of ours; a stack trace is printed. */
    public static final int INTERNAL_ERROR = CommandLine.ExitCode.SOFTWARE;

    /** Wrong arguments or bad input, said in one line on the error stream. */
    public static final int BAD_INPUT = CommandLine.ExitCode.USAGE;

    private ExitCode() {}
}
