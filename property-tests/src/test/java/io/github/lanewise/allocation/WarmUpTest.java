package io.github.lanewise.allocation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.ChildJvm;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Lstm;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * In a fresh JVM, {@code warmUp} is all it takes: the calls after it allocate nothing. Done in the background, the calls meanwhile allocate
 * nothing from the first on. The costs are printed.
 */
class WarmUpTest {
    private static final int INPUTS = 64;
    private static final int UNITS = 64;
    private static final int STEPS = 16;
    private static final int BATCH = 4;
    private static final int ROUNDS = 10;

    private static List<String> childFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(f -> f.startsWith("--add-modules") || f.startsWith("-XX:MaxVectorSize")).toList();
    }

    @Test
    void nothingIsAllocatedAfterWarmUp() {
        String output = ChildJvm.run(Child.class, childFlags());
        System.out.print(output);
        assertTrue(output.contains("step is quiet") && output.contains("forward and backward are quiet"), output);
    }

    @Test
    void nothingIsAllocatedByTheCallerWhileALayerWarmsUpInTheBackground() {
        String output = ChildJvm.run(BackgroundChild.class, childFlags());
        System.out.print(output);
        assertTrue(output.contains("the caller is quiet"), output);
    }

    /** What the second child does. */
    static final class BackgroundChild {
        private BackgroundChild() {
        }

        public static void main(String[] args) throws InterruptedException {
            Lstm lstm = Lstm.create(INPUTS, UNITS, new SplitMix64(1));
            CellState state = lstm.newState();
            float[] x = new float[INPUTS];
            Runnable step = () -> lstm.step(x, 0, state);
            long start = System.nanoTime();
            Thread warmUp = lstm.warmUpInBackground(1);
            // Counting loads classes the first time.
            Allocation.bytes(() -> {}, 1);
            long first = Allocation.bytes(step, 3);
            int rounds = 0;
            int noisy = 0;
            while (warmUp.isAlive()) {
                noisy += Allocation.noisyRounds(step, 1, 20);
                rounds++;
            }
            warmUp.join();
            int after = Allocation.noisyRounds(step, ROUNDS, 500);
            System.out.printf("background warm-up on %s: %d ms; first 3 steps %d bytes; something allocated in %d of %d rounds of 20 steps"
                    + " during it, %d of %d rounds of 500 after it%n", Kernels.best(), (System.nanoTime() - start) / 1_000_000, first, noisy, rounds, after, ROUNDS);
            // The JVM itself loads a class or deoptimises now and then.
            System.out.println(first == 0 && noisy <= 2 + rounds / 100 && after <= 2 ? "the caller is quiet" : "the caller allocates");
        }
    }

    /** What the child does. */
    static final class Child {
        private Child() {
        }

        public static void main(String[] args) {
            Lstm lstm = Lstm.create(INPUTS, UNITS, new SplitMix64(1));
            CellState state = lstm.newState();
            float[] x = new float[STEPS * BATCH * INPUTS];
            Runnable step = () -> lstm.step(x, 0, state);
            long start = System.nanoTime();
            long first = Allocation.bytes(step, 1);
            System.out.printf("first LSTM step of %s, %d units: %d us, %d bytes%n", Kernels.best(), UNITS, (System.nanoTime() - start) / 1000, first);
            long lapStart = System.nanoTime();
            lstm.warmUp(1);
            System.out.printf("warmUp of step: %d ms%n", (System.nanoTime() - lapStart) / 1_000_000);
            report("step is", Allocation.noisyRounds(step, ROUNDS, 100));

            lapStart = System.nanoTime();
            lstm.warmUp(STEPS, BATCH);
            System.out.printf("warmUp of forward and backward: %d ms%n", (System.nanoTime() - lapStart) / 1_000_000);
            CellTape tape = lstm.newTape(STEPS, BATCH);
            CellState states = lstm.newState(BATCH);
            CellState dStates = lstm.newState(BATCH);
            Gradients gradients = lstm.newGradients();
            float[] y = new float[STEPS * BATCH * UNITS];
            Runnable pass = () -> {
                lstm.forward(x, 0, STEPS, states, tape, y, 0);
                lstm.backward(y, 0, tape, dStates, gradients, x, 0);
            };
            pass.run();
            report("forward and backward are", Allocation.noisyRounds(pass, ROUNDS, 100));
        }

        private static void report(String what, int noisyRounds) {
            System.out.printf("after warmUp %s %s: something allocated in %d of %d rounds of 100 calls%n", what, noisyRounds <= 2 ? "quiet" : "noisy",
                    noisyRounds, ROUNDS);
        }
    }
}
