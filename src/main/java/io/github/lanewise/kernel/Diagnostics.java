package io.github.lanewise.kernel;

/**
 * Which backend runs, how wide, and why: the answer to "is SIMD really on?".
 *
 * @param backend the backend that {@link Kernels#best()} returns, for example {@code simd-512} or {@code scalar}
 * @param vectorBits width of its vectors, 32 for the scalar backend
 * @param species the vector species, or {@code none}
 * @param fma whether fused multiply-add is an instruction of this JVM; otherwise everything is thousands of times slower
 * @param reason why this backend runs, and what would help where it is the scalar one
 * @param jvm name and version of the JVM
 */
public record Diagnostics(String backend, int vectorBits, String species, boolean fma, String reason, String jvm) {

    /**
     * Looks at this JVM.
     *
     * @return the facts
     */
    public static Diagnostics current() {
        Kernels best = Kernels.best();
        String species = Kernels.simd().isPresent() ? Width.describe() : "none";
        String jvm = System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", " + System.getProperty("os.arch");
        return new Diagnostics(best.toString(), best.vectorBits(), species, VectorSupport.fma(), Backend.reason(), jvm);
    }

    /**
     * Runs a sample of the kernels on both backends, compares every bit, and times a matrix product and an activation. Takes about seven seconds.
     *
     * @return what was found
     */
    public static SelfTest selfTest() {
        return SelfTest.run(Kernels.scalar(), Kernels.best());
    }

    @Override
    public String toString() {
        return "backend  " + backend + " (" + vectorBits + " bits, species " + species + ")\n"
                + "fma      " + (fma ? "hardware" : "emulated, thousands of times slower") + "\n"
                + "reason   " + reason + "\n"
                + "jvm      " + jvm;
    }
}
