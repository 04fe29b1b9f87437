package io.github.lanewise.bench.task;

import java.util.Map;

/** Something that several engines can compute. Tasks that are equal have the same data. */
public interface Task {
    /** Names and values of the JMH parameters that stand for this task. */
    Map<String, String> parameters();

    /** Sizes as they appear in the JSON report. */
    Map<String, Object> sizes();

    /** A short name for tables, for example {@code lstm 64x64}. */
    default String label() {
        return String.join(" ", parameters().values());
    }

    /** Times are reported per unit; a run computes this many of them (steps of a sequence, elements of an array). */
    default int units() {
        return 1;
    }

    /** Floating-point operations of one run, a fused multiply-add being two. */
    double flops();

    /** Bytes that one run must read at least (the weights). */
    double bytes();

    /** How far an answer may be from that of the first engine, relative to its largest magnitude. */
    double bound();
}
