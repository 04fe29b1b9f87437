package io.github.lanewise.kernel;

import java.util.Optional;

/** Chooses the backend, once per JVM, and remembers why. */
final class Backend {
    private static final Optional<Kernels> SIMD;
    private static final String REASON;

    static {
        String obstacle = VectorSupport.obstacle();
        Optional<Kernels> simd = Optional.empty();
        if (obstacle.isEmpty()) {
            try {
                simd = Optional.of(new VectorKernels());
            } catch (LinkageError e) {
                obstacle = "the Vector API of this JVM differs from JDK 25's (" + e + "); run on JDK 25";
            }
        }
        SIMD = simd;
        REASON = obstacle.isEmpty() ? "the Vector API is available and compiled by C2" : obstacle;
        if (simd.isEmpty()) {
            System.getLogger("io.github.lanewise")
                    .log(System.Logger.Level.WARNING, "Lanewise runs on the scalar backend, about 10 times slower: {0}", obstacle);
        }
    }

    private Backend() {}

    static Optional<Kernels> simd() {
        return SIMD;
    }

    static Kernels best() {
        return SIMD.orElse(ScalarKernels.INSTANCE);
    }

    /** Why {@link #best} is what it is, and what would help. */
    static String reason() {
        return REASON;
    }
}
