package io.github.lanewise.rnn;

import java.util.Arrays;

/**
 * Two recurrent layers over the same sequences, one from the first step to the last, one from the last to the first (Schuster and Paliwal 1997).
 * The output of a step is both hidden states side by side.
 *
 * <p>Each row is reversed by its own length, so padding never reaches the reverse layer before the sequence. The layers stay those of the
 * caller, with their weights, states and gradients; further layers take the outputs as inputs. After warm-up nothing is allocated. A call that
 * throws has written nothing.
 */
public final class Bidirectional {
    private static final int[] ALL_STEPS = {};

    private final RecurrentCell forward;
    private final RecurrentCell reverse;

    /**
     * Composes two layers.
     *
     * @param forward runs from the first step on
     * @param reverse runs from the last step of each row back; it may have another number of units
     * @throws IllegalArgumentException if the numbers of inputs differ
     */
    public Bidirectional(RecurrentCell forward, RecurrentCell reverse) {
        if (forward.inputs() != reverse.inputs()) {
            throw new IllegalArgumentException("inputs of the reverse layer: got " + reverse.inputs() + ", wanted " + forward.inputs());
        }
        this.forward = forward;
        this.reverse = reverse;
    }

    /**
     * Returns the layer that runs from the first step on.
     *
     * @return the forward layer
     */
    public RecurrentCell forward() {
        return forward;
    }

    /**
     * Returns the layer that runs from the last step back.
     *
     * @return the reverse layer
     */
    public RecurrentCell reverse() {
        return reverse;
    }

