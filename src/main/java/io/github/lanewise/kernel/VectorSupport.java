package io.github.lanewise.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Finds out whether this JVM turns Vector API calls into SIMD instructions. Where it does not, the calls are far slower than scalar code. */
final class VectorSupport {
    private VectorSupport() {}

    /** What keeps the vector backend from running well, and the remedy; empty if nothing does. */
    static String obstacle() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return "the module jdk.incubator.vector is missing; start Java with --add-modules jdk.incubator.vector";
        }
        String mode = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
        if (System.getProperty("java.vm.name", "").contains("OpenJ9")) {
            return "OpenJ9 does not compile the Vector API; run on a HotSpot JVM";
        }
        if (mode.contains("interpreted")) {
            return "the JVM only interprets; remove -Xint";
        }
        if (mode.contains("emulated-client") || flag("TieredStopAtLevel", "4").compareTo("4") < 0 || flag("UseCompiler", "true").equals("false")) {
            return "the C2 compiler is switched off; remove -XX:TieredStopAtLevel, -XX:CompilationMode and -XX:-UseCompiler";
        }
        if (flag("EnableVectorSupport", "true").equals("false")) {
            return "the Vector API is not compiled; remove -XX:-EnableVectorSupport";
        }
        if (!fma()) {
            return "there is no fused multiply-add (an old CPU, or -XX:-UseFMA, -XX:UseAVX=0): results are the same but thousands of times"
                    + " slower; run on a CPU with FMA";
        }
        if (Width.L < 4) {
            return "vectors are narrower than 128 bits; remove -XX:MaxVectorSize";
        }
        return "";
    }

    /** Whether {@code Math.fma} is an instruction; otherwise it is computed with BigDecimal. */
    static boolean fma() {
        return flag("UseFMA", "true").equals("true");
    }

    /** The value of a HotSpot flag, or a default where the JVM does not tell (another JVM, a flag it lacks, no management module). */
    private static String flag(String name, String unknown) {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean.getVMOption(name).getValue();
        } catch (IllegalArgumentException | NullPointerException | LinkageError e) {
            return unknown;
        }
    }
}
