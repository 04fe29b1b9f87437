package io.github.lanewise.golden;

import io.github.lanewise.oracle.Tolerance;
import java.util.Random;

/** What rounding must do to an output, whatever the order of operations: how far it moves when weights and inputs change in their last bits. */
final class Sensitivity {
    private static final int CHANGES = 8;
    private static final String[] ROUNDED = {"x", "W_ih", "W_hh", "b_ih", "b_hh", "h0", "c0"};

    private Sensitivity() {
    }

    /** Returns the largest change of an output, relative to its largest value, over some random changes by at most 2^-24. */
    static double of(RecurrentCase c, String output) {
        double[] exact = Subject.output(new ReferenceSubject().run(c), output);
        double largest = 0;
        for (int seed = 0; seed < CHANGES; seed++) {
            Random random = new Random(seed);
            GoldenCase changed = c.golden();
            for (String tensor : ROUNDED) {
                if (changed.inputs().containsKey(tensor)) {
                    double[] values = changed.input(tensor).values().clone();
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= 1 + (2 * random.nextDouble() - 1) * Tolerance.U;
                    }
                    changed = changed.with(tensor, values, changed.input(tensor).dimensions());
                }
            }
            double[] moved = Subject.output(new ReferenceSubject().run(new RecurrentCase(changed)), output);
            largest = Math.max(largest, Tolerance.normwise(moved, exact));
        }
        return largest;
    }
}
