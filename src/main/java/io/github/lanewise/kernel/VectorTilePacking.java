package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies a factor into the tiles of {@link VectorPackedTiles}: {@link MatrixKernels#packTiles} and {@link MatrixKernels#packTilesOfRows}. */
final class VectorTilePacking {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    /** Inner indices packed together if they lie on pages of their own, as in the rows of a wide layer. Those of a panel are packed a chain at a time. */
    private static final int RUN = 16;

    private VectorTilePacking() {}

    /** What {@link MatrixKernels#packTiles} means. */
    static void columns(float[] from, int offset, int fromStep, int fromPanel, int inner, int columns, float[] to, int toOffset) {
        int most = fromStep == Panels.WIDTH ? MatrixKernels.CHAIN : RUN;
        for (int first = 0; first < inner; first += most) {
            int run = Math.min(most, inner - first);
            int column = 0;
            for (; column <= columns - MatrixKernels.TILE; column += MatrixKernels.TILE) {
                int lane = column % Panels.WIDTH;
                int source = offset + first * fromStep + column / Panels.WIDTH * fromPanel + lane;
                int target = toOffset + column * inner + first * MatrixKernels.TILE;
                int inPanel = Panels.WIDTH - lane;
                if (inPanel >= MatrixKernels.TILE) {
                    tile(from, source, source + 2, fromStep, to, target, run);
                } else {
                    int next = source - lane + fromPanel;
                    if (inPanel == 4) {
                        halves(from, source, source + 2, next, fromStep, to, target, run);
                    } else {
                        halves(from, source, next, next + 2, fromStep, to, target, run);
                    }
                }
            }
        }
        int whole = columns / MatrixKernels.TILE * MatrixKernels.TILE;
        Panels.packTiles(from, offset, fromStep, fromPanel, inner, whole, columns, to, toOffset);
    }

    /** A tile inside a panel: two vectors of 4 that overlap in the middle. */
    private static void tile(float[] from, int low, int high, int step, float[] to, int target, int count) {
        for (int k = 0; k < count; k++) {
            FloatVector.fromArray(FOUR, from, low + k * step).intoArray(to, target + k * MatrixKernels.TILE);
            FloatVector.fromArray(FOUR, from, high + k * step).intoArray(to, target + k * MatrixKernels.TILE + 2);
        }
    }

    /** A tile across two panels, pair by pair. */
    private static void halves(float[] from, int first, int second, int third, int step, float[] to, int target, int count) {
        for (int k = 0; k < count; k++) {
            int f = k * step;
            int t = target + k * MatrixKernels.TILE;
            to[t] = from[first + f];
            to[t + 1] = from[first + f + 1];
            to[t + 2] = from[second + f];
            to[t + 3] = from[second + f + 1];
            to[t + 4] = from[third + f];
            to[t + 5] = from[third + f + 1];
        }
    }

    /**
     * What {@link MatrixKernels#packTilesOfRows} means. Eight rows of eight columns are transposed and stored so close to each other that each vector
     * overwrites what the one before has beyond its tile; the last tile is left to single floats.
     */
    static void rows(float[] from, int offset, int fromRow, int fromPanel, int rows, int inner, float[] to, int toOffset) {
        int whole = 0;
        for (; L == 8 && whole <= rows - 8; whole += MatrixKernels.TILE) {
            int source = offset + whole * fromRow;
            int target = toOffset + whole * inner;
            for (int k = 0; k < inner; k += 8) {
                VectorTranspose.square8(from, source + k / Panels.WIDTH * fromPanel + k % Panels.WIDTH, fromRow,
                        to, target + k * MatrixKernels.TILE, MatrixKernels.TILE);
            }
        }
        Panels.packTilesOfRows(from, offset, fromRow, fromPanel, whole, rows, inner, to, toOffset);
    }
}
