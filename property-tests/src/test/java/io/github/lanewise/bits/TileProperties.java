package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.bits.MatrixProperties.Layout;
import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.MatrixKernels;
import io.github.lanewise.kernel.Panels;
import io.github.lanewise.oracle.Products;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Factors packed in tiles and the product with them, the same bits for every backend. */
class TileProperties {
    @Property(tries = 300)
    void packTilesPutsColumnsSideBySide(@ForAll @IntRange(max = 40) int inner, @ForAll @IntRange(max = 150) int columns, @ForAll @IntRange(max = 3) int gap,
                                        @ForAll boolean panels, @ForAll Values values, @ForAll long seed) {
        Layout layout = Layout.of(panels, gap, inner, columns);
        Trial trial = new Trial(seed, values);
        int from = trial.read(layout.extent());
        int to = trial.write(tiles(inner, columns));
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.packTiles(o.array(from), o.at(from), layout.row(), layout.panel(), inner, columns, o.array(to), o.at(to)));
        for (int column = 0; column < columns; column++) {
            for (int k = 0; k < inner; k++) {
                assertEquals(before.get(from, layout.index(k, column)), after.get(to, tile(inner, k, column)), "column " + column + ", inner index " + k);
            }
        }
    }

    @Property(tries = 300)
    void packTilesOfRowsPutsRowsSideBySide(@ForAll @IntRange(max = 40) int rows, @ForAll @IntRange(max = 9) int blocks, @ForAll @IntRange(max = 3) int gap,
                                           @ForAll boolean panels, @ForAll Values values, @ForAll long seed) {
        int inner = blocks * Panels.BLOCK;
        Layout layout = Layout.of(panels, gap, rows, inner);
        Trial trial = new Trial(seed, values);
        int from = trial.read(layout.extent());
        int to = trial.write(tiles(inner, rows));
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.packTilesOfRows(o.array(from), o.at(from), layout.row(), layout.panel(), rows, inner, o.array(to), o.at(to)));
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < inner; k++) {
                assertEquals(before.get(from, layout.index(row, k)), after.get(to, tile(inner, k, row)), "row " + row + ", inner index " + k);
            }
        }
    }

    @Property(tries = 400)
    void matmulTilesAddsAChainToEachOutput(@ForAll @IntRange(max = 60) int rows, @ForAll @IntRange(min = 1, max = 16) int lanes,
                                           @ForAll @IntRange(max = 256) int inner, @ForAll boolean inPlace, @ForAll @IntRange(max = 3) int gap,
                                           @ForAll Values values, @ForAll long seed) {
        int cRow = Panels.BLOCK + gap;
        Trial trial = new Trial(seed, values);
        int a = trial.read(Math.ceilDiv(rows, MatrixKernels.TILE) * MatrixKernels.TILE * inner);
        int b = trial.read(rows == 0 ? 0 : inner * Panels.BLOCK);
        int from = trial.read(rows == 0 || inPlace ? 0 : (rows - 1) * cRow + Panels.BLOCK);
        int c = trial.write(new Layout(cRow, 0, rows, Panels.BLOCK).elements());
        int start = inPlace ? c : from;
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> {
            k.matmulTiles(o.array(a), o.at(a), o.array(b), o.at(b), o.array(start), o.at(start), o.array(c), o.at(c), cRow, rows, lanes, inner);
            // What lies beyond the lanes is not defined.
            for (int r = 0; r < rows; r++) {
                Arrays.fill(o.array(c), o.at(c) + r * cRow + lanes, o.at(c) + r * cRow + Panels.BLOCK, 7);
            }
        });
        for (int r = 0; r < rows; r++) {
            for (int lane = 0; lane < lanes; lane++) {
                float first = before.get(start, r * cRow + lane);
                float want = inner == 0 ? first + 0f : Products.canonicalProduct(first, before.array(a), before.at(a) + tile(inner, 0, r),
                        MatrixKernels.TILE, before.array(b), before.at(b) + lane, Panels.BLOCK, inner);
                assertEquals(want, after.get(c, r * cRow + lane), "row " + r + ", lane " + lane);
            }
        }
    }

    @Example
    void tilesThatDoNotFitAreRejected() {
        float[] a = new float[257 * MatrixKernels.TILE];
        float[] b = new float[257 * Panels.BLOCK];
        float[] c = new float[MatrixKernels.TILE * Panels.BLOCK];
        for (Kernels k : List.of(Kernels.scalar(), Kernels.best())) {
            k.matmulTiles(a, 0, b, 0, c, 0, c, 0, 16, 6, 16, 256);
            for (int[] wrong : new int[][] {{-1, 16, 256}, {6, 0, 256}, {6, 17, 256}, {6, 16, -1}, {6, 16, 257}}) {
                assertThrows(IllegalArgumentException.class, () -> k.matmulTiles(a, 0, b, 0, c, 0, c, 0, 16, wrong[0], wrong[1], wrong[2]));
            }
            assertThrows(IllegalArgumentException.class, () -> k.packTiles(a, 0, 0, 0, Integer.MAX_VALUE / 5, 6, b, 0));
            assertThrows(IllegalArgumentException.class, () -> k.packTiles(a, 0, 64, 0, -1, 6, b, 0));
            assertThrows(IllegalArgumentException.class, () -> k.packTiles(a, 0, 64, 0, 1, -1, b, 0));
            assertThrows(IllegalArgumentException.class, () -> k.packTilesOfRows(a, 0, 64, 0, -1, 16, b, 0));
            assertThrows(IllegalArgumentException.class, () -> k.packTilesOfRows(a, 0, 64, 0, 1, 8, b, 0));
            assertThrows(IllegalArgumentException.class, () -> k.packTilesOfRows(a, 0, 0, 0, 6, Integer.MAX_VALUE / 6 / 16 * 16 + 16, b, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> k.packTilesOfRows(a, 0, 16, 0, 6, 16, c, 1));
        }
    }

    /** What packing writes: the lanes of whole tiles and, in the last one, as many as there are columns. */
    private static boolean[] tiles(int inner, int columns) {
        boolean[] written = new boolean[Math.ceilDiv(columns, MatrixKernels.TILE) * MatrixKernels.TILE * inner];
        for (int column = 0; column < columns; column++) {
            for (int k = 0; k < inner; k++) {
                written[tile(inner, k, column)] = true;
            }
        }
        return written;
    }

    private static int tile(int inner, int k, int column) {
        return (column / MatrixKernels.TILE * inner + k) * MatrixKernels.TILE + column % MatrixKernels.TILE;
    }
}
