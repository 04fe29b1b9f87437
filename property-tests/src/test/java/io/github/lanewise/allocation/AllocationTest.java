package io.github.lanewise.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lanewise.kernel.Kernels;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
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
    private static final int NOISE_OF_THE_JVM = 2;
    private static int quiet;

    static Stream<Arguments> hotMethods() {
        return HotMethods.on(Kernels.best()).entrySet().stream().map(m -> arguments(m.getKey(), m.getValue()));
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
        assertTrue(calls >= 0, "still allocates after 30 seconds");
        assertNoise(Allocation.noisyRounds(method, ROUNDS, CALLS), "after " + calls + " calls");
        quiet++;
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
