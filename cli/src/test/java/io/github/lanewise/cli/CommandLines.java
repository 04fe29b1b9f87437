package io.github.lanewise.cli;

import picocli.CommandLine;

/** The command line, for tests in other packages. */
public final class CommandLines {
    private CommandLines() {}

    /** A new command line as {@link Main} runs it. */
    public static CommandLine ours() {
        return Main.commandLine();
    }
}
