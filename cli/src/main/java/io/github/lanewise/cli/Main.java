package io.github.lanewise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code lanewise}. */
@Command(name = "lanewise", mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args the arguments of the command line
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
