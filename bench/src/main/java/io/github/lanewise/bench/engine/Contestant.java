package io.github.lanewise.bench.engine;

/** One engine, ready to compute one task again and again. Used by one thread at a time. */
public interface Contestant extends AutoCloseable {
    /** Computes once. What is timed is this method, nothing else. */
    void run();

    /**
     * Copies of what was computed; after the same number of runs all contestants of a task give the same arrays, up to rounding.
     * Empty for one that measures the machine and has no answer.
     */
    float[][] output();

    /** Gives native memory back. */
    @Override
    default void close() {}
}
