package io.github.lanewise.kernel;

/** The vector backend: the meaning of {@link ScalarKernels}, on SIMD registers. */
final class VectorKernels implements Kernels, VectorMatrix, VectorBfloat16, VectorActivations, VectorCells, VectorSteps, VectorReductions, VectorUpdates, VectorEmbeddings,
        VectorSgns {

    @Override
    public int vectorBits() {
        return Width.F.vectorBitSize();
    }

    @Override
    public String toString() {
        return "simd-" + vectorBits();
    }
}
