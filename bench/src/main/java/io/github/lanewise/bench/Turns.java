package io.github.lanewise.bench;

import io.github.lanewise.bench.engine.Engines;
import io.github.lanewise.bench.jmh.TrainingBenchmark;
import io.github.lanewise.bench.report.Roof;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.report.Scale;
import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Memory;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.TileProduct;
import io.github.lanewise.bench.task.Training;
import io.github.lanewise.bench.task.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Tasks at which engines take turns, each task in JVMs of its own by JMH.
 *
 * @param name its name
 * @param tasks all of them
 * @param quickTasks those of a quick run
 * @param engines who takes part in a task, besides the peers; the first is the reference
 * @param withPeers whether peers take part
 */
record Turns(String name, List<Task> tasks, List<Task> quickTasks, Function<Task, List<String>> engines, boolean withPeers) implements Group {
    private static final List<String> CELLS = List.of("lstm", "elman");
    private static final List<String> SHAPES = List.of("1x16", "1x64", "32x32", "64x64", "64x128", "128x128", "256x256", "512x512", "1024x1024");
    private static final List<String> PLAIN = List.of("lanewise", "scalar", "careful", "naive");

    /** Length of a sequence where that is not what is measured. */
    private static final int SEQUENCE_STEPS = 100;

    /** Beyond this many operations a run, plain Java takes longer than anybody waits. */
    private static final double SCALAR_LIMIT = 5e8;

    @Override
    public List<Row> measure(Request request) throws RunnerException {
        List<Task> wanted = request.wanted(request.runs().quick() ? quickTasks : tasks);
        Runner runner = new Runner(request.runs(), request.folder().resolve(name + ".log"));
        List<Row> rows = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < wanted.size(); i++) {
            List<Row> ofTask = runner.run(wanted.get(i), enginesOf(wanted.get(i), request));
            rows.addAll(ofTask);
            request.report(name, i + 1, wanted.size(), start, ofTask);
        }
        return rows;
    }

    private List<String> enginesOf(Task task, Request request) {
        if (!request.engines().isEmpty()) {
            return request.engines();
        }
        Set<String> names = new LinkedHashSet<>(engines.apply(task));
        if (request.peers() && withPeers) {
            names.addAll(Engines.peers());
        }
        return List.copyOf(names).stream().filter(Engines.all().keySet()::contains).toList();
    }

    static List<Group> groups() {
        List<Task> steps = layers(Step::new);
        List<Task> sequences = layers(network -> new Sequence(network, SEQUENCE_STEPS));
        List<Task> products = Stream.of("1x256x96", "1x512x192", "3x512x128", "5x272x65", "16x256x128", "17x272x129", "64x1024x512", "251x2032x255")
                .<Task>map(Product::of).toList();
        List<Task> passes = training(List.of(64, 128, 256, 512), List.of(1, 16, 32, 64));
        // Weights that outgrow the caches.
        passes.add(new Training(Network.of("lstm", "1024x1024"), 16, TrainingBenchmark.STEPS));
        List<Task> functions = Stream.of("tanh", "sigmoid", "exp")
                .flatMap(function -> Stream.<Task>of(new Elementwise(function, 64), new Elementwise(function, 1003), new Elementwise(function, 65_536))).toList();
        return List.of(
                new Turns("kernels", products, products, task -> PLAIN, true),
                new Turns("activations", functions, functions, task -> PLAIN, true),
                new Turns("steps", steps, steps, task -> PLAIN, true),
                new Turns("sequence", sequences, sequences, task -> List.of("lanewise", "careful"), true),
                new Turns("training", passes, training(List.of(64, 128, 256), List.of(1, 16, 64)),
                        task -> task.flops() < SCALAR_LIMIT ? List.of("lanewise", "scalar") : List.of("lanewise"), true),
                new Turns("word2vec", words(), words(), task -> task instanceof Sgns ? List.of("lanewise", "scalar", "naive") : List.of("lanewise"), false),
                new Turns(Roof.GROUP, roof(), roof(), task -> task instanceof Memory ? List.of("read") : List.of("lanewise", "peak", "read"), false),
                new Turns(Scale.GROUP, scale(), scale(), task -> task instanceof Step ? List.of("lanewise", "read")
                        : task instanceof Sequence ? List.of("lanewise") : List.of("lanewise", "two-threads"), false));
    }

    /** One and two threads at batches and at streams, then steps of growing layers and sequences of growing length. */
    private static List<Task> scale() {
        List<Task> tasks = new ArrayList<>();
        for (int hidden : List.of(64, 128, 256)) {
            for (int batch : List.of(32, 64)) {
                tasks.add(new Training(Network.of("lstm", hidden + "x" + hidden), batch, TrainingBenchmark.STEPS));
            }
        }
        for (String shape : List.of("64x64", "128x128")) {
            tasks.add(new Streams(Network.of("lstm", shape), 2));
        }
        for (int hidden : List.of(16, 32, 64, 128, 256, 512, 1024)) {
            tasks.add(new Step(Network.of("lstm", hidden + "x" + hidden)));
        }
        for (int steps : List.of(10, 20, 50, 100, 200, 500, 1000)) {
            tasks.add(new Sequence(Network.of("lstm", "64x64"), steps));
        }
        return tasks;
    }

    private static List<Task> layers(Function<Network, Task> task) {
        return CELLS.stream().flatMap(cell -> SHAPES.stream().map(shape -> task.apply(Network.of(cell, shape)))).toList();
    }

    private static List<Task> training(List<Integer> units, List<Integer> batches) {
        List<Task> tasks = new ArrayList<>();
        for (String cell : CELLS) {
            for (int hidden : units) {
                for (int batch : batches) {
                    tasks.add(new Training(Network.of(cell, hidden + "x" + hidden), batch, TrainingBenchmark.STEPS));
                }
            }
        }
        return tasks;
    }

    /** One update alone, then an epoch; the lengths are those of 100 and 300 dimensions, padded. */
    private static List<Task> words() {
        List<Task> tasks = new ArrayList<>();
        for (String update : List.of("window", "pair", "cbow")) {
            tasks.add(new Sgns(update, 112));
            tasks.add(new Sgns(update, 304));
            tasks.add(new Words(update, 100));
            tasks.add(new Words(update, 300));
        }
        return tasks;
    }

    /** One size per cache level, then kernels that stand for the layers: products of one row and of many, steps, a sequence, training. */
    private static List<Task> roof() {
        List<Task> tasks = new ArrayList<>();
        for (int kibibytes : List.of(16, 256, 8192, 262_144)) {
            tasks.add(new Memory(kibibytes));
        }
        for (String size : List.of("1x256x24", "1x512x256", "16x256x128", "64x1024x512", "251x2032x255")) {
            tasks.add(Product.of(size));
        }
        for (String size : List.of("16x192x256", "16x4096x256")) {
            tasks.add(TileProduct.of(size));
        }
        for (String shape : SHAPES) {
            tasks.add(new Step(Network.of("lstm", shape)));
        }
        tasks.add(new Sequence(Network.of("lstm", "128x128"), SEQUENCE_STEPS));
        tasks.addAll(training(List.of(64, 128, 256, 512), List.of(16, 64)));
        return tasks;
    }
}
