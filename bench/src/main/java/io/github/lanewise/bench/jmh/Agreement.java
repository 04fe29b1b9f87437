package io.github.lanewise.bench.jmh;

import java.util.Locale;

/** Whether contestants computed the same. */
public final class Agreement {
    private Agreement() {}

    /**
     * The largest difference, relative to the largest magnitude in its array.
     *
     * @throws IllegalStateException if it is above the bound, or not a number, or the shapes differ; says who and where
     */
    public static double check(String task, String reference, float[][] wanted, String name, float[][] got, double bound) {
        String who = task + ": " + name + " against " + reference + ": ";
        if (got.length != wanted.length) {
            throw new IllegalStateException(who + "got " + got.length + " arrays, wanted " + wanted.length);
        }
        double worst = 0;
        for (int array = 0; array < wanted.length; array++) {
            if (got[array].length != wanted[array].length) {
                throw new IllegalStateException(
                        who + "array " + array + ": got " + got[array].length + " elements, wanted " + wanted[array].length);
            }
            double scale = 0;
            for (float value : wanted[array]) {
                scale = Math.max(scale, Math.abs(value));
            }
            if (!(scale > 0)) {
                throw new IllegalStateException(who + "array " + array + " is all zero: nothing was computed");
            }
            for (int i = 0; i < wanted[array].length; i++) {
                double error = Math.abs((double) got[array][i] - wanted[array][i]) / scale;
                if (!(error <= bound)) {
                    throw new IllegalStateException(String.format(Locale.ROOT, "%sarray %d, element %d: got %g, wanted %g, differs by %.2g, wanted at most %.2g",
                            who, array, i, got[array][i], wanted[array][i], error, bound));
                }
                worst = Math.max(worst, error);
            }
        }
        return worst;
    }
}
