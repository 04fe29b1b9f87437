package io.github.lanewise.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Mistakes of a recurrent layer that can be made from outside, on what goes in, so that they apply to the reference and to the library alike.
 * A golden file that misses one of them proves nothing.
 */
record InputMutant(String name, Predicate<RecurrentCase> visibleIn, BiFunction<Subject, RecurrentCase, Map<String, double[]>> wrongRun) {
    private static final String[] ROW_TENSORS = {"W_ih", "W_hh", "b_ih", "b_hh"};
    private static final String[] WEIGHT_GRADIENTS = {"d_W_ih", "d_W_hh", "d_b_ih", "d_b_hh"};

    /** All mistakes, each with the cases whose result it changes. */
    static final List<InputMutant> ALL = List.of(
            onInput("gate order f,i,g,o", RecurrentCase::lstm, c -> ordered(c, 1, 0, 2, 3)),
            onInput("gate order i,g,f,o", RecurrentCase::lstm, c -> ordered(c, 0, 2, 1, 3)),
            onInput("gate order i,f,o,g", RecurrentCase::lstm, c -> ordered(c, 0, 1, 3, 2)),
            onInput("gate order o,f,g,i", RecurrentCase::lstm, c -> ordered(c, 3, 1, 2, 0)),
            onInput("gate order g,f,i,o", RecurrentCase::lstm, c -> ordered(c, 2, 1, 0, 3)),
            onInput("gate order i,o,g,f", RecurrentCase::lstm, c -> ordered(c, 0, 3, 2, 1)),
            onInput("gate order i,o,f,g (ONNX)", RecurrentCase::lstm, c -> ordered(c, 0, 3, 1, 2)),
            onInput("forget gate constant 1", c -> c.lstm() && c.hasBias(), InputMutant::withOpenForgetGate),
            onInput("recurrence dropped", c -> c.steps() > 1, c -> without(c, "W_hh")),
            onInput("input dropped", c -> !zeroState(c), c -> without(c, "W_ih")),
            onInput("bias dropped", RecurrentCase::hasBias, c -> without(without(c, "b_ih"), "b_hh")),
            onInput("one of two biases dropped", RecurrentCase::hasBias, c -> without(c, "b_hh")),
            onInput("W_hh transposed", c -> c.steps() > 1 && c.hidden() > 1, InputMutant::withTransposedRecurrence),
            onInput("h0 ignored", c -> !zeroState(c), c -> without(c, "h0")),
            onInput("c0 ignored", c -> c.lstm() && !zeroState(c), c -> without(c, "c0")),
            onInput("dy ignored", c -> true, c -> without(c, "dy")),
            onInput("dhT ignored", c -> true, c -> without(c, "dhT")),
            onInput("dcT ignored", RecurrentCase::lstm, c -> without(c, "dcT")),
            onInput("lengths ignored", InputMutant::hasLengths, InputMutant::withFullLengths),
            new InputMutant("gradient overwritten by the last step", c -> c.steps() > 1 && !hasLengths(c), InputMutant::overwriting));

    private static InputMutant onInput(String name, Predicate<RecurrentCase> visibleIn, UnaryOperator<RecurrentCase> mistake) {
        return new InputMutant(name, visibleIn, (subject, c) -> subject.run(mistake.apply(c)));
    }

    /** Runs the case with the mistake. */
    Map<String, double[]> run(Subject subject, RecurrentCase c) {
        return wrongRun.apply(subject, c);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Map<String, double[]> overwriting(Subject subject, RecurrentCase c) {
        Map<String, double[]> outputs = new LinkedHashMap<>(subject.run(c));
        Map<String, double[]> start = subject.run(steps(c, 0, c.steps() - 1));
        RecurrentCase last = with(steps(c, c.steps() - 1, c.steps()), "h0", Subject.output(start, "hT"));
        Map<String, double[]> gradients = subject.run(c.lstm() ? with(last, "c0", Subject.output(start, "cT")) : last);
        for (String name : WEIGHT_GRADIENTS) {
            outputs.put(name, Subject.output(gradients, name));
        }
        return outputs;
    }

    private static boolean zeroState(RecurrentCase c) {
        return Arrays.stream(c.values("h0")).allMatch(v -> v == 0);
    }

    private static boolean hasLengths(RecurrentCase c) {
        return c.golden().inputs().containsKey("lengths");
    }

    private static RecurrentCase with(RecurrentCase c, String tensor, double[] values) {
        return c.golden().inputs().containsKey(tensor)
                ? new RecurrentCase(c.golden().with(tensor, values, c.golden().input(tensor).dimensions()))
                : c;
    }

    private static RecurrentCase without(RecurrentCase c, String tensor) {
        return with(c, tensor, new double[c.values(tensor).length]);
    }

    /** Puts the block {@code order[b]} where block b belongs. */
    private static RecurrentCase ordered(RecurrentCase c, int... order) {
        RecurrentCase mutant = c;
        for (String tensor : ROW_TENSORS) {
            double[] right = c.values(tensor);
            double[] wrong = right.clone();
            int block = right.length / 4;
            for (int b = 0; b < 4; b++) {
                System.arraycopy(right, order[b] * block, wrong, b * block, block);
            }
            mutant = with(mutant, tensor, wrong);
        }
        return mutant;
    }

    private static RecurrentCase withOpenForgetGate(RecurrentCase c) {
        RecurrentCase mutant = c;
        for (String tensor : ROW_TENSORS) {
            double[] values = c.values(tensor).clone();
            int block = values.length / 4;
            Arrays.fill(values, block, 2 * block, tensor.equals("b_ih") ? 1000 : 0);
            mutant = with(mutant, tensor, values);
        }
        return mutant;
    }

    private static RecurrentCase withTransposedRecurrence(RecurrentCase c) {
        int hidden = c.hidden();
        double[] w = c.values("W_hh");
        double[] transposed = new double[w.length];
        for (int row = 0; row < c.blocks() * hidden; row++) {
            int block = row / hidden * hidden;
            for (int k = 0; k < hidden; k++) {
                transposed[(block + k) * hidden + row - block] = w[row * hidden + k];
            }
        }
        return with(c, "W_hh", transposed);
    }

    private static RecurrentCase withFullLengths(RecurrentCase c) {
        double[] full = new double[c.batch()];
        Arrays.fill(full, c.steps());
        return with(c, "lengths", full);
    }

    private static RecurrentCase steps(RecurrentCase c, int from, int to) {
        return steps(steps(c, "x", from, to), "dy", from, to);
    }

    private static RecurrentCase steps(RecurrentCase c, String tensor, int from, int to) {
        GoldenCase.Tensor all = c.golden().input(tensor);
        int[] dimensions = all.dimensions().clone();
        int step = all.values().length / dimensions[0];
        dimensions[0] = to - from;
        return new RecurrentCase(c.golden().with(tensor, Arrays.copyOfRange(all.values(), from * step, to * step), dimensions));
    }
}
