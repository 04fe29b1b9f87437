package io.github.lanewise.bench.jmh;

import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Task;
import org.openjdk.jmh.annotations.Param;

/** Element-wise functions. */
public class ActivationBenchmark extends Match {
    /** Which function. */
    @Param({"tanh", "sigmoid", "exp"})
    public String function;

    /** Number of elements; 1003 leaves a tail on every vector width. */
    @Param({"64", "1003", "65536"})
    public int length;

    @Override
    protected Task task() {
        return new Elementwise(function, length);
    }
}
