package io.github.lanewise.kernel;

import java.util.Optional;

/**
 * Float-array kernels in one meaning and several speeds.
 *
 * <p>The scalar backend is the meaning: plain loops that can be read aloud. The vector backend runs the same operations on SIMD registers and
 * gives the same bits for every input, length and offset, at every vector width (a NaN is equal to a NaN). Kernels hold no state; every
 * instance may be used by any number of threads at once.
 */
public sealed interface Kernels extends StepKernels, Bfloat16Kernels, ActivationKernels, ReductionKernels, UpdateKernels,
        EmbeddingKernels, SgnsKernels
        permits ScalarKernels, VectorKernels {

    /**
     * Returns the scalar backend, which is there on every JVM.
     *
     * @return the scalar backend
     */
    static Kernels scalar() {
        return ScalarKernels.INSTANCE;
    }

    /**
     * Returns the vector backend, absent when this JVM cannot run it well; the log says why.
     *
     * @return the vector backend, if available
     */
    static Optional<Kernels> simd() {
        return Backend.simd();
    }

    /**
     * Returns the fastest backend of this JVM: the vector backend if available, else the scalar one.
     *
     * @return the best backend
     */
    static Kernels best() {
        return Backend.best();
    }

    /**
     * Returns the width of the vectors in bits.
     *
     * @return 128, 256 or 512, or 32 for the scalar backend
     */
    int vectorBits();
}
