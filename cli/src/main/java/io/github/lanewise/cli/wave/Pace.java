package io.github.lanewise.cli.wave;

import java.util.Arrays;

/**
 * How long a call takes when it comes at a steady rate, as samples of a sound do.
 *
 * @param calls number of calls
 * @param medianMicros median time of a call, in microseconds
 * @param p999Micros time that 99.9 % of the calls keep, in microseconds
 */
record Pace(int calls, double medianMicros, double p999Micros) {
    private static final double SECONDS = 1;
    private static final int MOST_CALLS = 1_000_000;

    /** Makes calls at a rate per second for one second. The thread spins between them: sleeping is far coarser than a sample. */
    static Pace measure(Runnable call, double rate) {
        int calls = (int) Math.clamp(rate * SECONDS, 1, MOST_CALLS);
        long[] nanos = new long[calls];
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            long due = start + (long) (i * 1e9 / rate);
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            long before = System.nanoTime();
            call.run();
            nanos[i] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        return new Pace(calls, nanos[calls / 2] / 1e3, nanos[(int) Math.ceil(calls * 0.999) - 1] / 1e3);
    }
}
