/** The command {@code lanewise}: subcommands, their errors and exit codes. */
package io.github.lanewise.cli;
