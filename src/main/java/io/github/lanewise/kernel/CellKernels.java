package io.github.lanewise.kernel;

/**
 * The element-wise halves of the recurrent cells, fused: what happens to the pre-activations after the matrix product, and its derivative.
 *
 * <p>Unit counts are multiples of {@link Panels#BLOCK}. Pre-activations are in panels as {@link MatrixKernels#matmul} leaves them. Methods
 * allocate nothing, are thread-safe for distinct outputs, and throw before anything is written when an argument is off.
 */
public sealed interface CellKernels permits StepKernels, Elman {

    /**
     * LSTM forward: turns pre-activations into gates, cell state and hidden state.
     *
     * <p>Panel {@code p} of {@code z} holds, for the 16 units {@code 16p ..}, the four gates i, f, g, o as four blocks of 16. For each row and unit:
     *
     * <pre>{@code
     * i = sigmoid(z.i)   f = sigmoid(z.f)   g = tanh(z.g)   o = sigmoid(z.o)      // written back over z
     * next = fma(f, previous, i * g)
     * q = tanh(next)                                                          // kept for the backward pass
     * h = o * q
     * }</pre>
     *
     * <p>Cell states, their tanh and their gradients lie as the panels do, [units / 16][rows][16], so that a phase walks through all its memory in
     * order. {@code cNext} may be {@code cPrevious} at the same offset. Source: Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000.
     *
     * @param z pre-activations [panels][rows][64], overwritten by the gates
     * @param zOffset index of the first element
     * @param zPanel distance between two panels; rows are 64 apart
     * @param cPrevious cell states before [units / 16][rows][16]; read only
     * @param cPreviousOffset index of the first element
     * @param cNext cell states after [units / 16][rows][16]; written
     * @param cNextOffset index of the first element
     * @param tanhC tanh of the cell states after [units / 16][rows][16]; written
     * @param tanhCOffset index of the first element
     * @param cBlock distance between two blocks of {@code cPrevious}, {@code cNext} and {@code tanhC}; rows are 16 apart
     * @param h hidden states [rows][units]; written
     * @param hOffset index of the first element
     * @param hRow distance between two rows of {@code h}
     * @param rows number of rows, at least 0
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @throws IllegalArgumentException if a count or stride is negative or {@code units} is not a multiple of the block
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    void lstmForward(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                     float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows, int units);

    /**
     * LSTM backward: turns gates and the gradients of h and c into the gradients of the pre-activations and of the previous cell state.
     *
     * <pre>{@code
     * e   = dc + (dh * o) * (1 - q * q)          // 1 - q * q as one fma; the sum as one fma: fma(dh * o, 1 - q*q, dc)
     * dzi = (e * g) * (i * (1 - i))      dzf = (e * previous) * (f * (1 - f))
     * dzg = (e * i) * (1 - g * g)        dzo = (dh * q) * (o * (1 - o))          // written over the gates
     * dc  = e * f
     * }</pre>
     *
     * @param z gates as {@link #lstmForward} left them, overwritten by the gradients of the pre-activations
     * @param zOffset index of the first element
     * @param zPanel distance between two panels; rows are 64 apart
     * @param cPrevious cell states before the step [units / 16][rows][16]; read only
     * @param cPreviousOffset index of the first element
     * @param tanhC tanh of the cell states after the step [units / 16][rows][16]; read only
     * @param tanhCOffset index of the first element
     * @param dh gradients of the hidden states [rows][units]; read only
     * @param dhOffset index of the first element
     * @param dc gradients of the cell states [units / 16][rows][16], in: after the step, out: before the step
     * @param dcOffset index of the first element
     * @param cBlock distance between two blocks of {@code cPrevious}, {@code tanhC} and {@code dc}; rows are 16 apart
     * @param rows number of rows, at least 0
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @throws IllegalArgumentException if a count or stride is negative or {@code units} is not a multiple of the block
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    void lstmBackward(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                      float[] dh, int dhOffset, float[] dc, int dcOffset, int cBlock, int rows, int units);

    /**
     * Elman forward: {@code h[row][unit] = activation(z[row][unit])}, from panels to rows.
     *
     * @param activation the function
     * @param z pre-activations [panels][rows][width], {@code width = min(units, 64)}; read only
     * @param zOffset index of the first element
     * @param zPanel distance between two panels
     * @param zRow distance between two rows of a panel
     * @param h hidden states [rows][units]; written
     * @param hOffset index of the first element
     * @param hRow distance between two rows of {@code h}
     * @param rows number of rows, at least 0
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @throws IllegalArgumentException if a count or stride is negative or {@code units} is not a multiple of the block
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    void elmanForward(Activation activation, float[] z, int zOffset, int zPanel, int zRow, float[] h, int hOffset, int hRow, int rows, int units);

    /**
     * Elman backward: {@code dz[row][unit] = dh[row][unit] * activation'(h[row][unit])}, from rows to panels; the derivative is the one of
     * {@link ActivationKernels} (taken from the result {@code h}).
     *
     * @param activation the function that {@link #elmanForward} applied
     * @param h hidden states [rows][units]; read only
     * @param hOffset index of the first element
     * @param hRow distance between two rows of {@code h}
     * @param dh gradients of the hidden states [rows][units]; read only
     * @param dhOffset index of the first element
     * @param dz gradients of the pre-activations, in panels; written
     * @param dzOffset index of the first element
     * @param dzPanel distance between two panels
     * @param dzRow distance between two rows of a panel
     * @param rows number of rows, at least 0
     * @param units number of units, a multiple of {@link Panels#BLOCK}
     * @throws IllegalArgumentException if a count or stride is negative or {@code units} is not a multiple of the block
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    void elmanBackward(Activation activation, float[] h, int hOffset, int hRow, float[] dh, int dhOffset,
                       float[] dz, int dzOffset, int dzPanel, int dzRow, int rows, int units);
}
