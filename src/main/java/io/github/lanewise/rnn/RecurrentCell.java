package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * What {@link Rnn} and {@link Lstm} share: products around an element-wise phase, one step at a time or over whole sequences.
 *
 * <p>Sequences are laid out {@code [steps][batch][inputs]}. The weights are only read, so one layer serves any number of threads; each thread
 * holds its own {@link CellState}, {@link CellTape} and {@link Gradients}. After warm-up {@code step}, {@code forward} and {@code backward}
 * allocate nothing. Results do not depend on how the work is split: {@code n} steps give the bits of one forward pass over {@code n} steps, and
 * a batch those of its rows alone. NaN and infinity propagate. A call that throws has written nothing.
 */
public abstract sealed class RecurrentCell implements Layer permits Rnn, Lstm {
    private static final int[] ALL_STEPS = {};
    private static final int PRIMING_STEPS = 100;
    private static final long PRIMING_NANOS = 30_000_000;

    /** Changes once, when a warm-up in the background is done: either backend gives the same bits. */
    volatile Kernels kernels;
    final Layout layout;
    private final Weights weights;
    /** What {@link #kernels} is when no warm-up is under way. */
    private final Kernels backend;

    RecurrentCell(Layout layout, Weights weights, Kernels kernels) {
        this.layout = layout;
        this.weights = weights;
        this.backend = Objects.requireNonNull(kernels, "kernels");
        this.kernels = backend;
    }

