package io.github.lanewise.oracle;

import java.util.Arrays;

/**
 * The input of a recurrent layer: x [steps][size][inputs], h0 and c0 [size][hidden] (c0 is empty for an Elman layer).
 * Sequence n ends after lengths[n] steps; what follows in x is padding.
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
public record Batch(int steps, int[] lengths, double[] x, double[] h0, double[] c0) {
    /** A batch whose sequences all have the same length. */
    public static Batch of(int steps, int size, double[] x, double[] h0, double[] c0) {
        int[] lengths = new int[size];
        Arrays.fill(lengths, steps);
        return new Batch(steps, lengths, x, h0, c0);
    }

    /** Number of sequences. */
    public int size() {
        return lengths.length;
    }
}
