package io.github.lanewise;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What the CPU offers this JVM. */
public final class Hardware {
    private Hardware() {}

    /** Returns the width of the widest vectors that are instructions here. */
    public static int vectorBits() {
        var vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return 8 * Integer.parseInt(vm.getVMOption("MaxVectorSize").getValue());
    }
}
