package io.github.lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.engine.Engines;
import io.github.lanewise.bench.jmh.Agreement;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every peer computes what ours does, at sizes that are no multiple of anything: gate orders, layouts and the ONNX model are right. */
class PeersTest {
    @Test
    void streams() throws Exception {
        assertEquals(List.of("onnxruntime", "onednn", "pytorch-djl", "dl4j"), agreeing(new Step(Network.of("lstm", "3x17"))));
        assertEquals(List.of("onnxruntime", "onednn", "pytorch-djl", "dl4j"), agreeing(new Step(Network.of("elman", "3x17"))));
    }

    @Test
    void sequences() throws Exception {
        assertEquals(List.of("onnxruntime", "onednn", "pytorch-djl", "dl4j"), agreeing(new Sequence(Network.of("lstm", "5x19"), 7)));
        assertEquals(List.of("onnxruntime", "onednn", "pytorch-djl", "dl4j"), agreeing(new Sequence(Network.of("elman", "5x19"), 7)));
    }

    @Test
    void training() throws Exception {
        assertEquals(List.of("onednn", "pytorch-djl", "dl4j"), agreeing(new Training(Network.of("lstm", "5x19"), 3, 7)));
        assertEquals(List.of("onednn", "pytorch-djl", "dl4j"), agreeing(new Training(Network.of("elman", "5x19"), 3, 7)));
    }

    @Test
    void products() throws Exception {
        assertEquals(List.of("openblas"), agreeing(Product.of("3x32x19")));
    }

    /** The peers that can do a task; they agree with the scalar backend, or this throws. */
    private static List<String> agreeing(Task task) throws Exception {
        float[][] wanted = output("scalar", task).orElseThrow();
        List<String> names = new ArrayList<>();
        for (String peer : Engines.peers()) {
            Optional<float[][]> got = output(peer, task);
            if (got.isPresent()) {
                double error = Agreement.check(task.label(), "scalar", wanted, peer, got.get(), task.bound());
                assertTrue(error > 0, task.label() + ": " + peer + " is suspiciously exact: does it compare with itself?");
                names.add(peer);
            }
        }
        return names;
    }

    private static Optional<float[][]> output(String name, Task task) throws Exception {
        Engine engine = Objects.requireNonNull(Engines.all().get(name), name);
        Optional<Contestant> prepared = engine.prepare(task);
        if (prepared.isEmpty()) {
            return Optional.empty();
        }
        try (Contestant contestant = prepared.get()) {
            // The second run shows a state that is not carried, or gradients that pile up.
            contestant.run();
            contestant.run();
            return Optional.of(contestant.output());
        }
    }
}
