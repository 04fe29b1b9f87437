package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.golden.SharedFolder;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.word2vec.TrainingOptions.Model;
import io.github.lanewise.word2vec.TrainingOptions.Sigmoid;
import io.github.lanewise.word2vec.TrainingOptions.Update;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One training step against double precision: every rule, with and without words that occur twice. golden/make_sgns.py says what the rules are. */
class SgnsGoldenTest {
    private static final float RATE = 0.025f;
    private static final TrainingOptions PAIR = TrainingOptions.defaults().withUpdate(Update.PAIR);

    /** What the rules of the file are called here. Some are several of ours when there is but one input, or nothing twice. */
    private static Map<String, TrainingOptions> ours(String rule, Case c) {
        Map<String, TrainingOptions> same = new TreeMap<>();
        boolean single = c.ints("context").length == 1;
        int[] targets = c.ints("targets");
        boolean distinct = Arrays.stream(targets).distinct().count() == targets.length;
        switch (rule) {
            case "seq" -> {
                same.put("CBOW", PAIR.withModel(Model.CBOW));
                if (single) {
                    same.put("PAIR", PAIR);
                    same.put("corrected CBOW", PAIR.withModel(Model.CORRECTED_CBOW));
                }
            }
            case "seqtable" -> {
                same.put("CBOW table", PAIR.withModel(Model.CBOW).withSigmoid(Sigmoid.TABLE));
                if (single) {
                    same.put("PAIR table", PAIR.withSigmoid(Sigmoid.TABLE));
                }
            }
            case "corrected" -> same.put("corrected CBOW", PAIR.withModel(Model.CORRECTED_CBOW));
            case "window" -> same.put("WINDOW", PAIR.withUpdate(Update.WINDOW));
            case "batch" -> {
                if (single) {
                    same.put("WINDOW", PAIR.withUpdate(Update.WINDOW));
                }
                if (distinct) {
                    same.put("CBOW", PAIR.withModel(Model.CBOW));
                }
            }
            default -> throw new IllegalArgumentException("rule: got " + rule);
        }
        return same;
    }

