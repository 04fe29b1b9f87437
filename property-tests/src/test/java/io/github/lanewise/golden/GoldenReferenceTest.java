package io.github.lanewise.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.oracle.Activation;
import io.github.lanewise.oracle.BrokenLayers;
import io.github.lanewise.oracle.BrokenLayers.LstmMistake;
import io.github.lanewise.oracle.DenseLayer;
import io.github.lanewise.oracle.Loss;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The double reference is right: it agrees with PyTorch's float64 results, and the same comparison catches every mutant of a list. */
class GoldenReferenceTest {
    /** Relative to the largest value of a tensor. Two double programs in another order of operations differ by some 1e-14. */
    private static final double DOUBLE_BOUND = 1e-12;

    private static final List<RecurrentCase> CASES = GoldenSet.all().stream().filter(RecurrentCase::matches).map(RecurrentCase::new).toList();

    @Test
    void recurrentLayersAgreeWithFloat64() {
        int tensors = 0;
        double worst = 0;
        for (RecurrentCase c : CASES) {
            Map<String, Double> errors = Subject.errors(c.golden(), new ReferenceSubject().run(c));
            errors.forEach((name, error) -> assertTrue(error <= DOUBLE_BOUND, () -> c + " " + name + ": error " + error + ", wanted <= " + DOUBLE_BOUND));
            tensors += errors.size();
            worst = Math.max(worst, Collections.max(errors.values()));
        }
        System.out.printf("double reference against PyTorch float64: %d cases, %d tensors, worst error %.1e%n", CASES.size(), tensors, worst);
        assertTrue(CASES.size() >= 20 && tensors >= 150, "the bundled golden file has 20 recurrent cases");
    }

    @Test
    void theFullSetIsUsedWhenThere() {
        assumeTrue(SharedFolder.find("golden").isPresent(), "no shared folder: only the bundled golden cases were compared");
        Path full = SharedFolder.find("golden").orElseThrow();
        assertTrue(CASES.size() >= GoldenSet.in(full).size());
    }

    @Test
    void denseLayersAndLossesAgreeWithFloat64() {
        List<GoldenCase> cases = GoldenSet.bundled().stream().filter(c -> c.name().startsWith("dense_")).toList();
        assertEquals(5, cases.size());
        for (GoldenCase c : cases) {
            Subject.errors(c, dense(c)).forEach((name, error) -> assertTrue(error <= DOUBLE_BOUND, () -> c + " " + name + ": error " + error));
        }
    }

    private static Map<String, double[]> dense(GoldenCase c) {
        int inputs = c.input("x").dimensions()[1];
        int outputs = c.input("b").dimensions()[0];
        double[] x = c.input("x").values();
        double[] target = c.input("target").values();
        DenseLayer layer = new DenseLayer(inputs, outputs, c.input("W").values(), c.input("b").values());
        double[] z = layer.preActivation(x);
        String activation = c.name().split("_", -1)[1];
        boolean softmax = activation.equals("softmax");
        Activation g = softmax ? Activation.IDENTITY : Activation.valueOf(activation.toUpperCase(Locale.ROOT));
        double[] y = softmax ? DenseLayer.softmax(z, outputs) : DenseLayer.activate(g, z);
        Loss loss = switch (c.name().split("_", -1)[2]) {
            case "ce" -> Loss.softmaxCrossEntropy(z, outputs, Arrays.stream(target).mapToInt(v -> (int) v).toArray());
            case "bce" -> Loss.binaryCrossEntropy(z, target);
            default -> Loss.meanSquaredError(y, target);
        };
        double[] dz = c.name().contains("_mse_") ? DenseLayer.activateBackward(g, y, loss.gradient()) : loss.gradient();
        DenseLayer.Gradients d = layer.backward(x, dz);
        return Map.of("y", y, "loss", new double[] {loss.value()}, "d_x", d.x(), "d_W", d.w(), "d_b", d.bias());
    }

    static List<InputMutant> inputMutants() {
        return InputMutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("inputMutants")
    void mutantsFromOutsideAreCaught(InputMutant mutant) {
        MutantCheck.assertCaught(mutant.name(), GoldenSet.all(), mutant.visibleIn(), c -> mutant.run(new ReferenceSubject(), c));
    }

    @ParameterizedTest
    @EnumSource
    void mutantsInsideTheLstmAreCaught(LstmMistake mistake) {
        Predicate<RecurrentCase> applies = c -> c.lstm() && (mistake != LstmMistake.CELL_GRADIENT_CUT || c.steps() > 1);
        MutantCheck.assertCaught(mistake.name(), GoldenSet.all(), applies, c -> new ReferenceSubject(
                r -> BrokenLayers.lstm(mistake, r.inputs(), r.hidden(), r.values("W_ih"), r.values("W_hh"), r.bias())).run(c));
    }

    @Test
    void mutantInsideTheElmanLayerIsCaught() {
        MutantCheck.assertCaught("ELMAN_SLOPE_ONE", GoldenSet.all(), c -> !c.lstm() && c.activation() != Activation.IDENTITY, c -> new ReferenceSubject(
                r -> BrokenLayers.elmanWithSlopeOne(r.activation(), r.inputs(), r.hidden(), r.values("W_ih"), r.values("W_hh"), r.bias())).run(c));
    }
}
