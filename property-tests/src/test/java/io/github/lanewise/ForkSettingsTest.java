package io.github.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
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
        assumeTrue(BITS > 0, "no vectors in this fork");
        var vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        int bytes = Integer.parseInt(vm.getVMOption("MaxVectorSize").getValue());
        assumeTrue(bytes * 8 >= BITS, "this machine has no " + BITS + "-bit vectors, at most " + bytes * 8);
        assertEquals(BITS, bytes * 8);
    }
}
