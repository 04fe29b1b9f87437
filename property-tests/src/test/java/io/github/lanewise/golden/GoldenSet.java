package io.github.lanewise.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads golden.tsv (case, tensor, f32|f64, dimensions, byte offset, count) and golden.bin, as make_golden.py writes them. */
public final class GoldenSet {
    private GoldenSet() {
    }

    /** Returns the small set of this repository. */
    public static List<GoldenCase> bundled() {
        return read(new String(resource("golden.tsv"), StandardCharsets.UTF_8), resource("golden.bin"));
    }

    /** Returns the set in a folder. */
    public static List<GoldenCase> in(Path folder) {
        try {
            return read(Files.readString(folder.resolve("golden.tsv")), Files.readAllBytes(folder.resolve("golden.bin")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the small set, and the full one too when the shared folder is there. */
    public static List<GoldenCase> all() {
        List<GoldenCase> cases = new ArrayList<>(bundled());
        List<String> names = cases.stream().map(GoldenCase::name).toList();
        SharedFolder.find("golden").ifPresent(folder -> in(folder).stream().filter(c -> !names.contains(c.name())).forEach(cases::add));
        return cases;
    }

    static byte[] resource(String file) {
        try (InputStream in = GoldenSet.class.getResourceAsStream("/golden/" + file)) {
            if (in == null) {
                throw new IllegalStateException("test resource /golden/" + file + " is missing; property-tests/golden/make_golden.py makes it");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<GoldenCase> read(String index, byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, GoldenCase> cases = new LinkedHashMap<>();
        index.lines().forEach(line -> {
            String[] f = line.split("\t", -1);
            GoldenCase into = cases.computeIfAbsent(f[0],
                    name -> new GoldenCase(name, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>()));
            double[] values = values(bytes, f[2].equals("f32"), Integer.parseInt(f[4]), Integer.parseInt(f[5]));
            int dot = f[1].indexOf('.');
            String tensor = f[1].substring(dot + 1);
            switch (f[1].substring(0, dot)) {
                case "in" -> into.inputs().put(tensor, new GoldenCase.Tensor(values, dimensions(f[3])));
                case "f64" -> into.truth().put(tensor, values);
                case "f32" -> into.torchFloat().put(tensor, values);
                default -> throw new IllegalArgumentException("tensor name: got " + f[1] + ", wanted in.*, f64.* or f32.*");
            }
        });
        return List.copyOf(cases.values());
    }

    private static double[] values(ByteBuffer bytes, boolean single, int offset, int count) {
        double[] v = new double[count];
        for (int i = 0; i < count; i++) {
            v[i] = single ? bytes.getFloat(offset + Float.BYTES * i) : bytes.getDouble(offset + Double.BYTES * i);
        }
        return v;
    }

    private static int[] dimensions(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }
}
