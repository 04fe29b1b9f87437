package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import net.jqwik.api.lifecycle.AfterContainer;

/** The matrix product: chains from zero added to each output, the same bits for every backend, blocking and batch. */
class MatrixProperties {
    /** Where the elements of one matrix lie: row and panel distance, and how far they reach. */
    record Layout(int row, int panel, int rows, int columns) {
        int index(int r, int column) {
            return r * row + column / Panels.WIDTH * panel + column % Panels.WIDTH;
        }

        int extent() {
            return rows == 0 || columns == 0 ? 0 : index(rows - 1, columns - 1) + 1;
        }

        boolean[] elements() {
            boolean[] in = new boolean[extent()];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    in[index(r, c)] = true;
                }
            }
            return in;
        }

        /** Panel after panel, as weights are packed, or row after row; with gaps. */
        static Layout of(boolean panels, int gap, int rows, int columns) {
            int width = Math.min(Panels.WIDTH, columns);
            return panels
                    ? new Layout(width + gap, rows * (width + gap) + gap, rows, columns)
                    : new Layout(Panels.count(columns) * (Panels.WIDTH + gap), Panels.WIDTH + gap, rows, columns);
        }
    }

    @Property(tries = 600)
    void matmulAddsAChainToEachOutput(@ForAll @IntRange(max = 29) int rows, @ForAll @IntRange(max = 21) int blocks,
                                      @ForAll @IntRange(max = 40) int inner, @ForAll boolean transposedA, @ForAll boolean panelsB,
                                      @ForAll boolean panelsC, @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        matmul(rows, blocks * Panels.BLOCK, inner, transposedA, panelsB, panelsC, gap, values, seed);
    }

    /** More products than one chain holds. */
    @Property(tries = 40)
    void matmulOverManyChains(@ForAll @IntRange(min = 1, max = 11) int rows, @ForAll @IntRange(min = 1, max = 17) int blocks,
                              @ForAll @IntRange(min = 100, max = 700) int inner, @ForAll boolean transposedA, @ForAll Values values,
                              @ForAll long seed) {
        matmul(rows, blocks * Panels.BLOCK, inner, transposedA, true, true, 0, values, seed);
    }

    private static void matmul(int rows, int columns, int inner, boolean transposedA, boolean panelsB, boolean panelsC, int gap, Values values,
                               long seed) {
        int aRow = transposedA ? 1 : inner + gap;
        int aStep = transposedA ? rows + gap : 1;
        Layout bLayout = Layout.of(panelsB, gap, inner, columns);
        Layout cLayout = Layout.of(panelsC, gap, rows, columns);
        boolean empty = rows == 0 || columns == 0;
        Trial trial = new Trial(seed, values);
        int a = trial.read(empty || inner == 0 ? 0 : (rows - 1) * aRow + (inner - 1) * aStep + 1);
        int b = trial.read(empty ? 0 : bLayout.extent());
        int c = trial.write(cLayout.elements());
        int bStep = Math.max(1, bLayout.row());
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.matmul(o.array(a), o.at(a), aRow, aStep, o.array(b), o.at(b), bLayout.panel(), bStep,
                o.array(c), o.at(c), cLayout.row(), cLayout.panel(), rows, columns, inner));

        Arguments single = trial.before();
        Arguments parts = trial.before();
        Kernels best = Kernels.best();
        for (int r = 0; r < rows; r++) {
            best.matmul(single.array(a), single.at(a) + r * aRow, aRow, aStep, single.array(b), single.at(b), bLayout.panel(), bStep,
                    single.array(c), single.at(c) + r * cLayout.row(), cLayout.row(), cLayout.panel(), 1, columns, inner);
        }
        Trial.assertSameBits("rows one by one", after.array(c), single.array(c));
        int first = inner / Products.CHAIN / 2 * Products.CHAIN;
        best.matmul(parts.array(a), parts.at(a), aRow, aStep, parts.array(b), parts.at(b), bLayout.panel(), bStep,
                parts.array(c), parts.at(c), cLayout.row(), cLayout.panel(), rows, columns, first);
        best.matmul(parts.array(a), parts.at(a) + first * aStep, aRow, aStep, parts.array(b), parts.at(b) + first * bStep, bLayout.panel(), bStep,
                parts.array(c), parts.at(c), cLayout.row(), cLayout.panel(), rows, columns, inner - first);
        Trial.assertSameBits("some chains, then the others", after.array(c), parts.array(c));

        for (int r = 0; r < rows; r++) {
            for (int column = 0; column < columns; column++) {
                int aAt = before.at(a) + r * aRow;
                int bAt = before.at(b) + bLayout.index(0, column);
                float got = after.get(c, cLayout.index(r, column));
                float start = before.get(c, cLayout.index(r, column));
                float want = Products.canonicalProduct(start, before.array(a), aAt, aStep, before.array(b), bAt, bStep, inner);
                assertEquals(want, got, "row " + r + ", column " + column);
                Products.Sum exact = Products.product(start, before.array(a), aAt, aStep, before.array(b), bAt, bStep, inner);
                if (exact.magnitude() < Float.MAX_VALUE) {
                    double error = Math.abs(got - exact.value());
                    assertTrue(error <= exact.bound(), "row " + r + ", column " + column + ": error " + error + ", wanted <= " + exact.bound());
                }
            }
        }
    }

    @Property(tries = 300)
    void transposeExchangesRowsAndColumns(@ForAll @IntRange(max = 150) int rows, @ForAll @IntRange(max = 9) int blocks,
                                          @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        int columns = blocks * Panels.BLOCK;
        Layout layout = Layout.of(true, gap, rows, columns);
        Layout transposed = Layout.of(true, gap, columns, Panels.padded(rows));
        Trial trial = new Trial(seed, values);
        int from = trial.read(layout.extent());
        int to = trial.write(transposed.elements());
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.transpose(o.array(from), o.at(from), layout.row(), layout.panel(), rows, columns,
                o.array(to), o.at(to), transposed.row(), transposed.panel()));
        for (int column = 0; column < columns; column++) {
            for (int r = 0; r < Panels.padded(rows); r++) {
                float want = r < rows ? before.get(from, layout.index(r, column)) : 0;
                assertEquals(want, after.get(to, transposed.index(column, r)), "row " + r + ", column " + column);
            }
        }
    }

    @Property(tries = 600)
    void affineIsTheBiasAndTwoProducts(@ForAll @IntRange(max = 5) int rows, @ForAll @IntRange(max = 21) int blocks,
                                       @ForAll @IntRange(max = 40) int first, @ForAll @IntRange(max = 40) int second, @ForAll boolean panelsB,
                                       @ForAll boolean panelsC, @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        affine(rows, blocks * Panels.BLOCK, first, second, panelsB, panelsC, gap, values, seed);
    }

    /** A chain without products is not added: -0 + 0 would be 0. */
    @Example
    void affineKeepsTheSignOfZero() {
        float[] a = {Float.MIN_VALUE};
        float[] b = new float[Panels.WIDTH];
        float[] bias = new float[Panels.WIDTH];
        Arrays.fill(b, -Float.MIN_VALUE);
        Arrays.fill(bias, -0f);
        for (Kernels k : List.of(Kernels.scalar(), Kernels.best())) {
            for (int first = 0; first <= 1; first++) {
                float[] c = new float[Panels.WIDTH];
                k.affine(a, 0, 1, b, 0, 0, Panels.WIDTH, bias, 0, c, 0, 0, 0, 1, Panels.WIDTH, first, 1 - first);
                Trial.assertSameBits(first + " products, then the rest, on " + k, bias, c);
            }
        }
    }

    /** More products than one chain holds. */
    @Property(tries = 60)
    void affineOverManyChains(@ForAll @IntRange(min = 1, max = 3) int rows, @ForAll @IntRange(min = 1, max = 25) int blocks,
                              @ForAll @IntRange(max = 600) int first, @ForAll @IntRange(max = 600) int second, @ForAll Values values,
                              @ForAll long seed) {
        affine(rows, blocks * Panels.BLOCK, first, second, true, true, 0, values, seed);
    }

    private static void affine(int rows, int columns, int first, int second, boolean panelsB, boolean panelsC, int gap, Values values, long seed) {
        int inner = first + second;
        int aRow = inner + gap;
        Layout bLayout = Layout.of(panelsB, gap, inner, columns);
        Layout cLayout = Layout.of(panelsC, gap, rows, columns);
        boolean empty = rows == 0 || columns == 0;
        Trial trial = new Trial(seed, values);
        int a = trial.read(empty || inner == 0 ? 0 : (rows - 1) * aRow + inner);
        int b = trial.read(empty ? 0 : bLayout.extent());
        int bias = trial.read(columns);
        int c = trial.write(cLayout.elements());
        int bStep = Math.max(1, bLayout.row());
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.affine(o.array(a), o.at(a), aRow, o.array(b), o.at(b), bLayout.panel(), bStep,
                o.array(bias), o.at(bias), o.array(c), o.at(c), cLayout.row(), cLayout.panel(), rows, columns, first, second));
        for (int r = 0; r < rows; r++) {
            for (int column = 0; column < columns; column++) {
                int aAt = before.at(a) + r * aRow;
                int bAt = before.at(b) + bLayout.index(0, column);
                float want = Products.canonicalProduct(before.get(bias, column), before.array(a), aAt, 1, before.array(b), bAt, bStep, first);
                want = Products.canonicalProduct(want, before.array(a), aAt + first, 1, before.array(b), bAt + first * bStep, bStep, second);
                assertEquals(want, after.get(c, cLayout.index(r, column)), "row " + r + ", column " + column);
            }
        }
    }

    @Property(tries = 300)
    void affineAheadIsTheSecondProductAndAShareOfTheFirst(@ForAll @IntRange(max = 3) int pairs, @ForAll @IntRange(min = 1, max = 40) int first,
                                                          @ForAll @IntRange(max = 20) int more, @ForAll @IntRange(min = 1, max = 9) int ahead,
                                                          @ForAll @IntRange(max = 7) int share, @ForAll boolean panelsB, @ForAll boolean panelsC,
                                                          @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        affineAhead(pairs, first, first + more, ahead, share, panelsB, panelsC, gap, values, seed);
    }

    /** More products than one chain holds. */
    @Property(tries = 40)
    void affineAheadOverManyChains(@ForAll @IntRange(min = 1, max = 2) int pairs, @ForAll @IntRange(min = 1, max = 600) int first,
                                   @ForAll @IntRange(max = 400) int more, @ForAll @IntRange(max = 7) int share, @ForAll Values values,
                                   @ForAll long seed) {
        affineAhead(pairs, first, first + more, 8, share, true, true, 0, values, seed);
    }

    @Example
    void affineAheadRejectsWhatDoesNotFit() {
        for (Kernels k : List.of(Kernels.scalar(), Kernels.best())) {
            affineAhead(k, 128, 2, 2, 1, 7);
            assertThrows(IllegalArgumentException.class, () -> affineAhead(k, 64, 2, 2, 1, 7));
            assertThrows(IllegalArgumentException.class, () -> affineAhead(k, 128, 0, 2, 1, 7));
            assertThrows(IllegalArgumentException.class, () -> affineAhead(k, 128, 3, 2, 1, 7));
            assertThrows(IllegalArgumentException.class, () -> affineAhead(k, 128, 2, 2, 0, 7));
            assertThrows(IllegalArgumentException.class, () -> affineAhead(k, 128, 2, 2, Integer.MAX_VALUE, 7));
            assertThrows(IndexOutOfBoundsException.class, () -> affineAhead(k, 128, 2, 2, 1, 8));
        }
    }

    private static void affineAhead(Kernels k, int columns, int first, int second, int ahead, int share) {
        float[] a = new float[9 * 5];
        float[] b = new float[2 * 5 * Panels.WIDTH];
        float[] c = new float[2 * 9 * Panels.WIDTH];
        k.affineAhead(a, 0, 5, b, 0, 5 * Panels.WIDTH, Panels.WIDTH, b, 0, c, 0, Panels.WIDTH, 9 * Panels.WIDTH, columns, first, second, ahead, share);
    }

    private static void affineAhead(int pairs, int first, int second, int ahead, int share, boolean panelsB, boolean panelsC, int gap, Values values,
                                    long seed) {
        int columns = pairs * 2 * Panels.WIDTH;
        int rows = ahead + MatrixKernels.AHEAD;
        int aRow = first + second + gap;
        Layout bLayout = Layout.of(panelsB, gap, first + second, columns);
        Layout cLayout = Layout.of(panelsC, gap, rows, columns);
        int from = columns / MatrixKernels.AHEAD * share;
        int to = from + columns / MatrixKernels.AHEAD;
        boolean[] written = new boolean[cLayout.extent()];
        for (int column = 0; column < columns; column++) {
            written[cLayout.index(0, column)] = true;
            for (int r = ahead; r < rows && from <= column && column < to; r++) {
                written[cLayout.index(r, column)] = true;
            }
        }
        Trial trial = new Trial(seed, values);
        int a = trial.read(columns == 0 ? 0 : (rows - 1) * aRow + first + second);
        int b = trial.read(bLayout.extent());
        int bias = trial.read(columns);
        int c = trial.write(written);
        int bStep = Math.max(1, bLayout.row());
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.affineAhead(o.array(a), o.at(a), aRow, o.array(b), o.at(b), bLayout.panel(), bStep,
                o.array(bias), o.at(bias), o.array(c), o.at(c), cLayout.row(), cLayout.panel(), columns, first, second, ahead, share));
        for (int column = 0; column < columns; column++) {
            int bAt = before.at(b) + bLayout.index(0, column);
            float row = Products.canonicalProduct(before.get(c, cLayout.index(0, column)), before.array(a), before.at(a) + first, 1,
                    before.array(b), bAt + first * bStep, bStep, second);
            assertEquals(row, after.get(c, cLayout.index(0, column)), "column " + column);
            for (int r = ahead; r < rows && from <= column && column < to; r++) {
                float later = Products.canonicalProduct(before.get(bias, column), before.array(a), before.at(a) + r * aRow, 1,
                        before.array(b), bAt, bStep, first);
                assertEquals(later, after.get(c, cLayout.index(r, column)), "row " + r + ", column " + column);
            }
        }
    }

    @Property(tries = 300)
    void addRowsAddsInOrder(@ForAll @IntRange(max = 19) int rows, @ForAll @IntRange(max = 13) int blocks, @ForAll boolean panels,
                            @ForAll @IntRange(max = 3) int gap, @ForAll Values values, @ForAll long seed) {
        int columns = blocks * Panels.BLOCK;
        Layout layout = Layout.of(panels, gap, rows, columns);
        Trial trial = new Trial(seed, values);
        int c = trial.read(layout.extent());
        int sum = trial.write(columns);
        Arguments before = trial.before();
        Arguments after = trial.check(
                (k, o) -> k.addRows(o.array(c), o.at(c), layout.row(), layout.panel(), rows, columns, o.array(sum), o.at(sum)));
        for (int column = 0; column < columns; column++) {
            float want = before.get(sum, column);
            for (int r = 0; r < rows; r++) {
                want += before.get(c, layout.index(r, column));
            }
            assertEquals(want, after.get(sum, column), "column " + column);
        }
    }

    @AfterContainer
    static void report() {
        System.out.println("values found equal on two backends so far: " + Trial.COMPARED);
    }
}
