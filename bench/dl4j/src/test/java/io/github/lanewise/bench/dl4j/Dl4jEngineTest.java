package io.github.lanewise.bench.dl4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.engine.Engines;
import io.github.lanewise.bench.jmh.Agreement;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** It computes what ours does, at sizes that are no multiple of anything: gate order and layouts are right. */
class Dl4jEngineTest {
    @Test
    void streams() throws Exception {
        agrees(new Step(Network.of("lstm", "3x17")));
        agrees(new Step(Network.of("elman", "3x17")));
    }

    @Test
    void sequences() throws Exception {
        agrees(new Sequence(Network.of("lstm", "5x19"), 7));
        agrees(new Sequence(Network.of("elman", "5x19"), 7));
    }

    @Test
    void training() throws Exception {
        agrees(new Training(Network.of("lstm", "5x19"), 3, 7));
        agrees(new Training(Network.of("elman", "5x19"), 3, 7));
    }

    private static void agrees(Task task) throws Exception {
        Engine ours = Objects.requireNonNull(Engines.all().get("scalar"));
        float[][] wanted = output(ours, task);
        double error = Agreement.check(task.label(), "scalar", wanted, "dl4j", output(new Dl4jEngine(), task), task.bound());
        assertTrue(error > 0, task.label() + ": suspiciously exact: does it compare with itself?");
    }

    private static float[][] output(Engine engine, Task task) throws Exception {
        try (Contestant contestant = engine.prepare(task).orElseThrow()) {
            // The second run shows a state that is not carried, or gradients that pile up.
            contestant.run();
            contestant.run();
            return contestant.output();
        }
    }
}
