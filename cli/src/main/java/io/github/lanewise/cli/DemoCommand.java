package io.github.lanewise.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise demo}: the main job, on data that comes along. */
@Command(
        name = "demo",
        description = "Shows what Lanewise does, on data that comes along: an Elman RNN and an LSTM learn to count.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private SequenceCommand.Settings settings = new SequenceCommand.Settings();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SequenceCommand.run(SequenceData.ours(), settings, spec.commandLine().getOut(), spec.commandLine().getErr());
        return ExitCode.OK;
    }
}
