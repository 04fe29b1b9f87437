package io.github.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.kernel.Diagnostics;
import io.github.lanewise.kernel.Kernels;
import org.junit.jupiter.api.Test;

/** The JVM of this fork really is the one that the build asked for; without this, four forks could be four times the same. */
class ForkSettingsTest {
    private static final String BACKEND = System.getProperty("lanewise.expect.backend", "none given");
    private static final int BITS = Integer.getInteger("lanewise.expect.bits", -1);

    @Test
    void vectorModuleIsThereExactlyWhenTheSimdBackendIsExpected() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertEquals(BACKEND, present ? "simd" : "scalar");
    }

    @Test
    void vectorsAreAsWideAsAskedFor() {
        if (BACKEND.equals("scalar")) {
            assertEquals(0, BITS, "a scalar fork has no width");
            return;
        }
        int bits = Hardware.vectorBits();
        assumeTrue(bits >= BITS, "this machine has no " + BITS + "-bit vectors, at most " + bits + ": they are emulated");
        assertEquals(BITS, bits);
    }

    @Test
    void theLibraryRunsTheBackendAskedFor() {
        boolean simd = BACKEND.equals("simd");
        assertEquals(simd, Kernels.simd().isPresent());
        assertEquals(simd, Kernels.best() != Kernels.scalar());
        assertEquals(Kernels.best().toString(), Diagnostics.current().backend());
        System.out.println("this fork runs " + Kernels.best());
    }

    @Test
    void theLibraryRunsTheWidthAskedFor() {
        assumeTrue(BITS > 0, "no vectors in this fork");
        assertEquals(BITS, Kernels.best().vectorBits());
    }
}
