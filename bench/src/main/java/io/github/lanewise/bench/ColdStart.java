package io.github.lanewise.bench;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.bench.engine.Layers;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.RecurrentCell;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * The first steps of an LSTM in a JVM of its own, started by {@link Cold}. Prints a line for each number of steps in {@link #MARKS}:
 * steps, nanoseconds and bytes of all together, then p50, p99, p99.9 and the slowest but the first of the single steps in nanoseconds.
 */
public final class ColdStart {
    static final Network NETWORK = Network.of("lstm", "64x64");
    static final List<Integer> MARKS = List.of(1, 100, 1_000, 10_000, 100_000);
    /** Nothing done, vector kernels. */
    static final String PLAIN = "plain";
    /** {@link RecurrentCell#warmUpInBackground} called before the first step. */
    static final String BACKGROUND = "background";
    /** The scalar backend. */
    static final String SCALAR = "scalar";

    private ColdStart() {}

    /**
     * Runs the steps.
     *
     * @param args how the layer is prepared: plain, background or scalar
     */
    public static void main(String[] args) {
        String mode = args[0];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] nanos = new long[MARKS.getLast()];
        long[] bytes = new long[MARKS.size()];
        RecurrentCell layer = Layers.of(NETWORK, mode.equals(SCALAR) ? Kernels.scalar() : Kernels.best());
        CellState state = layer.newState();
        float[] x = NETWORK.input(1, 1);
        if (mode.equals(BACKGROUND)) {
            layer.warmUpInBackground(1);
        }
        // Asking loads classes the first time.
        threads.getCurrentThreadAllocatedBytes();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        int step = 0;
        for (int mark = 0; mark < bytes.length; mark++) {
            int end = MARKS.get(mark);
            while (step < end) {
                long start = System.nanoTime();
                layer.step(x, 0, state);
                nanos[step] = System.nanoTime() - start;
                step++;
            }
            bytes[mark] = threads.getCurrentThreadAllocatedBytes() - allocated;
        }
        for (int mark = 0; mark < bytes.length; mark++) {
            print(Arrays.copyOf(nanos, MARKS.get(mark)), bytes[mark]);
        }
    }

    private static void print(long[] nanos, long bytes) {
        long total = Arrays.stream(nanos).sum();
        long slowest = Arrays.stream(nanos).skip(1).max().orElse(0);
        Arrays.sort(nanos);
        System.out.println(nanos.length + " " + total + " " + bytes + " " + at(nanos, 0.5) + " " + at(nanos, 0.99) + " " + at(nanos, 0.999) + " " + slowest);
    }

    private static long at(long[] sorted, double rank) {
        return sorted[Math.min(sorted.length - 1, (int) (rank * sorted.length))];
    }
}
