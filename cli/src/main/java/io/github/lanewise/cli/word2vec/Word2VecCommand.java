package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise word2vec}: the commands for word vectors. Without a subcommand it prints its help. */
@Command(
        name = "word2vec",
        description = "Trains word vectors, asks them, measures, converts and draws them.",
        subcommands = {TrainCommand.class, NearestCommand.class, AnalogyCommand.class, EvaluateCommand.class, ConvertCommand.class,
            PlotCommand.class, GenerateCommand.class},
        footer = {
            "",
            "For example:",
            "  lanewise word2vec train --corpus text.txt --output vectors.bin",
            "  lanewise word2vec analogy vectors.bin man king woman"
        },
        mixinStandardHelpOptions = true)
public final class Word2VecCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Creates the command; picocli fills it in. */
    public Word2VecCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
