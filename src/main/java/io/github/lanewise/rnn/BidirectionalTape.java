package io.github.lanewise.rnn;

/** The memory of {@link Bidirectional} passes: a tape for each direction and the sequences between them. One per thread. */
public final class BidirectionalTape {
    final CellTape forward;
    final CellTape reverse;
    /** Inputs, later their gradients, in the order of the reverse layer [steps][batch][inputs]. */
    final float[] reversed;
    /** Outputs of each direction, later their gradients [steps][batch][units]. */
    final float[] forwardY;
    final float[] reverseY;

    BidirectionalTape(RecurrentCell forward, RecurrentCell reverse, int maxSteps, int batch) {
        this.forward = forward.newTape(maxSteps, batch);
        this.reverse = reverse.newTape(maxSteps, batch);
        int rows = Math.multiplyExact(maxSteps, batch);
        reversed = new float[Math.multiplyExact(rows, forward.inputs())];
        forwardY = new float[Math.multiplyExact(rows, forward.units())];
        reverseY = new float[Math.multiplyExact(rows, reverse.units())];
    }
}
