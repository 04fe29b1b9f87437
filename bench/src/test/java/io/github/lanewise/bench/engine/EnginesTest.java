package io.github.lanewise.bench.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bench.jmh.Agreement;
import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.TileProduct;
import io.github.lanewise.bench.task.Training;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnginesTest {
    @Test
    void plainJavaComputesWhatOursDoes() throws Exception {
        List<Task> tasks = List.of(new Step(Network.of("lstm", "3x17")), new Step(Network.of("elman", "3x17")),
                new Sequence(Network.of("lstm", "5x33"), 7), new Sequence(Network.of("elman", "5x33"), 7), Product.of("3x32x19"),
                new Elementwise("tanh", 101), new Elementwise("sigmoid", 101), new Elementwise("exp", 101),
                new Sgns("window", 48), new Sgns("pair", 112), new Sgns("cbow", 48));
        for (Task task : tasks) {
            float[][] wanted = output("scalar", task).orElseThrow();
            for (String engine : task instanceof Sgns ? List.of("naive") : List.of("careful", "naive")) {
                float[][] got = output(engine, task).orElseThrow();
                double error = Agreement.check(task.label(), "scalar", wanted, engine, got, task.bound());
                assertTrue(error > 0, task.label() + ": " + engine + " is suspiciously exact: does it compare with itself?");
            }
        }
    }

    @Test
    void tilesComputeTheSameProduct() throws Exception {
        TileProduct tiles = TileProduct.of("16x80x19");
        float[][] wanted = output("lanewise", tiles.product()).orElseThrow();
        assertArrayEquals(wanted, output("lanewise", tiles).orElseThrow());
        assertArrayEquals(wanted, output("scalar", tiles).orElseThrow());
    }

    /** Streams to the bit; a batch up to the order of sums. */
    @Test
    void twoThreadsComputeWhatOneDoes() throws Exception {
        for (Task task : List.of(new Streams(Network.of("lstm", "3x17"), 3), new Streams(Network.of("elman", "3x17"), 2),
                new Training(Network.of("lstm", "3x17"), 5, 4), new Training(Network.of("elman", "3x17"), 2, 4))) {
            float[][] wanted = output("lanewise", task).orElseThrow();
            float[][] got = output("two-threads", task).orElseThrow();
            double error = Agreement.check(task.label(), "lanewise", wanted, "two-threads", got, task instanceof Streams ? 0 : task.bound());
            assertEquals(task instanceof Training, error > 0, task.label() + ": differs by " + error);
        }
        assertTrue(output("two-threads", new Training(Network.of("lstm", "3x17"), 1, 4)).isEmpty());
    }

    @Test
    void roundedWeightsComputeAlmostTheSame() throws Exception {
        for (String cell : List.of("lstm", "elman")) {
            Task task = new Step(Network.of(cell, "3x17"));
            Engine engine = Objects.requireNonNull(Engines.all().get("lanewise-bf16"));
            double error = Agreement.check(task.label(), "scalar", output("scalar", task).orElseThrow(), engine.name(),
                    output(engine.name(), task).orElseThrow(), engine.bound(task));
            assertTrue(error > task.bound(), task.label() + ": weights of 8 bits are suspiciously exact: " + error);
        }
    }

    @Test
    void roofsDoTheWorkOfTheTask() {
        // 12 chains of 16 lanes, 2 operations each.
        assertEquals(1, PeakEngine.rounds(384, 16));
        assertEquals(2, PeakEngine.rounds(385, 16));
        assertEquals(2, PeakEngine.rounds(384, 8));
        // 8 chains of 16 lanes of 4 bytes.
        assertEquals(128, ReadEngine.floats(512, 16));
        assertEquals(256, ReadEngine.floats(516, 16));
        assertEquals(64, ReadEngine.floats(4, 8));
    }

    private static Optional<float[][]> output(String engine, Task task) throws Exception {
        Optional<Contestant> prepared = Objects.requireNonNull(Engines.all().get(engine), engine).prepare(task);
        if (prepared.isEmpty()) {
            return Optional.empty();
        }
        try (Contestant contestant = prepared.get()) {
            contestant.run();
            contestant.run();
            return Optional.of(contestant.output());
        }
    }
}
