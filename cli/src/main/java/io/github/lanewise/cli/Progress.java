package io.github.lanewise.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of a task: a bar when a person watches, else a line for every tenth. Always on the error stream. */
public final class Progress implements AutoCloseable {
    private final PrintWriter err;
    private final String task;
    private final long total;
    private final Optional<ProgressBar> bar;
    private long tenths;

    /**
     * Begins with nothing done.
     *
     * @param err where lines go
     * @param task what is done
     * @param total units to do
     */
    public Progress(PrintWriter err, String task, long total) {
        this.err = err;
        this.task = task;
        this.total = Math.max(1, total);
        bar = onTerminal() ? Optional.of(newBar()) : Optional.empty();
    }

    /**
     * Says how much of the total is done.
     *
     * @param done units done since the beginning
     */
    public void to(long done) {
        to(done, "");
    }

    /**
     * Says how much of the total is done, and how it stands.
     *
     * @param done units done since the beginning
     * @param remark what stands after the bar or in the line, such as a loss; may be empty
     */
    public void to(long done, String remark) {
        if (bar.isPresent()) {
            bar.get().setExtraMessage(remark);
            bar.get().stepTo(done);
        } else if (done * 10 / total > tenths) {
            tenths = done * 10 / total;
            err.printf(Locale.ROOT, "%s: %d %%%s%n", task, 10 * tenths, remark.isEmpty() ? "" : ", " + remark);
            err.flush();
        }
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }

    private ProgressBar newBar() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    // On JDK 25 the console is null again without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
