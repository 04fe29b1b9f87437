package io.github.lanewise.kernel;

/** The scalar backend: the meaning of every kernel. */
final class ScalarKernels implements Kernels, ScalarMatrix, ScalarBfloat16, ScalarActivations, ScalarCells, ScalarReductions, ScalarUpdates, ScalarEmbeddings,
        ScalarSgns {
    static final Kernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    public int vectorBits() {
        return Float.SIZE;
    }

    @Override
    public String toString() {
        return "scalar";
    }
}
