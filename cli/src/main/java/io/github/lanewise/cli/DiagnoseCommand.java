package io.github.lanewise.cli;

import io.github.lanewise.kernel.Diagnostics;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SelfTest;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise diagnose}: whether SIMD is on, and a quick self-test. */
@Command(
        name = "diagnose",
        description = "Says which backend runs and why, compares both backends bit by bit and times them.",
        mixinStandardHelpOptions = true)
final class DiagnoseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Diagnostics diagnostics = Diagnostics.current();
        out.println(diagnostics);
        SelfTest test = Diagnostics.selfTest();
        if (Kernels.simd().isPresent()) {
            String result = test.equal() ? "scalar and " + diagnostics.backend() + " agree" : "scalar and " + diagnostics.backend() + " DIFFER";
            out.printf(Locale.ROOT, "bits     %s (%d arrays compared)%n", result, test.comparisons());
        } else {
            out.println("bits     nothing to compare with: only the scalar backend runs");
        }
        out.printf(Locale.ROOT, "matmul   %.0f ns, scalar %.0f ns (16 x 64 x 256)%n", test.bestMatmulNanos(), test.scalarMatmulNanos());
        out.printf(Locale.ROOT, "tanh     %.0f ns, scalar %.0f ns (1024 values)%n", test.bestTanhNanos(), test.scalarTanhNanos());
        return test.equal() ? ExitCode.OK : ExitCode.INTERNAL_ERROR;
    }
}
