package io.github.lanewise.cli;

import io.github.lanewise.cli.chat.ChatCommand;
import io.github.lanewise.cli.wave.WaveCommand;
import io.github.lanewise.cli.word2vec.Word2VecCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code lanewise}. Without a subcommand it prints its help. */
@Command(
        name = "lanewise",
        description = "SIMD kernels, recurrent networks and word vectors in pure Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {DemoCommand.class, SequenceCommand.class, DiagnoseCommand.class, Word2VecCommand.class, WaveCommand.class, ChatCommand.class, BenchCommand.class},
        subcommandsRepeatable = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:internal error",
            "2:wrong arguments or bad input, said in one line",
            "3:no JDK 25 or newer found (launcher script)",
            "4:the build failed (launcher script)"
        })
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * The command line with our handling of errors.
     *
     * @return a new command line
     */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::reportWrongArguments)
                .setExecutionExceptionHandler(Main::reportFailure);
    }

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args the arguments of the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }

    private static int reportWrongArguments(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        printLine(command.getErr(), name + ": " + problem.getMessage() + " (see " + name + " --help)");
        return ExitCode.BAD_INPUT;
    }

    private static int reportFailure(Exception problem, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        if (problem instanceof UserError) {
            printLine(command.getErr(), name + ": " + problem.getMessage());
            return ExitCode.BAD_INPUT;
        }
        printLine(command.getErr(), name + ": internal error, please report it with these lines:");
        problem.printStackTrace(command.getErr());
        return ExitCode.INTERNAL_ERROR;
    }

    /** One line, even when the message quotes input that has line breaks. */
    private static void printLine(PrintWriter err, String message) {
        err.println(message.strip().replaceAll("\\R+", " "));
    }
}
