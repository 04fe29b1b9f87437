package io.github.lanewise.kernel;

/** Argument checks that both backends share: each says what, got, wanted, before anything is written. */
final class Checks {
    /** Hidden states whose weights for the gates of a block of units can lie in one array. */
    private static final int MAX_HIDDEN = Integer.MAX_VALUE / Panels.WIDTH;

    private Checks() {}

    /** Requires {@code value >= 0}. */
    static void notNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + ": got " + value + ", wanted >= 0");
        }
    }

    /** Requires {@code value >= 1}. */
    static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": got " + value + ", wanted >= 1");
        }
    }

    /** Requires {@code 0 <= value < length}. */
    static void index(String what, int value, int length) {
        if (value < 0 || value >= length) {
            throw new IndexOutOfBoundsException(what + ": got " + value + ", wanted 0 to " + (length - 1));
        }
    }

    /** Requires a multiple of {@link Panels#BLOCK}, at least 0. */
    static void blocks(String what, int value) {
        if (value < 0 || value % Panels.BLOCK != 0) {
            throw new IllegalArgumentException(what + ": got " + value + ", wanted a multiple of " + Panels.BLOCK + ", >= 0");
        }
    }

    /** Requires {@code offset .. offset + length} to lie inside the array. */
    static void range(String what, float[] array, int offset, int length) {
        if ((offset | length) < 0 || offset > array.length - length) {
            throw outside(what, array, offset, length);
        }
    }

    /** Requires a block of {@code rows} rows of {@code width} floats, {@code stride} apart, to lie inside the array. */
    static void rows(String what, float[] array, int offset, int rows, int stride, int width) {
        grid(what, array, offset, rows, stride, 1, 0, width);
    }

    /**
     * Requires {@code outer x inner} runs of {@code width} floats, {@code outerStride} and {@code innerStride} apart, to lie inside the array.
     * An empty grid needs no room.
     */
    static void grid(String what, float[] array, long offset, int outer, int outerStride, int inner, int innerStride, int width) {
        if ((outerStride | innerStride) < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    what + ": got offset " + offset + " and strides " + outerStride + ", " + innerStride + ", wanted all >= 0");
        }
        if (outer > 0 && inner > 0 && width > 0) {
            long end = offset + (outer - 1L) * outerStride + (inner - 1L) * innerStride + width;
            if (end > array.length) {
                throw new IndexOutOfBoundsException(
                        what + ": got an array of " + array.length + " floats, wanted at least " + end + " (offset " + offset + ", strides "
                                + outerStride + ", " + innerStride + ")");
            }
        }
    }

    /** The contract of {@link MatrixKernels#matmul}. */
    static void matmul(float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bPanel, int bStep,
                       float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int inner) {
        product(b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
        if (rows > 0 && columns > 0) {
            grid("a", a, aOffset, rows, aRow, inner, aStep, 1);
        }
    }

    /** The contract of {@link MatrixKernels#matmulTiles}. */
    static void matmulTiles(float[] a, int aOffset, float[] b, int bOffset, float[] from, int fromOffset, float[] c, int cOffset, int cRow,
                            int rows, int lanes, int inner) {
        notNegative("rows", rows);
        if (lanes < 1 || lanes > Panels.BLOCK) {
            throw new IllegalArgumentException("lanes: got " + lanes + ", wanted 1 to " + Panels.BLOCK);
        }
        if (inner < 0 || inner > MatrixKernels.CHAIN) {
            throw new IllegalArgumentException("inner: got " + inner + ", wanted 0 to " + MatrixKernels.CHAIN);
        }
        int tile = inner * MatrixKernels.TILE;
        rows("a", a, aOffset, Math.ceilDiv(rows, MatrixKernels.TILE), tile, tile);
        rows("b", b, bOffset, rows == 0 ? 0 : inner, Panels.BLOCK, Panels.BLOCK);
        rows("from", from, fromOffset, rows, cRow, Panels.BLOCK);
        rows("c", c, cOffset, rows, cRow, Panels.BLOCK);
    }

    /** The contract of {@link MatrixKernels#packTiles}. */
    static void packTiles(float[] from, int offset, int fromStep, int fromPanel, int inner, int columns, float[] to, int toOffset) {
        notNegative("inner", inner);
        notNegative("columns", columns);
        panels("from", from, offset, inner, fromStep, fromPanel, columns);
        tiles(to, toOffset, inner, columns);
    }

    /** The contract of {@link MatrixKernels#packTilesOfRows}. */
    static void packTilesOfRows(float[] from, int offset, int fromRow, int fromPanel, int rows, int inner, float[] to, int toOffset) {
        notNegative("rows", rows);
        blocks("inner", inner);
        panels("from", from, offset, rows, fromRow, fromPanel, inner);
        tiles(to, toOffset, inner, rows);
    }

    /** The contract of {@link MatrixKernels#transpose}. */
    static void transpose(float[] from, int offset, int fromRow, int fromPanel, int rows, int columns, float[] to, int toOffset, int toRow, int toPanel) {
        notNegative("rows", rows);
        blocks("columns", columns);
        panels("from", from, offset, rows, fromRow, fromPanel, columns);
        panels("to", to, toOffset, columns, toRow, toPanel, Panels.padded(rows));
    }

    /** Room for a packed factor. */
    private static void tiles(float[] to, int toOffset, int inner, int count) {
        if (inner > Integer.MAX_VALUE / MatrixKernels.TILE) {
            throw new IllegalArgumentException("inner: got " + inner + ", wanted at most " + Integer.MAX_VALUE / MatrixKernels.TILE);
        }
        int tile = MatrixKernels.TILE * inner;
        rows("to", to, toOffset, Math.ceilDiv(count, MatrixKernels.TILE), tile, tile);
    }

    /** What products ask of all but the left factor. */
    private static void product(float[] b, int bOffset, int bPanel, int bStep, float[] c, int cOffset, int cRow, int cPanel,
                                int rows, int columns, int inner) {
        notNegative("rows", rows);
        notNegative("inner", inner);
        blocks("columns", columns);
        if (bStep < 1 || bOffset + (long) Panels.count(columns) * bPanel + (long) inner * bStep > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("bStep: got " + bStep + ", wanted >= 1 and an end of b below 2^31");
        }
        if (rows > 0 && columns > 0) {
            panels("b", b, bOffset, inner, bStep, bPanel, columns);
            panels("c", c, cOffset, rows, cRow, cPanel, columns);
        }
    }

    /** The contract of {@link MatrixKernels#affine}. */
    static void affine(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                       float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        int inner = parts(first, second);
        matmul(a, aOffset, aRow, 1, b, bOffset, bPanel, bStep, c, cOffset, cRow, cPanel, rows, columns, inner);
        range("bias", bias, biasOffset, columns);
    }

    /** The contract of {@link MatrixKernels#affineAhead}. */
    static void affineAhead(float[] a, int aOffset, int aRow, float[] b, int bOffset, int bPanel, int bStep, float[] bias, int biasOffset,
                            float[] c, int cOffset, int cRow, int cPanel, int columns, int first, int second, int ahead, int share) {
        if (ahead < 1 || ahead > Integer.MAX_VALUE - MatrixKernels.AHEAD) {
            throw new IllegalArgumentException("ahead: got " + ahead + ", wanted 1 to " + (Integer.MAX_VALUE - MatrixKernels.AHEAD));
        }
        index("share", share, MatrixKernels.AHEAD);
        if (columns % (MatrixKernels.AHEAD * Panels.BLOCK) != 0) {
            throw new IllegalArgumentException("columns: got " + columns + ", wanted a multiple of " + MatrixKernels.AHEAD * Panels.BLOCK);
        }
        if (first < 1 || first > second) {
            throw new IllegalArgumentException("first: got " + first + ", wanted 1 to second = " + second);
        }
        affine(a, aOffset, aRow, b, bOffset, bPanel, bStep, bias, biasOffset, c, cOffset, cRow, cPanel,
                ahead + MatrixKernels.AHEAD, columns, first, second);
    }

    /** The contract of {@link Bfloat16Kernels#affineBfloat16}. */
    static void affineBfloat16(float[] a, int aOffset, int aRow, int[] b, int bOffset, float[] bias, int biasOffset,
                               float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, int first, int second) {
        notNegative("rows", rows);
        int inner = parts(first, second);
        blocks("columns", columns);
        range("bias", bias, biasOffset, columns);
        if (rows > 0 && columns > 0) {
            long pairs = Bfloat16Pairs.count(inner, columns);
            if (bOffset < 0 || bOffset > b.length - pairs) {
                throw new IndexOutOfBoundsException(
                        "b: got an array of " + b.length + " pairs and offset " + bOffset + ", wanted " + pairs + " pairs from an offset >= 0");
            }
            grid("a", a, aOffset, rows, aRow, inner, 1, 1);
            panels("c", c, cOffset, rows, cRow, cPanel, columns);
        }
    }

    /** Requires two lengths with an int for a sum, and returns it. */
    private static int parts(int first, int second) {
        notNegative("first", first);
        notNegative("second", second);
        if (first + second < 0) {
            throw new IllegalArgumentException("first + second: got " + ((long) first + second) + ", wanted less than 2^31");
        }
        return first + second;
    }

    /** The contract of {@link MatrixKernels#addRows}. */
    static void addRows(float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, float[] sum, int sumOffset) {
        notNegative("rows", rows);
        blocks("columns", columns);
        panels("c", c, cOffset, rows, cRow, cPanel, columns);
        range("sum", sum, sumOffset, columns);
    }

    /** Requires panels of {@code rows} rows that together have {@code columns} columns to lie inside the array. */
    static void panels(String what, float[] array, int offset, int rows, int rowStride, int panelStride, int columns) {
        int full = columns / Panels.WIDTH;
        grid(what, array, offset, rows, rowStride, full, panelStride, Panels.WIDTH);
        grid(what, array, offset + (long) full * panelStride, rows, rowStride, 1, panelStride, columns % Panels.WIDTH);
    }

    /** The contract of {@link EmbeddingKernels}: a table, numbers of its rows, and rows of another array. */
    static void lookup(float[] table, int tableOffset, int tableRow, int tableRows, int[] rows, int rowsOffset, int count,
                       String what, float[] other, int otherOffset, int otherRow, int length) {
        notNegative("table rows", tableRows);
        notNegative("count", count);
        notNegative("length", length);
        if (rowsOffset < 0 || rowsOffset > rows.length - count) {
            throw new IndexOutOfBoundsException("rows: got offset " + rowsOffset + " and count " + count
                    + ", wanted a range inside an array of " + rows.length + " numbers");
        }
        rows("table", table, tableOffset, tableRows, tableRow, length);
        rows(what, other, otherOffset, count, otherRow, length);
        for (int i = 0; i < count; i++) {
            index("row", rows[rowsOffset + i], tableRows);
        }
    }

    /** What {@link CellKernels#lstmForward} and {@link CellKernels#lstmBackward} have in common. */
    static void lstm(float[] z, int zOffset, int zPanel, float[] cPrevious, int cPreviousOffset, float[] tanhC, int tanhCOffset,
                     int cBlock, int rows, int units) {
        notNegative("rows", rows);
        blocks("units", units);
        grid("z", z, zOffset, units / Panels.BLOCK, zPanel, rows, Panels.WIDTH, Panels.WIDTH);
        cells("cPrevious", cPrevious, cPreviousOffset, cBlock, rows, units);
        cells("tanhC", tanhC, tanhCOffset, cBlock, rows, units);
    }

    /** Cell states in blocks of units. */
    static void cells(String what, float[] array, int offset, int cBlock, int rows, int units) {
        grid(what, array, offset, units / Panels.BLOCK, cBlock, rows, Panels.BLOCK, Panels.BLOCK);
    }

    /** The contract of {@link StepKernels#lstmStep}. */
    static void lstmStep(float[] row, int rowOffset, float[] weights, int weightsOffset, float[] bias, int biasOffset, float[] c, int cOffset,
                         float[] scratch, int scratchOffset, int inputs, int hidden, int units) {
        step(row, rowOffset, weights, weightsOffset, 4L * units, inputs, hidden, units);
        rows("bias", bias, biasOffset, 4, units, units);
        range("c", c, cOffset, units);
        rows("scratch", scratch, scratchOffset, 5, units, units);
    }

    /** The contract of {@link StepKernels#lstmRecurrentStep}. */
    static void lstmRecurrentStep(float[] h, int hOffset, int hNextOffset, float[] weights, int weightsOffset, int weightsPanel,
                                  float[] z, int zOffset, int zPanel, float[] c, int cOffset, int cNextOffset, float[] tanhC, int tanhCOffset,
                                  int hidden, int units) {
        blocks("units", units);
        if (hidden < 0 || hidden > MAX_HIDDEN) {
            throw new IllegalArgumentException("hidden: got " + hidden + ", wanted 0 to " + MAX_HIDDEN);
        }
        int panels = units / Panels.BLOCK;
        rows("weights", weights, weightsOffset, panels, weightsPanel, hidden * Panels.WIDTH);
        rows("z", z, zOffset, panels, zPanel, Panels.WIDTH);
        range("h", h, hOffset, hidden);
        range("next h", h, hNextOffset, units);
        range("c", c, cOffset, units);
        range("next c", c, cNextOffset, units);
        range("tanhC", tanhC, tanhCOffset, units);
    }

    /** The contract of {@link StepKernels#elmanStep}. */
    static void elmanStep(float[] row, int rowOffset, float[] weights, int weightsOffset, float[] bias, int biasOffset,
                          float[] scratch, int scratchOffset, int inputs, int hidden, int units) {
        step(row, rowOffset, weights, weightsOffset, (long) Panels.count(units) * Math.min(units, Panels.WIDTH), inputs, hidden, units);
        range("bias", bias, biasOffset, units);
        range("scratch", scratch, scratchOffset, units);
    }

    /** What the two have in common, {@code columns} being those of the stored matrix. */
    private static void step(float[] row, int rowOffset, float[] weights, int weightsOffset, long columns, int inputs, int hidden, int units) {
        notNegative("inputs", inputs);
        blocks("units", units);
        if (hidden < 0 || hidden > units) {
            throw new IllegalArgumentException("hidden: got " + hidden + ", wanted 0 to " + units + " as there are units");
        }
        long size = ((long) inputs + hidden) * columns;
        if (weightsOffset < 0 || size > weights.length - weightsOffset) {
            throw new IndexOutOfBoundsException("weights: got an array of " + weights.length + " floats and offset " + weightsOffset + ", wanted "
                    + size + " floats from an offset >= 0");
        }
        range("row", row, rowOffset, inputs + units);
    }

    private static RuntimeException outside(String what, float[] array, int offset, int length) {
        if (length < 0) {
            return new IllegalArgumentException(what + " length: got " + length + ", wanted >= 0");
        }
        return new IndexOutOfBoundsException(
                what + ": got offset " + offset + " and length " + length + ", wanted a range inside an array of " + array.length + " floats");
    }
}
