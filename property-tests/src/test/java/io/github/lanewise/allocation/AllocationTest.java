package io.github.lanewise.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lanewise.ChildJvm;
import io.github.lanewise.Hardware;
import io.github.lanewise.kernel.Kernels;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hot methods allocate nothing: on the scalar backend (the fork without the module) from the first calls on, on the vector backend once C2 has
 * compiled them.
 */
class AllocationTest {
    private static final int ROUNDS = 10;
    private static final int CALLS = 500;
    private static final int NOISE_OF_THE_JVM = 4;
    private static int quiet;

    static Stream<Arguments> hotMethods() {
        return HotMethods.on(Kernels.best()).entrySet().stream().map(m -> arguments(m.getKey(), m.getValue()));
    }

    @BeforeAll
    static void vectorsAreOfTheHardware() {
        assumeTrue(Kernels.best().vectorBits() <= Hardware.vectorBits(), "emulated vectors are objects");
    }

    @AfterAll
    static void report() {
        System.out.println("allocation: " + quiet + " methods on " + Kernels.best() + " allocate nothing");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hotMethods")
    void allocatesNothing(String name, Runnable method) {
        if (Kernels.simd().isEmpty()) {
            assertNoise(Allocation.noisyRounds(method, ROUNDS, 5), "not compiled yet");
        }
        long calls = Allocation.callsUntilQuiet(method);
        if (calls < 0 && Kernels.simd().isPresent()) {
            assertQuietInNewJvm(name);
        } else {
            assertTrue(calls >= 0, "still allocates after 10 seconds");
            assertNoise(Allocation.noisyRounds(method, ROUNDS, CALLS), "after " + calls + " calls");
        }
        quiet++;
    }

    /**
     * In two JVMs, on a busy machine at 512 bits, word2vec sentences still allocated after 30 seconds; why is not known. What always
     * allocates does so in a new JVM, too.
     */
    private static void assertQuietInNewJvm(String name) {
        System.out.println("allocation: " + name + " still allocates after 10 seconds in this JVM; trying in a new one");
        String output = ChildJvm.run(Child.class, List.of("--add-modules=jdk.incubator.vector",
                "-XX:MaxVectorSize=" + Kernels.best().vectorBits() / 8, "-Dlanewise.method=" + name));
        assertTrue(output.contains("quiet after"), output);
    }

    /** Runs one method alone. */
    static final class Child {
        private Child() {
        }

        public static void main(String[] args) {
            Runnable method = Objects.requireNonNull(HotMethods.on(Kernels.best()).get(System.getProperty("lanewise.method")));
            long calls = Allocation.callsUntilQuiet(method);
            System.out.println(calls < 0 ? "still allocates" : "quiet after " + calls + " calls");
        }
    }

    private static void assertNoise(int noisyRounds, String when) {
        assertTrue(noisyRounds <= NOISE_OF_THE_JVM, when + ": allocates in " + noisyRounds + " of " + ROUNDS + " rounds");
    }

    /** The measurement sees a single small object. */
    @Test
    void anAllocationIsSeen() {
        Object[] keep = new Object[1];
        Runnable allocating = () -> keep[0] = new byte[1];
        assertEquals(ROUNDS, Allocation.noisyRounds(allocating, ROUNDS, CALLS));
        assertTrue(Allocation.bytes(allocating, CALLS) >= CALLS * 16L);
        int[] count = {0};
        Runnable seldom = () -> {
            if (++count[0] % CALLS == 0) {
                keep[0] = new byte[1];
            }
        };
        assertEquals(ROUNDS, Allocation.noisyRounds(seldom, ROUNDS, CALLS));
    }
}
