package io.github.lanewise.rnn;

/**
 * The pre-activations of the steps that a forward pass is at: [panels][rows][width].
 *
 * <p>Those of several rows are in memory of their own, which stays in the cache, and only what the backward pass needs goes to the tape, which outgrows it.
 * Those of one row are on the tape from the start.
 */
final class PreActivations {
    /**
     * Rows of a stretch, unless one step has more: few enough for their inputs, pre-activations and outputs to stay in L2, and enough to be worth reading
     * the weights of the inputs again.
     */
    private static final int ROWS = 128;

    private final CellTape tape;
    private final Piece piece;
    /** Steps of a stretch. */
    final int steps;
    /** Distance between two panels. */
    int panel;
    private int first;

    PreActivations(CellTape tape) {
        this.tape = tape;
        steps = Math.min(Math.max(1, ROWS / tape.batch), tape.maxSteps);
        piece = tape.batch == 1 ? tape.z : Slabs.piece(Math.multiplyExact(steps * tape.batch, tape.layout.panels() * tape.layout.width()));
    }

    /** Starts a stretch. */
    void from(int step) {
        if (tape.batch == 1) {
            panel = tape.panelStride();
            first = 0;
        } else {
            panel = steps * tape.batch * tape.layout.width();
            first = step * tape.batch;
        }
    }

    float[] data() {
        return piece.data;
    }

    /** Index of the first element of row (t, n), which is {@code t * batch + n}. */
    int at(int row) {
        return piece.at((row - first) * tape.layout.width());
    }
}
