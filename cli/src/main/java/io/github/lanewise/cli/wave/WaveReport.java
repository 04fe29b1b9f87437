package io.github.lanewise.cli.wave;

import io.github.lanewise.cli.Streaming;
import io.github.lanewise.kernel.Diagnostics;
import java.io.PrintWriter;
import java.util.Locale;

/** What {@code lanewise wave} found. Errors are mean squares, in units of the peak of the training part. */
record WaveReport(Source source, Training training, Errors errors, FreeRun freeRun, Speed speed) {
    /** The sound: what was read, and how it was split into a first part to train on and the rest to test on. */
    record Source(String name, double samplesPerSecond, int channels, int samples, int trainingSamples, int testSamples, double peak) {}

    /** The network and how it was trained; epochs and seed say nothing about one that was kept from an earlier run. */
    record Training(boolean kept, String cell, int hidden, int epochs, long seed, double seconds) {}

    /** One sample ahead, over the test part. */
    record Errors(double network, double previousSample, double linearPrediction) {}

    /** The network alone, from the end of the training part on; its error over the samples that the sound still has, and the sound's own power there. */
    record FreeRun(int samples, int compared, double error, double power) {}

    /** Sample by sample. */
    record Speed(double timesRealTime, double stepsPerSecond, double bytesPerStep, double medianMicros, double p999Micros, int pacedSteps,
                 String backend, int vectorBits) {
        static Speed of(Streaming streaming, Pace pace, double rate) {
            Diagnostics diagnostics = Diagnostics.current();
            return new Speed(streaming.perSecond() / rate, streaming.perSecond(), streaming.bytesPerCall(), pace.medianMicros(), pace.p999Micros(),
                    pace.calls(), diagnostics.backend(), diagnostics.vectorBits());
        }
    }

    /** Prints it for people. */
    void print(PrintWriter out) {
        line(out, "%s: %d samples at %.0f Hz%s; %d to train on, %d to test on", source.name, source.samples, source.samplesPerSecond,
                source.channels > 1 ? ", " + source.channels + " channels mixed to one" : "", source.trainingSamples, source.testSamples);
        if (training.kept) {
            line(out, "%s, %d hidden units, trained in an earlier run", training.cell, training.hidden);
        } else {
            line(out, "%s, %d hidden units, %d epochs, seed %d, trained in %.1f s", training.cell, training.hidden, training.epochs, training.seed,
                    training.seconds);
        }
        line(out, "  one sample ahead, mean squared error over the test part (1 is the peak of the training part)");
        line(out, "    %-28s %.3g", training.cell, errors.network);
        line(out, "    %-28s %.3g", "linear prediction, 8 taps", errors.linearPrediction);
        line(out, "    %-28s %.3g", "the previous sample", errors.previousSample);
        line(out, "  running free: %d samples; mean squared error over the first %d %.3g, where the sound's own mean square is %.3g",
                freeRun.samples, freeRun.compared, freeRun.error, freeRun.power);
        line(out, "  streaming, sample by sample: %.0f x real time, %.0f steps per second, %.0f bytes allocated per step, backend %s (%d bits)",
                speed.timesRealTime, speed.stepsPerSecond, speed.bytesPerStep, speed.backend, speed.vectorBits);
        line(out, "  paced at %.0f Hz: a step takes %.2f us (median), %.2f us (p99.9 of %d steps)",
                source.samplesPerSecond, speed.medianMicros, speed.p999Micros, speed.pacedSteps);
    }

    private static void line(PrintWriter out, String pattern, Object... values) {
        out.printf(Locale.ROOT, pattern + "%n", values);
    }
}
