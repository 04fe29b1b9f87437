package io.github.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutArgumentsTheHelpIsPrinted() {
        assertEquals(0, run());
        assertTrue(out.toString().startsWith("Usage: lanewise"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void versionNamesTheCommandAndTheJvm() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("lanewise "), out.toString());
        assertTrue(out.toString().contains("Java " + System.getProperty("java.version")), out.toString());
    }

    @Test
    void wrongArgumentsAreOneLineAndExitCodeTwo() {
        assertEquals(2, run("--nope"));
        assertEquals(List.of("lanewise: Unknown option: '--nope' (see lanewise --help)"), err.toString().lines().toList());
        assertEquals("", out.toString());
    }

    @Test
    void wrongOptionOfASubcommandNamesTheSubcommand() {
        assertEquals(2, run("fail", "--with=x", "y"));
        assertEquals(List.of("lanewise fail: Unmatched argument at index 2: 'y' (see lanewise fail --help)"), err.toString().lines().toList());
    }

    @Test
    void benchmarksAreRunByTheLauncher() {
        assertEquals(2, run("bench", "steps", "--quick"));
        assertEquals(List.of("lanewise bench: the benchmarks are not in this jar; run ./lanewise bench steps --quick in the source folder"),
                err.toString().lines().toList());
    }

    @Test
    void badInputIsOneLineAndExitCodeTwo() {
        assertEquals(2, run("fail", "--with=input"));
        assertEquals(List.of("lanewise fail: rows.csv:3: got 'a b', wanted a number"), err.toString().lines().toList());
    }

    @Test
    void ourFaultIsExitCodeOneWithTheStackTrace() {
        assertEquals(1, run("fail", "--with=bug"));
        assertTrue(err.toString().startsWith("lanewise fail: internal error"), err.toString());
        assertTrue(err.toString().contains("IllegalStateException: our fault"), err.toString());
        assertTrue(err.toString().contains("MainTest$Fail.call"), err.toString());
    }

    private int run(String... args) {
        CommandLine command = Main.commandLine().addSubcommand(new Fail());
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args);
    }

    /** A command that fails as told. */
    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {
        @Option(names = "--with")
        private String cause = "";

        @Override
        public Integer call() {
            if (cause.equals("input")) {
                throw UserError.at(Path.of("rows.csv"), 3, "'a\nb'", "a number");
            }
            throw new IllegalStateException("our fault");
        }
    }
}