    static Stream<Kernels> backends() {
        return Stream.concat(Stream.of(Kernels.scalar()), Kernels.simd().stream());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void theSmallSet(Kernels kernels) throws IOException {
        int updates = check(kernels, Case.read(new String(resource("sgns.tsv"), StandardCharsets.UTF_8), resource("sgns.bin")));
        assertEquals(10 * 4 + 4 * 3, updates);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void theFullSet(Kernels kernels) throws IOException {
        Optional<Path> folder = SharedFolder.find("golden").filter(f -> Files.exists(f.resolve("sgns.tsv")));
        assumeTrue(folder.isPresent(), "no folder shared/golden with sgns.tsv: only the small set is compared");
        Path set = folder.get();
        assertEquals(320, check(kernels, Case.read(Files.readString(set.resolve("sgns.tsv")), Files.readAllBytes(set.resolve("sgns.bin")))));
    }

    private static int check(Kernels kernels, List<Case> cases) {
        Map<String, int[]> updates = new TreeMap<>();
        double[] worst = new double[1];
        for (Case c : cases) {
            for (String rule : c.rules()) {
                ours(rule, c).forEach((name, options) -> {
                    worst[0] = Math.max(worst[0], compare(kernels, c, rule, name, options));
                    updates.computeIfAbsent(name, n -> new int[1])[0]++;
                });
            }
        }
        int all = updates.values().stream().mapToInt(n -> n[0]).sum();
        StringBuilder each = new StringBuilder();
        updates.forEach((name, n) -> each.append(", ").append(n[0]).append(' ').append(name));
        System.out.printf(Locale.ROOT, "golden word2vec on %s: %d updates (%s), largest error %.2f of its bound%n", kernels, all, each.substring(2), worst[0]);
        return all;
    }

    /** Returns the largest error as a part of its bound. */
    private static double compare(Kernels kernels, Case c, String rule, String name, TrainingOptions options) {
        float[][] in = c.floats("syn0");
        float[][] out = c.floats("syn1neg");
        int[] context = c.ints("context");
        int[] targets = c.ints("targets");
        Step got = Step.of(kernels, options, in, out, context, targets, RATE);
        double[][][] bounds = Step.bounds(in, out, context, targets, RATE);
        return Math.max(compare(c + " " + name + " syn0", c.rows(rule + ".syn0"), got.in, bounds[0]),
                compare(c + " " + name + " syn1neg", c.rows(rule + ".syn1neg"), got.out, bounds[1]));
    }

    private static double compare(String what, double[][] want, double[][] got, double[][] bound) {
        double worst = 0;
        for (int i = 0; i < want.length; i++) {
            for (int j = 0; j < want[i].length; j++) {
                double error = Math.abs(got[i][j] - want[i][j]);
                int row = i;
                int column = j;
                assertTrue(error <= bound[i][j], () -> what + " row " + row + ", " + column + ": got " + got[row][column] + ", wanted "
                        + want[row][column] + " +- " + bound[row][column]);
                worst = Math.max(worst, error / bound[i][j]);
            }
        }
        return worst;
    }

    /** The file must be able to tell the rules apart. */
    @Test
    void everyRuleIsToldFromTheOthers() throws IOException {
        List<Case> cases = Case.read(new String(resource("sgns.tsv"), StandardCharsets.UTF_8), resource("sgns.bin"));
        Map<String, TrainingOptions> all = Map.of("seq", PAIR.withModel(Model.CBOW), "seqtable", PAIR.withModel(Model.CBOW).withSigmoid(Sigmoid.TABLE),
                "corrected", PAIR.withModel(Model.CORRECTED_CBOW), "window", PAIR.withUpdate(Update.WINDOW));
        all.forEach((rule, options) -> all.keySet().stream().filter(other -> !other.equals(rule)).forEach(other -> {
            boolean told = cases.stream().anyMatch(c -> {
                try {
                    compare(Kernels.scalar(), c, other, rule, options);
                    return false;
                } catch (AssertionError different) {
                    return true;
                }
            });
            assertTrue(told, rule + " passes for " + other);
        }));
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(SgnsGoldenTest.class.getResourceAsStream("/golden/" + file), file)) {
            return in.readAllBytes();
        }
    }

    /** One case: its tensors by name. */
    private record Case(String name, Map<String, Tensor> tensors) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Tensor(String kind, int[] dimensions, ByteBuffer bytes) {
            double value(int i) {
                return switch (kind) {
                    case "f32" -> bytes.getFloat(Float.BYTES * i);
                    case "f64" -> bytes.getDouble(Double.BYTES * i);
                    case "i32" -> bytes.getInt(Integer.BYTES * i);
                    default -> throw new IllegalArgumentException("kind of tensor: got " + kind);
                };
            }
        }

        static List<Case> read(String index, byte[] blob) {
            Map<String, Case> cases = new LinkedHashMap<>();
            index.lines().forEach(line -> {
                String[] f = line.split("\t", -1);
                int offset = Integer.parseInt(f[4]);
                ByteBuffer bytes = ByteBuffer.wrap(blob).slice(offset, blob.length - offset).order(ByteOrder.LITTLE_ENDIAN);
                int[] dimensions = Stream.of(f[3].split("x", -1)).mapToInt(Integer::parseInt).toArray();
                cases.computeIfAbsent(f[0], n -> new Case(n, new LinkedHashMap<>())).tensors.put(f[1], new Tensor(f[2], dimensions, bytes));
            });
            return List.copyOf(cases.values());
        }

        List<String> rules() {
            return tensors.keySet().stream().filter(t -> t.endsWith(".syn0")).map(t -> t.substring(0, t.indexOf('.'))).toList();
        }

        private Tensor tensor(String tensor) {
            return Objects.requireNonNull(tensors.get(tensor), tensor);
        }

        int[] ints(String tensor) {
            Tensor t = tensor(tensor);
            int[] values = new int[t.dimensions[0]];
            for (int i = 0; i < values.length; i++) {
                values[i] = (int) t.value(i);
            }
            return values;
        }

        double[][] rows(String tensor) {
            Tensor t = tensor(tensor);
            double[][] rows = new double[t.dimensions[0]][t.dimensions[1]];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows[i].length; j++) {
                    rows[i][j] = t.value(i * rows[i].length + j);
                }
            }
            return rows;
        }

        float[][] floats(String tensor) {
            double[][] rows = rows(tensor);
            float[][] floats = new float[rows.length][rows[0].length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows[i].length; j++) {
                    floats[i][j] = (float) rows[i][j];
                }
            }
            return floats;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
