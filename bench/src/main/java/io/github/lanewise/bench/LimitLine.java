package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.report.Spread;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the limit program prints for one kernel and shape.
 *
 * @param kernel the kernel and its shape
 * @param nanos median of a step
 * @param p99 of single steps
 * @param p999 of single steps
 * @param gflops its own count of operations, per nanosecond
 * @param gbPerSecond bytes of weights, per nanosecond
 */
record LimitLine(Kernel kernel, double nanos, double p99, double p999, double gflops, double gbPerSecond) {
    private static final int SEQUENCE_STEPS = 100;
    private static final double LARGEST_ERROR = 1e-5;

    /**
     * A kernel.
     *
     * @param label its name in the report
     * @param task what ours does
     */
    record Kernel(String label, Task task) {}

    /**
     * Reads lines {@code kernel I H median minimum p99 p99.9 GFLOP/s GB/s [err=...]}; the first names the columns.
     *
     * @throws IllegalStateException if one is different, or the program's own check failed
     */
    static List<LimitLine> parse(String text) {
        List<LimitLine> lines = new ArrayList<>();
        for (String line : text.lines().skip(1).toList()) {
            String[] words = line.split(" ", -1);
            try {
                if (words.length > 9 && !(Double.parseDouble(words[9].substring(words[9].indexOf('=') + 1)) < LARGEST_ERROR)) {
                    throw new IllegalStateException("limit: got an " + words[9] + " in '" + line + "', wanted less than " + LARGEST_ERROR);
                }
                lines.add(new LimitLine(kernel(words[0], words[1] + "x" + words[2]), Double.parseDouble(words[3]), Double.parseDouble(words[5]),
                        Double.parseDouble(words[6]), Double.parseDouble(words[7]), Double.parseDouble(words[8])));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalStateException("limit: got the line '" + line + "', wanted 'kernel I H nanoseconds ...'", e);
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalStateException("limit: got no lines, wanted 'kernel I H nanoseconds ...'");
        }
        return lines;
    }

    /** The recurrent half alone is what bounds a sequence, whose input half is one product beforehand. */
    private static Kernel kernel(String name, String shape) {
        return switch (name) {
            case "lstm", "elman" -> new Kernel(name + " step " + shape, new Step(Network.of(name, shape)));
            case "lstm_rec" -> new Kernel("lstm sequence " + shape, new Sequence(Network.of("lstm", shape), SEQUENCE_STEPS));
            default -> throw new IllegalStateException("limit: got a kernel " + name + ", wanted lstm, lstm_rec or elman");
        };
    }

    /** The program's row in the report: the reference. */
    static Row row(Kernel kernel, List<LimitLine> rounds) {
        Spread time = spread(rounds, LimitLine::nanos);
        return new Row(kernel.label(), kernel.task().sizes(), Limit.ENGINE, time, new Spread(1, 1, 1, rounds.size()), time.median(),
                spread(rounds, LimitLine::p99).median(), spread(rounds, LimitLine::p999).median(), 0, 0,
                spread(rounds, LimitLine::gflops).median(), spread(rounds, LimitLine::gbPerSecond).median(), 0);
    }

    private static Spread spread(List<LimitLine> rounds, ToDoubleFunction<LimitLine> value) {
        return Spread.of(rounds.stream().mapToDouble(value).toArray());
    }
}
