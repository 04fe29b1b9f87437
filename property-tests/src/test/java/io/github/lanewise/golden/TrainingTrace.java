package io.github.lanewise.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What PyTorch saw in a training run: loss and gradient norm at some iterations, and the weights at the end, if stored. */
@SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
public record TrainingTrace(int[] iterations, double[] losses, double[] gradientNorms, List<double[]> finalWeights) {
    /** Returns the trace of a run: the full one when the shared folder is there. */
    public static TrainingTrace of(String name) {
        Map<String, TrainingTrace> traces = bundled();
        SharedFolder.find("golden").ifPresent(folder -> traces.putAll(in(folder)));
        TrainingTrace trace = traces.get(name);
        if (trace == null) {
            throw new IllegalArgumentException("no training trace " + name + ", only " + traces.keySet());
        }
        return trace;
    }

    /** Returns the traces of this repository by name. */
    public static Map<String, TrainingTrace> bundled() {
        return read(new String(GoldenSet.resource("training_trace.tsv"), StandardCharsets.UTF_8));
    }

    /** Returns the traces in a folder by name. */
    public static Map<String, TrainingTrace> in(Path folder) {
        try {
            return read(Files.readString(folder.resolve("training_trace.tsv")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, TrainingTrace> read(String text) {
        Map<String, Map<String, double[]>> series = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            String[] f = line.split("\t", -1);
            double[] values = Arrays.stream(f[2].split(" ")).mapToDouble(Double::parseDouble).toArray();
            series.computeIfAbsent(f[0], name -> new LinkedHashMap<>()).put(f[1], values);
        });
        Map<String, TrainingTrace> traces = new LinkedHashMap<>();
        series.forEach((name, s) -> {
            double[] losses = s.getOrDefault("loss", new double[0]);
            double[] steps = s.getOrDefault("steps", IntStream.range(0, losses.length).asDoubleStream().toArray());
            List<double[]> weights = IntStream.range(0, 5).mapToObj(i -> s.getOrDefault("final" + i, new double[0])).toList();
            traces.put(name, new TrainingTrace(Arrays.stream(steps).mapToInt(v -> (int) v).toArray(), losses,
                    s.getOrDefault("gradnorm", new double[0]), weights));
        });
        return traces;
    }
}
