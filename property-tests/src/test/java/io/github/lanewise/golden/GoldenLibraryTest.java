package io.github.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.OutputActivation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library against PyTorch: every tensor within twice PyTorch's own float error or 1e-6, and every mutant outside. */
class GoldenLibraryTest {
    private static final List<GoldenCase> CASES = GoldenSet.all();

    static Stream<Kernels> backends() {
        return Stream.concat(Stream.of(Kernels.scalar()), Kernels.simd().stream());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void recurrentLayersAreAsAccurateAsPyTorch(Kernels kernels) {
        Map<String, double[]> worst = new TreeMap<>();
        int tensors = 0;
        for (GoldenCase golden : CASES) {
            if (RecurrentCase.matches(golden)) {
                RecurrentCase c = new RecurrentCase(golden);
                tensors += compare(golden, new LibrarySubject(kernels).run(c), c.lstm() ? "LSTM" : "RNN", worst);
            }
        }
        print(kernels, tensors, worst);
        assertTrue(tensors >= 150, "tensors compared: " + tensors);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void denseLayersAndLossesAreAsAccurateAsPyTorch(Kernels kernels) {
        Map<String, double[]> worst = new TreeMap<>();
        int tensors = 0;
        for (GoldenCase golden : CASES) {
            if (golden.name().startsWith("dense_")) {
                tensors += compare(golden, dense(golden, kernels), "Dense", worst);
            }
        }
        print(kernels, tensors, worst);
        assertEquals(25, tensors);
    }

    private static int compare(GoldenCase golden, Map<String, double[]> outputs, String kind, Map<String, double[]> worst) {
        Map<String, Double> errors = Subject.errors(golden, outputs);
        errors.forEach((output, error) -> {
            double tolerance = golden.floatTolerance(output);
            assertTrue(error <= tolerance, () -> golden + " " + output + ": error " + error + ", wanted <= " + tolerance);
            double[] w = worst.computeIfAbsent(kind + (output.startsWith("d_") ? " gradients" : " forward"), k -> new double[2]);
            w[0] = Math.max(w[0], error);
            w[1] = Math.max(w[1], golden.torchError(output));
        });
        return errors.size();
    }

    private static void print(Kernels kernels, int tensors, Map<String, double[]> worst) {
        worst.forEach((kind, w) -> System.out.printf(Locale.ROOT, "golden %-8s %-15s largest float error %.1e, PyTorch's own %.1e%n", kernels, kind, w[0], w[1]));
        System.out.println("golden " + kernels + ": " + tensors + " tensors compared");
    }

    private static Map<String, double[]> dense(GoldenCase c, Kernels kernels) {
        float[] x = c.input("x").floats();
        int rows = c.input("x").dimensions()[0];
        int inputs = c.input("x").dimensions()[1];
        int outputs = c.input("b").dimensions()[0];
        float[] target = c.input("target").floats();
        String[] name = c.name().split("_", -1);
        OutputActivation activation = OutputActivation.valueOf(name[1].toUpperCase(Locale.ROOT));
        boolean onLogits = !name[2].equals("mse");

        Dense layer = dense(c, inputs, outputs, activation, kernels);
        float[] y = new float[rows * outputs];
        DenseTape tape = layer.newTape(rows);
        layer.forward(x, 0, rows, tape, y, 0);
        // The cross-entropies take logits: their layer has no activation of its own.
        Dense trained = onLogits ? dense(c, inputs, outputs, OutputActivation.IDENTITY, kernels) : layer;
        DenseTape trainedTape = trained.newTape(rows);
        float[] z = new float[y.length];
        trained.forward(x, 0, rows, trainedTape, z, 0);
        float[] dz = new float[y.length];
        double loss = switch (name[2]) {
            case "ce" -> {
                int[] classes = new int[rows];
                for (int i = 0; i < rows; i++) {
                    classes[i] = (int) target[i];
                }
                yield Loss.softmaxCrossEntropy(kernels, z, 0, classes, 0, dz, 0, rows, outputs);
            }
            case "bce" -> Loss.binaryCrossEntropy(kernels, z, 0, target, 0, dz, 0, z.length);
            default -> Loss.meanSquaredError(kernels, z, 0, target, 0, dz, 0, z.length);
        };
        Gradients d = trained.newGradients();
        float[] dx = new float[x.length];
        trained.backward(dz, 0, trainedTape, d, dx, 0);
        return Map.of("y", LibrarySubject.doubles(y), "loss", new double[] {loss}, "d_x", LibrarySubject.doubles(dx),
                "d_W", LibrarySubject.doubles(d.inputWeights()), "d_b", LibrarySubject.doubles(d.bias()));
    }

    private static Dense dense(GoldenCase c, int inputs, int outputs, OutputActivation activation, Kernels kernels) {
        Dense layer = Dense.zero(inputs, outputs, activation).on(kernels);
        layer.weights().setInputWeights(c.input("W").floats());
        layer.weights().setBias(c.input("b").floats());
        return layer;
    }

    static List<InputMutant> mutants() {
        return InputMutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantsAreCaught(InputMutant mutant) {
        MutantCheck.assertCaught("of the library, " + mutant, GoldenSet.bundled(), mutant.visibleIn(),
                c -> mutant.run(new LibrarySubject(Kernels.best()), c));
    }
}