    /**
     * Returns the number of outputs of a step.
     *
     * @return units of both layers
     */
    public int units() {
        return forward.units() + reverse.units();
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
    public BidirectionalTape newTape(int maxSteps, int batch) {
        return new BidirectionalTape(forward, reverse, maxSteps, batch);
    }

    /**
     * A forward pass over sequences of equal length; see the method with lengths.
     *
     * @param xs inputs [steps][batch][inputs]; read only
     * @param xOffset index of the first element
     * @param steps number of steps
     * @param forwardState states of the forward layer before the first step; updated to those after the last
     * @param reverseState states of the reverse layer before the last step; updated to those after the first
     * @param tape memory of the pass; overwritten
     * @param ys [steps][batch][{@link #units}]; written
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code steps} is out of range or a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void forward(float[] xs, int xOffset, int steps, CellState forwardState, CellState reverseState, BidirectionalTape tape,
                        float[] ys, int yOffset) {
        forward(xs, xOffset, steps, ALL_STEPS, forwardState, reverseState, tape, ys, yOffset);
    }

    /**
     * A forward pass over sequences, each with a length of its own. Outputs after the end of a row are zero.
     *
     * @param xs inputs [steps][batch][inputs]; read only
     * @param xOffset index of the first element
     * @param steps number of steps
     * @param lengths steps of each row, 0 to {@code steps}; an empty array means {@code steps} for all
     * @param forwardState states of the forward layer before the first step; updated to those after the last
     * @param reverseState states of the reverse layer before the last step; updated to those after the first
     * @param tape memory of the pass; overwritten
     * @param ys hidden states [steps][batch][units of forward, units of reverse]; written
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if {@code steps} or a length is out of range or a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void forward(float[] xs, int xOffset, int steps, int[] lengths, CellState forwardState, CellState reverseState,
                        BidirectionalTape tape, float[] ys, int yOffset) {
        reverse.requireTape(tape.reverse, reverseState);
        RecurrentCell.checkRange(yOffset, (long) Math.max(steps, 0) * tape.forward.batch * units(), ys.length);
        // Checks the rest before it writes.
        forward.forward(xs, xOffset, steps, lengths, forwardState, tape.forward, tape.forwardY, 0);
        reverseRows(xs, xOffset, forward.inputs(), tape, tape.reversed);
        reverse.forward(tape.reversed, 0, steps, lengths, reverseState, tape.reverse, tape.reverseY, 0);
        join(tape, ys, yOffset);
    }

    /**
     * The backward pass of the last {@code forward} on this tape, in both layers: gradients of the weights ({@code +=}) and inputs ({@code =}).
     *
     * @param dys gradients of the outputs [steps][batch][{@link #units}]; read only
     * @param dyOffset index of the first element
     * @param tape the tape of the forward pass; consumed
     * @param dForward gradients of the states of the forward layer, in: after its pass, out: before
     * @param dReverse gradients of the states of the reverse layer, in: after its pass, out: before
     * @param forwardGradients gradients of the forward layer's weights; added to
     * @param reverseGradients gradients of the reverse layer's weights; added to
     * @param dxs gradients of the inputs [steps][batch][inputs]; written
     * @param dxOffset index of the first element
     * @throws IllegalStateException if the tape holds no forward pass
     * @throws IllegalArgumentException if a shape differs
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public void backward(float[] dys, int dyOffset, BidirectionalTape tape, CellState dForward, CellState dReverse,
                         Gradients forwardGradients, Gradients reverseGradients, float[] dxs, int dxOffset) {
        long rows = (long) tape.forward.steps * tape.forward.batch;
        forward.requireBackward(tape.forwardY, 0, tape.forward, dForward, forwardGradients);
        reverse.requireBackward(tape.reverseY, 0, tape.reverse, dReverse, reverseGradients);
        RecurrentCell.checkRange(dyOffset, rows * units(), dys.length);
        RecurrentCell.checkRange(dxOffset, rows * forward.inputs(), dxs.length);
        split(dys, dyOffset, tape);
        forward.backward(tape.forwardY, 0, tape.forward, dForward, forwardGradients, dxs, dxOffset);
        reverse.backward(tape.reverseY, 0, tape.reverse, dReverse, reverseGradients, tape.reversed, 0);
        addReversed(tape, dxs, dxOffset);
    }

    /** The row of a step in the order of the other direction, or -1 after the end. */
    private static int mirrored(CellTape tape, int step, int row) {
        return step < tape.lengths[row] ? (tape.lengths[row] - 1 - step) * tape.batch + row : -1;
    }

    private static void reverseRows(float[] from, int offset, int width, BidirectionalTape tape, float[] to) {
        CellTape order = tape.forward;
        for (int i = 0; i < order.steps * order.batch; i++) {
            int mirror = mirrored(order, i / order.batch, i % order.batch);
            if (mirror >= 0) {
                System.arraycopy(from, offset + i * width, to, mirror * width, width);
            }
        }
    }

    private void join(BidirectionalTape tape, float[] ys, int yOffset) {
        CellTape order = tape.forward;
        int first = forward.units();
        int second = reverse.units();
        for (int i = 0; i < order.steps * order.batch; i++) {
            int y = yOffset + i * units();
            int mirror = mirrored(order, i / order.batch, i % order.batch);
            if (mirror < 0) {
                Arrays.fill(ys, y, y + units(), 0);
            } else {
                System.arraycopy(tape.forwardY, i * first, ys, y, first);
                System.arraycopy(tape.reverseY, mirror * second, ys, y + first, second);
            }
        }
    }

    private void split(float[] dys, int dyOffset, BidirectionalTape tape) {
        CellTape order = tape.forward;
        int first = forward.units();
        int second = reverse.units();
        for (int i = 0; i < order.steps * order.batch; i++) {
            int mirror = mirrored(order, i / order.batch, i % order.batch);
            if (mirror >= 0) {
                int dy = dyOffset + i * units();
                System.arraycopy(dys, dy, tape.forwardY, i * first, first);
                System.arraycopy(dys, dy + first, tape.reverseY, mirror * second, second);
            }
        }
    }

    private void addReversed(BidirectionalTape tape, float[] dxs, int dxOffset) {
        CellTape order = tape.forward;
        int inputs = forward.inputs();
        for (int i = 0; i < order.steps * order.batch; i++) {
            int mirror = mirrored(order, i / order.batch, i % order.batch);
            if (mirror >= 0) {
                for (int k = 0; k < inputs; k++) {
                    dxs[dxOffset + i * inputs + k] += tape.reversed[mirror * inputs + k];
                }
            }
        }
    }
}
