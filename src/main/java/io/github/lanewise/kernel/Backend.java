package io.github.lanewise.kernel;

import java.util.Optional;

/** Chooses the backend once per JVM and remembers why. */
final class Backend {
    private static final Optional<Kernels> SIMD = Optional.of(new VectorKernels());

    private Backend() {}

    static Optional<Kernels> simd() {
        return SIMD;
    }

    static Kernels best() {
        return SIMD.orElse(ScalarKernels.INSTANCE);
    }
}
