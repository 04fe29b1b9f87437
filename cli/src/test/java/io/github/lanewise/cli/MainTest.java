package io.github.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    @Test
    void helpNamesTheCommand() {
        assertTrue(new CommandLine(Main.class).getUsageMessage().contains("lanewise"));
    }
}
