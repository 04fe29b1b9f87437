package io.github.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lanewise.kernel.Diagnostics;
import io.github.lanewise.kernel.Kernels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the Vector API would not run well, the scalar backend runs, and one log line says why and what helps. Each case is a JVM of its own. */
@EnabledIfSystemProperty(named = "lanewise.expect.backend", matches = "scalar", disabledReason = "done once, in the fork without the module")
class FallbackTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    static Stream<Arguments> obstacles() {
        return Stream.of(
                arguments(List.of(), "--add-modules jdk.incubator.vector"),
                arguments(List.of(MODULE, "-Xint"), "-Xint"),
                arguments(List.of(MODULE, "-XX:TieredStopAtLevel=1"), "-XX:TieredStopAtLevel"),
                arguments(List.of(MODULE, "-XX:TieredStopAtLevel=3"), "-XX:TieredStopAtLevel"),
                arguments(List.of(MODULE, "-XX:CompilationMode=quick-only"), "-XX:CompilationMode"),
                arguments(List.of(MODULE, "-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport"), "-XX:-EnableVectorSupport"),
                arguments(List.of(MODULE, "-XX:-UseFMA"), "-XX:-UseFMA"),
                arguments(List.of(MODULE, "-XX:MaxVectorSize=8"), "-XX:MaxVectorSize"));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void theScalarBackendRunsAndTheLogNamesTheRemedy(List<String> flags, String remedy) {
        String output = ChildJvm.run(Child.class, flags);
        List<String> log = output.lines().filter(l -> l.contains("scalar backend")).toList();
        assertEquals(1, log.size(), output);
        assertTrue(log.getFirst().contains(remedy), log.getFirst());
        assertTrue(output.contains("best scalar, simd false"), output);
        assertTrue(output.lines().anyMatch(l -> l.startsWith("reason") && l.contains(remedy)), output);
    }

    @Test
    void withTheModuleAndNothingInTheWayNothingIsLogged() {
        String output = ChildJvm.run(Child.class, List.of(MODULE));
        assertTrue(output.contains("best simd-") && output.contains("simd true") && !output.contains("scalar backend"), output);
    }

    /** What the child does. */
    static final class Child {
        private Child() {
        }

        public static void main(String[] args) {
            float[] y = {1};
            Kernels.best().tanh(y, 0, y, 0, 1);
            System.out.println("best " + Kernels.best() + ", simd " + Kernels.simd().isPresent() + ", tanh(1) = " + y[0]);
            System.out.println(Diagnostics.current());
        }
    }
}
