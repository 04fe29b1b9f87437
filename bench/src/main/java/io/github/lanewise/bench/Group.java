package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Row;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What is measured and reported under one name. A new one needs a line in {@link Groups}. */
interface Group {
    /** The word on the command line and in the report. */
    String name();

    /** How it measures, for the report. */
    default String measured(Runs runs) {
        return runs.toString();
    }

    /** Whether {@code all} has it. */
    default boolean ready() {
        return true;
    }

    /**
     * Measures; rows of one task follow each other, and the first engine of a task is the reference of its ratios.
     *
     * @throws RunnerException if a JVM failed, or engines disagree
     * @throws IllegalStateException if another program failed
     */
    List<Row> measure(Request request) throws RunnerException, IOException;
}