    /** The element-wise phase: pre-activations to hidden states (and gates, cell states). */
    abstract void activate(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] cNext, int cNextOffset,
                           float[] tanhC, int tanhCOffset, int cBlock, float[] h, int hOffset, int hRow, int rows);

    /** Its derivative: gradients of the hidden (and cell) states to gradients of the pre-activations, over the gates. */
    abstract void differentiate(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                                float[] h, int hOffset, int hRow, float[] dh, int dhOffset, float[] dc, int dcOffset, int cBlock, int rows);

    /** The element-wise phase of a step, holding no weights. */
    abstract BiConsumer<Kernels, CellState> stepPhase();

    /**
     * Returns a layer for inference with the weights rounded to bfloat16, half as large; it computes in floats. What this layer learns later
     * does not reach it.
     *
     * @return a layer with a rounded copy of the weights, on the same backend
     */
    public final Bfloat16Cell toBfloat16() {
        return new Bfloat16Cell(new Bfloat16Weights(weights), backend, stepPhase());
    }

    /** A layer of this kind whose matrix is as small as it may be without the loops over panels and units ending after their first turn. */
    abstract RecurrentCell ofTwoPanels(Kernels other);

    /**
     * Returns this layer on another backend. The weights are shared.
     *
     * @param other the kernels to run on
     * @return a layer with the same weights and the same results
     */
    public abstract RecurrentCell on(Kernels other);

    /**
     * Returns the weights, shared with every layer made from this one by {@code on}.
     *
     * @return the live weights
     */
    @Override
    public final Weights weights() {
        return weights;
    }

    /**
     * Returns the number of inputs.
     *
     * @return inputs of a step
     */
    public final int inputs() {
        return layout.inputs();
    }

    /**
     * Returns the number of hidden units, which is the number of outputs.
     *
     * @return hidden units
     */
    public final int units() {
        return layout.units();
    }

    /**
     * Creates a zero state of one row.
     *
     * @return a new state
     */
    public final CellState newState() {
        return newState(1);
    }

    /**
     * Creates a zero state.
     *
     * @param batch number of independent rows, at least 1
     * @return a new state
     * @throws IllegalArgumentException if {@code batch < 1}
     */
    public final CellState newState(int batch) {
        return new CellState(layout, batch);
    }

    /**
     * Creates the memory for sequences.
     *
     * @param maxSteps longest sequence, at least 1
     * @param batch number of sequences side by side, at least 1
     * @return a new tape
     * @throws IllegalArgumentException if a number is less than 1
     * @throws ArithmeticException if an array would need 2^31 floats or more
     */
    public final CellTape newTape(int maxSteps, int batch) {
        return new CellTape(layout, maxSteps, batch);
    }

    /**
     * Creates zero gradients for the weights.
     *
     * @return new gradients
     */
    public final Gradients newGradients() {
        return new Gradients(layout);
    }

    /**
     * Brings {@link #step} of this shape to compiled state, on scratch memory; the weights are only read. Takes about a second.
     *
     * <p>Without it the first steps of a JVM are slow and allocate, until C2 has compiled the kernels; the README has the figures.
     *
     * @param batch rows of the states that will be used
     */
    public final void warmUp(int batch) {
        WarmUp.run(scratchStep(this, batch), 1);
    }

    /**
     * Does the work of {@link #warmUp(int)} on a daemon thread. Until it is done, this layer runs on the scalar backend, which does not
     * allocate; then on its own again. The bits are the same, so nobody sees the change.
     *
     * <p>Takes some hundredths of a second itself, in which it runs the scalar backend for the first time: the first {@link #step} of this layer
     * then loads no class and allocates nothing. The daemon thread works for a fifth of the time and for 0.2 ms at a stretch as far as the
     * kernels allow, for some seconds altogether, and leaves the processors to the others in between; it makes about 300 MB of garbage.
     *
     * @param batch rows of the states that will be used
     * @return the thread; join it to wait for the end
     * @throws IllegalArgumentException if {@code batch < 1}
     */
    public final Thread warmUpInBackground(int batch) {
        Layout.require("batch", batch, 1);
        Runnable small = scratchStep(ofTwoPanels(backend), batch);
        Runnable whole = scratchStep(on(backend), batch);
        WarmUp.prime(scratchStep(ofTwoPanels(Kernels.scalar()), batch), PRIMING_STEPS, PRIMING_NANOS);
        kernels = Kernels.scalar();
        return Thread.ofPlatform().daemon().name("lanewise-warm-up").start(() -> {
            try {
                WarmUp.gently(small, whole);
            } finally {
                kernels = backend;
            }
        });
    }

    private static Runnable scratchStep(RecurrentCell cell, int batch) {
        CellState state = cell.newState(batch);
        float[] x = new float[batch * cell.inputs()];
        return () -> cell.step(x, 0, state);
    }

    /**
     * Brings {@code forward} and {@code backward} of this shape to compiled state, on scratch memory; the weights are only read. Takes a few
     * seconds, at most ten.
     *
     * @param steps length of the sequences that will be used
     * @param batch rows of the tapes that will be used
     */
    public final void warmUp(int steps, int batch) {
        CellState state = newState(batch);
        CellState dState = newState(batch);
        CellTape tape = newTape(steps, batch);
        Gradients gradients = newGradients();
        float[] x = new float[steps * batch * layout.inputs()];
        float[] y = new float[steps * batch * layout.units()];
        WarmUp.run(() -> {
            forward(x, 0, steps, state, tape, y, 0);
            backward(y, 0, tape, dState, gradients, x, 0);
        }, steps);
    }

    /**
     * One step: {@code state = cell(x, state)}. The hidden states of {@code state} are the output.
     *
     * @param x inputs [batch][inputs]; read only
     * @param xOffset index of the first element
     * @param state states before; updated
     * @throws IllegalArgumentException if the state belongs to a layer of another shape
     * @throws IndexOutOfBoundsException if the range falls outside the array
     */
    public final void step(float[] x, int xOffset, CellState state) {
        state.requireLayout(layout);
        int batch = state.batch;
        Objects.checkFromIndexSize(xOffset, batch * layout.inputs(), x.length);
        Rows rows = state.rows;
        for (int row = 0; row < batch; row++) {
            rows.setInput(row, x, xOffset + row * layout.inputs());
        }
        advance(state);
    }

    /** The step itself, over the inputs and hidden states in the rows of the state. */
    void advance(CellState state) {
        Rows rows = state.rows;
        int width = layout.width();
        int panel = state.batch * width;
        kernels.affine(rows.data, rows.input(0), rows.stride, weights.data, weights.matrix, layout.panelStride(), width, weights.data, weights.start,
                state.data, state.z, width, panel, state.batch, layout.columns(), layout.inputs(), layout.recurrent());
        activate(state.data, state.z, panel, state.data, state.c, state.data, state.c, state.data, state.tanhC, Cells.block(state.batch),
                rows.data, rows.hidden(0), rows.stride, state.batch);
    }

    /**
     * A forward pass over sequences of equal length; see the method with lengths.
     *
     * @param xs inputs [steps][batch][inputs]; read only
     * @param xOffset index of the first element
     * @param steps number of steps, 1 to {@link CellTape#maxSteps()}
     * @param state states before the first step; updated to those after the last
     * @param tape memory of the pass; overwritten
     * @param ys hidden states after each step [steps][batch][units]; written; must not overlap {@code xs}
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code steps} is out of range or a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public final void forward(float[] xs, int xOffset, int steps, CellState state, CellTape tape, float[] ys, int yOffset) {
        forward(xs, xOffset, steps, ALL_STEPS, state, tape, ys, yOffset);
    }

    /**
     * A forward pass over sequences, each with a length of its own.
     *
     * <p>After its last step a row keeps its state to the end, and its outputs are zero; its inputs are not read. Carrying the state into the
     * next call continues the sequence (truncated backpropagation).
     *
     * @param xs inputs [steps][batch][inputs]; read only
     * @param xOffset index of the first element
     * @param steps number of steps, 1 to {@link CellTape#maxSteps()}
     * @param lengths steps of each row, 0 to {@code steps}; an empty array means {@code steps} for all
     * @param state states before the first step; updated to those after the last
     * @param tape memory of the pass; overwritten
     * @param ys hidden states after each step [steps][batch][units]; written; must not overlap {@code xs}
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code steps} or a length is out of range or a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public final void forward(float[] xs, int xOffset, int steps, int[] lengths, CellState state, CellTape tape, float[] ys, int yOffset) {
        requireTape(tape, state);
        requireForward(xs, xOffset, steps, lengths, tape.maxSteps, tape.batch, ys, yOffset);
        ForwardPass.run(this, xs, xOffset, steps, lengths, state, tape, ys, yOffset);
    }

    /**
     * The backward pass of the last {@code forward} on this tape, without the gradients of the inputs; see the method with {@code dxs}.
     *
     * @param dys gradients of the hidden states after each step [steps][batch][units]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param dState gradients of the states, in: after the last step, out: before the first
     * @param gradients gradients of the weights; added to
     * @throws IllegalStateException if the tape holds no forward pass
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public final void backward(float[] dys, int dyOffset, CellTape tape, CellState dState, Gradients gradients) {
        requireBackward(dys, dyOffset, tape, dState, gradients);
        BackwardPass.throughTime(this, dys, dyOffset, tape, dState, null, 0);
        BackwardPass.addGradients(this, tape, gradients);
    }

    /**
     * The backward pass of the last {@code forward} on this tape (backpropagation through time, Werbos 1990): gradients of weights ({@code +=}),
     * inputs ({@code =}) and first states ({@code =}) from those of outputs and last states.
     *
     * @param dys gradients of the hidden states after each step [steps][batch][units]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param dState gradients of the states, in: after the last step, out: before the first
     * @param gradients gradients of the weights; added to
     * @param dxs gradients of the inputs [steps][batch][inputs]; written; must not overlap {@code dys}
     * @param dxOffset index of the first element
     * @throws IllegalStateException if the tape holds no forward pass
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public final void backward(float[] dys, int dyOffset, CellTape tape, CellState dState, Gradients gradients, float[] dxs, int dxOffset) {
        requireBackward(dys, dyOffset, tape, dState, gradients);
        checkRange(dxOffset, (long) tape.steps * tape.batch * layout.inputs(), dxs.length);
        BackwardPass.throughTime(this, dys, dyOffset, tape, dState, dxs, dxOffset);
        BackwardPass.addGradients(this, tape, gradients);
        BackwardPass.inputGradients(this, tape, dxs, dxOffset);
    }

    void requireTape(CellTape tape, CellState state) {
        requireShapes(tape.layout, tape.batch, state);
    }

    void requireShapes(Layout ofTape, int batch, CellState state) {
        state.requireLayout(layout);
        if (!ofTape.equals(layout)) {
            throw new IllegalArgumentException("tape: got one of " + ofTape + ", wanted one of " + layout);
        }
        if (batch != state.batch) {
            throw new IllegalArgumentException("batch: got a state of " + state.batch + " rows, wanted " + batch + " as the tape has");
        }
    }

    void requireForward(float[] xs, int xOffset, int steps, int[] lengths, int maxSteps, int batch, float[] ys, int yOffset) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException("steps: got " + steps + ", wanted 1 to " + maxSteps);
        }
        requireLengths(lengths, steps, batch);
        long count = (long) steps * batch;
        checkRange(xOffset, count * layout.inputs(), xs.length);
        checkRange(yOffset, count * layout.units(), ys.length);
    }

    void requireBackward(float[] dys, int dyOffset, CellTape tape, CellState dState, Gradients gradients) {
        requireTape(tape, dState);
        requireBackward(tape.filled, (long) tape.steps * tape.batch, dys, dyOffset, gradients);
    }

    /** What a backward pass over so many rows needs, {@code filled} telling whether there was a forward pass. */
    void requireBackward(boolean filled, long rows, float[] dys, int dyOffset, Gradients gradients) {
        gradients.requireLayout(layout);
        if (!filled) {
            throw new IllegalStateException("tape: got no forward pass, wanted one that backward has not consumed yet");
        }
        checkRange(dyOffset, rows * layout.units(), dys.length);
    }

    private static void requireLengths(int[] lengths, int steps, int batch) {
        if (lengths.length != 0 && lengths.length != batch) {
            throw new IllegalArgumentException("lengths: got " + lengths.length + ", wanted " + batch + " as the batch has rows, or none");
        }
        for (int length : lengths) {
            if (length < 0 || length > steps) {
                throw new IllegalArgumentException("length: got " + length + ", wanted 0 to " + steps);
            }
        }
    }

    static void checkRange(int offset, long length, int arrayLength) {
        Objects.checkFromIndexSize((long) offset, length, (long) arrayLength);
    }
}
