package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Bfloat16Pairs;
import io.github.lanewise.kernel.Kernels;
import java.util.Arrays;

/** The weights of one layer for inference: the matrix in bfloat16, the biases in floats. */
final class Bfloat16Weights {
    final Layout layout;
    private final float[] bias;
    /** {@code [alignment | pairs of the matrix]}. */
    private final int[] pairs;

    /** Rounds the weights of a layer. */
    Bfloat16Weights(Weights from) {
        layout = from.layout;
        bias = Arrays.copyOfRange(from.data, from.start, from.matrix);
        pairs = Bfloat16Pairs.pack(from.data, from.matrix, layout.width(), layout.panelStride(), layout.rows(), layout.columns(), Slab.FIRST);
    }

    /** Pre-activations {@code z [panels][rows][width] = bias + a * weights}. */
    void product(Kernels kernels, float[] a, int aOffset, int aRow, float[] z, int zOffset, int rows) {
        int width = layout.width();
        kernels.affineBfloat16(a, aOffset, aRow, pairs, Slab.FIRST, bias, 0, z, zOffset, width, rows * width, rows, layout.columns(),
                layout.inputs(), layout.recurrent());
    }
}
