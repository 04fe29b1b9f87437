package io.github.lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code lanewise bench} in the list of commands. The launcher script runs the benchmarks itself, from a jar of their own with what they need;
 * whoever comes here started this jar without it.
 */
@Command(name = "bench", description = "Measures speed, on request against other libraries (only through the launcher script of the source folder).")
final class BenchCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        throw new UserError("the benchmarks are not in this jar; run ./lanewise bench " + String.join(" ", arguments) + " in the source folder");
    }
}
