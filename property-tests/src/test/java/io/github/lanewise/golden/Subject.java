package io.github.lanewise.golden;

import io.github.lanewise.oracle.Tolerance;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that can run a recurrent golden case: the double reference, or the library. */
@FunctionalInterface
public interface Subject {
    /** Returns the outputs by their names in the golden file (y, hT, cT, c_seq, gates_ifgo, d_x, d_W_ih ...), as far as it has them. */
    Map<String, double[]> run(RecurrentCase recurrent);

    /** Returns an output that must be there. */
    static double[] output(Map<String, double[]> outputs, String name) {
        double[] values = outputs.get(name);
        if (values == null) {
            throw new AssertionError("output " + name + " is missing, there are only " + outputs.keySet());
        }
        return values;
    }

    /** Returns the error of every output that the golden file has against float64, relative to the largest value of the tensor. */
    static Map<String, Double> errors(GoldenCase golden, Map<String, double[]> outputs) {
        Map<String, Double> errors = new LinkedHashMap<>();
        golden.truth().forEach((name, truth) -> errors.put(name, Tolerance.normwise(output(outputs, name), truth)));
        return errors;
    }
}
