package io.github.lanewise.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.ChildJvm;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.SplitMix64;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a fresh JVM, {@code warmUp} is all it takes: the calls after it allocate nothing. The costs before are printed. */
class WarmUpTest {
    private static final int INPUTS = 64;
    private static final int UNITS = 64;
    private static final int STEPS = 16;
    private static final int BATCH = 4;

    @Test
    void nothingIsAllocatedAfterWarmUp() {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(f -> f.startsWith("--add-modules") || f.startsWith("-XX:MaxVectorSize")).toList();
        String output = ChildJvm.run(Child.class, flags);
        System.out.print(output);
        List<String> results = output.lines().filter(l -> l.startsWith("after warmUp")).toList();
        assertEquals(List.of("after warmUp: step 0 bytes, forward and backward 0 bytes"), results);
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
            long bytesOfSteps = Allocation.bytes(step, 1000);

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
            System.out.printf("after warmUp: step %d bytes, forward and backward %d bytes%n", bytesOfSteps, Allocation.bytes(pass, 1000));
        }
    }
}
