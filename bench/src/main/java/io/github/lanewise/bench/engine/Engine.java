package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Task;
import java.util.Optional;

/** A library, or a way to write the code, that takes part. Peers are found through {@link java.util.ServiceLoader}. */
public interface Engine {
    /** The name in options and reports. */
    String name();

    /** Version, and settings that a reader must know. */
    String version();

    /** How far its answers to a task may be from those of another engine, relative to their largest magnitude. */
    default double bound(Task task) {
        return task.bound();
    }

    /** The computation of a task, on one thread where the engine does not say otherwise; empty when this engine has no such operation. */
    Optional<Contestant> prepare(Task task) throws Exception;
}
