package io.github.lanewise.rnn;

import static io.github.lanewise.kernel.MatrixKernels.CHAIN;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * Products of rows of activations with weights packed in {@link Tiles}, for backends that prefer it; the bits are those of {@link RowProducts}.
 *
 * <p>The sums of some rows grow in scratch memory, transposed, and come to their place at the end. So the rows of one chain, strips of 16 KiB, stay in L1 while
 * the weights pass by, which are read in order and once for these rows.
 */
final class TiledProducts {
    /** Bytes of weights from which on copies of them are worth it. On Zen 4 training passes of 512 KiB took as long either way, those of 128 KiB 4 % longer. */
    private static final int LARGE = 768 << 10;
    /** Rows of a backward pass, which packs weights anyway, from which on tiles are worth it. */
    private static final int FEWEST = 6;
    /** Rows of a forward pass from which on they are: packing took as long on Zen 4 as was saved with 384 rows. */
    private static final int FEWEST_FORWARD = 512;
    /** Rows whose sums grow together, at most. */
    private static final int MOST = 64;
    /** Bytes of weights up to which one strip of rows at a time is better: the cache of the third level has them ready, and few sums leave L2 to them. */
    private static final int NEAR = 16 << 20;

    private TiledProducts() {}

    /** Whether products of so many rows with the weights of a layer, which are copied anyway, are better done in tiles. */
    static boolean preferred(Kernels kernels, Layout layout, int rows) {
        return scratch(layout, rows) > 0 && kernels.prefersTiles();
    }

    /** Whether it is worth it to pack the weights of a layer for a forward pass over so many rows. */
    static boolean preferredForward(Kernels kernels, Layout layout, int rows) {
        return rows >= FEWEST_FORWARD && preferred(kernels, layout, rows);
    }

    /** Floats of scratch memory for products; 0 if they are never preferred. */
    static int scratch(Layout layout, int rows) {
        if (rows < FEWEST || layout.bytes() < LARGE) {
            return 0;
        }
        int columns = Math.max(layout.columns(), Panels.padded(layout.inputs() + layout.padded()));
        return Math.addExact(Math.multiplyExact(Math.min(together(layout), Panels.padded(rows)), CHAIN + columns), Panels.BLOCK * Panels.WIDTH);
    }

    /**
     * Rows whose sums had better grow together. On Zen 4 training passes of 8 MiB of weights took 1 % less time with 16 rows than with 64, those of 2 MiB as
     * long, those of 32 MiB 16 % more: weights from memory should serve many rows.
     */
    static int together(Layout layout) {
        return layout.bytes() <= NEAR ? Panels.BLOCK : MOST;
    }

    /** Floats of packed weights: [bias, each 16 times | tiles of the inputs | tiles of the hidden states]. */
    static int length(Layout layout, int rows) {
        if (scratch(layout, rows) == 0) {
            return 0;
        }
        int forward = Math.addExact(hiddenTiles(layout), Tiles.length(layout.recurrent(), layout.columns()));
        return Math.max(forward, Tiles.length(layout.columns(), layout.rows()));
    }

    private static int inputTiles(Layout layout) {
        return layout.columns() * Panels.BLOCK;
    }

    private static int hiddenTiles(Layout layout) {
        return Math.addExact(inputTiles(layout), Tiles.length(layout.inputs(), layout.columns()));
    }

    /** Packs the weights for {@link #affine}; those of the hidden states only if they are asked for. */
    static void pack(Kernels kernels, Weights weights, boolean recurrent, Piece packed) {
        Layout layout = weights.layout;
        int columns = layout.columns();
        int width = layout.width();
        for (int column = 0; column < columns; column++) {
            Arrays.fill(packed.data, packed.at(column * Panels.BLOCK), packed.at((column + 1) * Panels.BLOCK), weights.data[weights.start + column]);
        }
        Tiles.pack(kernels, weights.data, weights.matrix, width, layout.panelStride(), layout.inputs(), columns, packed.data, packed.at(inputTiles(layout)));
        if (recurrent) {
            Tiles.pack(kernels, weights.data, weights.matrix + layout.inputs() * width, width, layout.panelStride(), layout.recurrent(), columns,
                    packed.data, packed.at(hiddenTiles(layout)));
        }
    }

    /** Packs the weights of {@code rows} rows of the matrix for {@link #transposed}. */
    static void packTransposed(Kernels kernels, Weights weights, int first, int rows, Piece packed) {
        Layout layout = weights.layout;
        Tiles.packRows(kernels, weights.data, weights.matrix + first * layout.width(), layout.width(), layout.panelStride(), rows, layout.columns(),
                packed.data, packed.start);
    }

