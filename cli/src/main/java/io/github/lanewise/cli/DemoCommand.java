package io.github.lanewise.cli;

import io.github.lanewise.cli.word2vec.Word2VecDemo;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise demo}: the main job, on data that comes along. */
@Command(
        name = "demo",
        description = {
            "Shows what Lanewise does, on data that comes along: an Elman RNN and an LSTM learn to count,",
            "then word vectors answer king - man + woman and France - Paris + Rome."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private SequenceCommand.Settings settings = new SequenceCommand.Settings();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SequenceCommand.run(SequenceData.ours(), settings, out, err);
        out.println();
        Word2VecDemo.run(settings.seed, out, err);
        out.flush();
        return ExitCode.OK;
    }
}
