package io.github.lanewise.bench.peers;

/** Reorders the gate blocks of weights, and transposes them. */
final class Gates {
    private Gates() {}

    /** {@code to[gate k] = from[gate order[k]]}, for [gates * hidden][columns]. One gate stays as it is. */
    static float[] reorder(float[] from, int gates, int... order) {
        if (gates == 1) {
            return from.clone();
        }
        int block = from.length / gates;
        float[] to = new float[from.length];
        for (int k = 0; k < gates; k++) {
            System.arraycopy(from, order[k] * block, to, k * block, block);
        }
        return to;
    }

    /** [rows][columns] to [columns][rows]. */
    static float[] transpose(float[] from, int rows) {
        int columns = from.length / rows;
        float[] to = new float[from.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column * rows + row] = from[row * columns + column];
            }
        }
        return to;
    }
}