    /** {@code c = (bias + inputs) + hidden states}, the latter only if there are any: {@link RowProducts#affine}. */
    static void affine(Kernels kernels, float[] a, int aOffset, int aRow, Layout layout, Piece packed, float[] c, int cOffset, int cPanel, int rows,
                       int second, Piece scratch) {
        int columns = layout.columns();
        int width = layout.width();
        int most = together(layout);
        for (int row = 0; row < rows; row += most) {
            int count = Math.min(most, rows - row);
            int ai = aOffset + row * aRow;
            int sums = sums(count, scratch);
            add(kernels, a, ai, aRow, Panels.WIDTH, count, layout.inputs(), packed, inputTiles(layout), columns,
                    packed.data, packed.start, 0, columns * Panels.BLOCK, scratch);
            add(kernels, a, ai + layout.inputs(), aRow, Panels.WIDTH, count, second, packed, hiddenTiles(layout), columns,
                    scratch.data, sums, columns * Panels.BLOCK, columns * Panels.BLOCK, scratch);
            unload(kernels, scratch, count, columns, 0, columns, c, cOffset + row * width, width, cPanel);
        }
    }

    /**
     * {@code dx = dz * transposed weights} of the first {@code inputs} columns that are packed, which may be none, and {@code dh += } that of the
     * {@code hidden} columns behind them: {@code dx} in panels, {@code dh} in rows. At most {@link #together} rows.
     */
    static void transposed(Kernels kernels, float[] dz, int dzOffset, int dzPanel, Layout layout, Piece packed, int inputs, float[] dx, int dxOffset,
                           int dxRow, int dxPanel, int hidden, float[] dh, int dhOffset, int dhRow, int rows, Piece scratch) {
        int sums = sums(rows, scratch);
        int strip = Panels.padded(inputs + Panels.padded(hidden));
        for (int row = 0; row < rows; row += Panels.BLOCK) {
            int si = sums + row * strip;
            Arrays.fill(scratch.data, si, si + inputs * Panels.BLOCK, 0);
            kernels.transpose(dh, dhOffset + row * dhRow, dhRow, Panels.WIDTH, Math.min(Panels.BLOCK, rows - row), Panels.padded(hidden),
                    scratch.data, si + inputs * Panels.BLOCK, Panels.BLOCK, 0);
        }
        add(kernels, dz, dzOffset, layout.width(), dzPanel, rows, layout.columns(), packed, 0, inputs + hidden,
                scratch.data, sums, strip * Panels.BLOCK, strip * Panels.BLOCK, scratch);
        unload(kernels, scratch, rows, strip, 0, inputs, dx, dxOffset, dxRow, dxPanel);
        unload(kernels, scratch, rows, strip, inputs, Panels.padded(hidden), dh, dhOffset, dhRow, Panels.WIDTH);
    }

    /** Where the sums of so many rows lie, at most {@link #together}: behind a strip of one chain for each 16. */
    private static int sums(int rows, Piece scratch) {
        return scratch.at(Panels.padded(rows) * CHAIN);
    }

    /** {@code sums = from + a * tiles}, chain by chain, each added to the one before. */
    private static void add(Kernels kernels, float[] a, int aOffset, int aRow, int aPanel, int rows, int inner, Piece packed, int tiles, int columns,
                            float[] from, int fromOffset, int fromStrip, int strip, Piece scratch) {
        int sums = sums(rows, scratch);
        for (int k = 0; k < inner; k += CHAIN) {
            int length = Math.min(CHAIN, inner - k);
            Strips.fill(kernels, a, aOffset + k / Panels.WIDTH * aPanel, aRow, aPanel, rows, length, scratch);
            Tiles.multiply(kernels, packed.data, packed.at(tiles), columns, k, length, scratch.data, scratch.start, rows,
                    k == 0 ? from : scratch.data, k == 0 ? fromOffset : sums, k == 0 ? fromStrip : strip, scratch.data, sums, strip, Panels.BLOCK);
        }
    }

    /** {@code c = sums} of some columns. */
    private static void unload(Kernels kernels, Piece scratch, int rows, int strip, int first, int columns, float[] c, int cOffset, int cRow, int cPanel) {
        int sums = sums(rows, scratch) + first * Panels.BLOCK;
        int whole = rows - rows % Panels.BLOCK;
        for (int row = 0; row < whole; row += Panels.BLOCK) {
            kernels.transpose(scratch.data, sums + row * strip, Panels.BLOCK, 0, columns, Panels.BLOCK, c, cOffset + row * cRow, cRow, cPanel);
        }
        int block = sums(rows, scratch) + Panels.padded(rows) * strip;
        for (int column = 0; column < columns && whole < rows; column += Panels.WIDTH) {
            int width = Math.min(Panels.WIDTH, columns - column);
            kernels.transpose(scratch.data, sums + whole * strip + column * Panels.BLOCK, Panels.BLOCK, 0, width, Panels.BLOCK,
                    scratch.data, block, Panels.WIDTH, 0);
            for (int row = whole; row < rows; row++) {
                System.arraycopy(scratch.data, block + (row - whole) * Panels.WIDTH, c, cOffset + row * cRow + column / Panels.WIDTH * cPanel, width);
            }
        }
    }
}
