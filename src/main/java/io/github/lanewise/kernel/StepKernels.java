package io.github.lanewise.kernel;

/**
 * A whole step of a recurrent layer on one row: the product and the element-wise phase in one call, because the step of a small layer is over
 * before its pre-activations are back from memory.
 *
 * <p>The meaning is the composition below; a backend may keep what lies between in registers. Methods allocate nothing, are thread-safe for
 * distinct outputs, and throw before anything is written when an argument is off.
 */
public sealed interface StepKernels extends MatrixKernels, CellKernels permits Kernels, VectorSteps {

    /**
     * One step of an LSTM on one row: the bits of {@link #affine} with the inputs and the hidden states, then {@link #lstmForward}.
     *
     * @param row inputs, read only, then hidden states [units], of which the first {@code hidden} are fed back; all of them are replaced
     * @param rowOffset index of the first input
     * @param weights panels of the matrix [units / 16][inputs + hidden][64]; read only
     * @param weightsOffset index of the first weight
     * @param bias one value for each gate of each unit, in panels as the columns of the matrix; read only
     * @param biasOffset index of the first value
     * @param c cell states [units]; updated
     * @param cOffset index of the first element
     * @param scratch {@code 5 * units} floats without meaning; overwritten; must not overlap the others
     * @param scratchOffset index of the first element
     * @param inputs number of inputs, at least 0
     * @param hidden number of hidden states fed back, 0 to {@code units}
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @param backwards whether to begin with the last panel of the weights: in every other step, weights a little larger than a cache are still there in part
     * @throws IllegalArgumentException if a count is negative, {@code units} is not a multiple of the block or {@code hidden} exceeds it
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    default void lstmStep(float[] row, int rowOffset, float[] weights, int weightsOffset, float[] bias, int biasOffset, float[] c, int cOffset,
                          float[] scratch, int scratchOffset, int inputs, int hidden, int units, boolean backwards) {
        Checks.lstmStep(row, rowOffset, weights, weightsOffset, bias, biasOffset, c, cOffset, scratch, scratchOffset, inputs, hidden, units);
        int stride = (inputs + hidden) * Panels.WIDTH;
        int panels = units / Panels.BLOCK;
        int group = backwards ? backwardsGroup(panels, stride) : panels;
        for (int end = panels; end > 0; end -= group) {
            int panel = end - group;
            affine(row, rowOffset, 0, weights, weightsOffset + panel * stride, stride, Panels.WIDTH, bias, biasOffset + panel * Panels.WIDTH,
                    scratch, scratchOffset + panel * Panels.WIDTH, Panels.WIDTH, Panels.WIDTH, 1, (end - panel) * Panels.WIDTH, inputs, hidden);
        }
        lstmForward(scratch, scratchOffset, Panels.WIDTH, c, cOffset, c, cOffset, scratch, scratchOffset + 4 * units, Panels.BLOCK,
                row, rowOffset + inputs, units, 1, units);
    }

    /**
     * The recurrent half of a step of an LSTM on one row whose pre-activations hold bias and inputs already: the bits of {@link #matmul},
     * {@code z += h * weights}, then {@link #lstmForward}.
     *
     * <p>The states before and after the step lie in one array, at the same place or without overlap.
     *
     * @param h hidden states before the step [hidden], read only, and after it [units], written
     * @param hOffset index of the first hidden state before the step
     * @param hNextOffset index of the first one after it
     * @param weights panels of the recurrent matrix [units / 16][hidden][64]; read only
     * @param weightsOffset index of the first weight
     * @param weightsPanel distance between two panels of the matrix
     * @param z pre-activations in, gates out, in panels as the columns of the matrix
     * @param zOffset index of the first element
     * @param zPanel distance between two panels of {@code z}
     * @param c cell states before the step [units], read only, and after it [units], written
     * @param cOffset index of the first cell state before the step
     * @param cNextOffset index of the first one after it
     * @param tanhC tanh of the cell states after the step [units]; written
     * @param tanhCOffset index of the first element
     * @param hidden number of hidden states fed back, at least 0
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @param backwards whether to begin with the last panel of the weights, as in {@link #lstmStep}
     * @throws IllegalArgumentException if a count is negative, {@code units} is not a multiple of the block or {@code hidden} is 2^25 or more
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    default void lstmRecurrentStep(float[] h, int hOffset, int hNextOffset, float[] weights, int weightsOffset, int weightsPanel,
                                   float[] z, int zOffset, int zPanel, float[] c, int cOffset, int cNextOffset, float[] tanhC, int tanhCOffset,
                                   int hidden, int units, boolean backwards) {
        Checks.lstmRecurrentStep(h, hOffset, hNextOffset, weights, weightsOffset, weightsPanel, z, zOffset, zPanel,
                c, cOffset, cNextOffset, tanhC, tanhCOffset, hidden, units);
        int panels = units / Panels.BLOCK;
        int group = backwards ? backwardsGroup(panels, weightsPanel) : panels;
        for (int end = panels; end > 0; end -= group) {
            int panel = end - group;
            matmul(h, hOffset, 0, 1, weights, weightsOffset + panel * weightsPanel, weightsPanel, Panels.WIDTH,
                    z, zOffset + panel * zPanel, Panels.WIDTH, zPanel, 1, (end - panel) * Panels.WIDTH, hidden);
        }
        lstmForward(z, zOffset, zPanel, c, cOffset, c, cNextOffset, tanhC, tanhCOffset, Panels.BLOCK, h, hNextOffset, units, 1, units);
    }

    /**
     * How many panels a step that goes backwards takes at a time: one, or all of them where the order gains nothing. Zen 4 at 256 bits: 5 to 8 % less time at
     * 48 and 64 units, whose weights are a little larger than L1; nothing at 512 and 1024, 2 % more at 128.
     */
    private static int backwardsGroup(int panels, int stride) {
        return (long) Float.BYTES * stride * panels <= 128 << 10 ? 1 : panels;
    }

    /**
     * One step of an Elman layer on one row: the bits of {@link #affine} with the inputs and the hidden states, then {@link #elmanForward}.
     *
     * @param activation the function
     * @param row inputs, read only, then hidden states [units], of which the first {@code hidden} are fed back; all of them are replaced
     * @param rowOffset index of the first input
     * @param weights panels of the matrix [units / 64, rounded up][inputs + hidden][width], {@code width = min(units, 64)}; read only
     * @param weightsOffset index of the first weight
     * @param bias one value for each unit; read only
     * @param biasOffset index of the first value
     * @param scratch {@code units} floats without meaning; overwritten; must not overlap the others
     * @param scratchOffset index of the first element
     * @param inputs number of inputs, at least 0
     * @param hidden number of hidden states fed back, 0 to {@code units}
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @throws IllegalArgumentException if a count is negative, {@code units} is not a multiple of the block or {@code hidden} exceeds it
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    default void elmanStep(Activation activation, float[] row, int rowOffset, float[] weights, int weightsOffset, float[] bias, int biasOffset,
                           float[] scratch, int scratchOffset, int inputs, int hidden, int units) {
        Checks.elmanStep(row, rowOffset, weights, weightsOffset, bias, biasOffset, scratch, scratchOffset, inputs, hidden, units);
        int width = Math.min(units, Panels.WIDTH);
        affine(row, rowOffset, 0, weights, weightsOffset, (inputs + hidden) * width, Math.max(1, width), bias, biasOffset,
                scratch, scratchOffset, width, width, 1, units, inputs, hidden);
        elmanForward(activation, scratch, scratchOffset, width, width, row, rowOffset + inputs, units, 1, units);
    }
}
