package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.bits.MatrixProperties.Layout;
import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Bfloat16Pairs;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import io.github.lanewise.oracle.Products;
import io.github.lanewise.oracle.Bfloat16Rounding;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The product with bfloat16: that of floats over the rounded weights, the same bits for every backend. */
class Bfloat16Properties {

    @Property(tries = 600)
    void affineIsThatOfFloatsOverRoundedWeights(@ForAll @IntRange(max = 5) int rows, @ForAll @IntRange(max = 35) int blocks,
                                                @ForAll @IntRange(max = 40) int first, @ForAll @IntRange(max = 40) int second,
                                                @ForAll boolean panelsC, @ForAll @IntRange(max = 3) int gap,
                                                @ForAll Values values, @ForAll Values weightValues, @ForAll long seed) {
        affine(rows, blocks, first, second, panelsC, gap, values, weightValues, seed);
    }

    /** More products than one chain holds. */
    @Property(tries = 40)
    void affineOverManyChains(@ForAll @IntRange(max = 3) int rows, @ForAll @IntRange(max = 19) int blocks, @ForAll @IntRange(max = 600) int first,
                              @ForAll @IntRange(max = 600) int second, @ForAll Values values, @ForAll Values weightValues, @ForAll long seed) {
        affine(rows, blocks, first, second, true, 0, values, weightValues, seed);
    }

    private static void affine(int rows, int blocks, int first, int second, boolean panelsC, int gap, Values values, Values weightValues, long seed) {
        int inner = first + second;
        int columns = blocks * Panels.BLOCK;
        Random random = new Random(seed);
        float[] weights = new float[inner * columns];
        weightValues.fill(random, weights, 0, weights.length);
        int row = Panels.WIDTH + gap;
        int panel = inner * row + gap;
        float[] packed = new float[Panels.count(columns) * panel];
        Panels.pack(weights, 0, inner, columns, packed, 0, row, panel);
        int lead = random.nextInt(19);
        int[] pairs = Bfloat16Pairs.pack(packed, 0, row, panel, inner, columns, lead);

        Layout cLayout = Layout.of(panelsC, gap, rows, columns);
        int aRow = inner + gap;
        Trial trial = new Trial(seed, values);
        int a = trial.read(rows == 0 || columns == 0 || inner == 0 ? 0 : (rows - 1) * aRow + inner);
        int bias = trial.read(columns);
        int c = trial.write(cLayout.elements());
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.affineBfloat16(o.array(a), o.at(a), aRow, pairs, lead, o.array(bias), o.at(bias),
                o.array(c), o.at(c), cLayout.row(), cLayout.panel(), rows, columns, first, second));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Bfloat16Rounding.round(weights[i]);
        }
        for (int r = 0; r < rows; r++) {
            for (int column = 0; column < columns; column++) {
                int aAt = before.at(a) + r * aRow;
                float want = Products.canonicalProduct(before.get(bias, column), before.array(a), aAt, 1, weights, column, columns, first);
                want = Products.canonicalProduct(want, before.array(a), aAt + first, 1, weights, first * columns + column, columns, second);
                assertEquals(want, after.get(c, cLayout.index(r, column)), "row " + r + ", column " + column);
            }
        }
    }

    @Property(tries = 60)
    void pairsThatAreTooFewAreRefused(@ForAll @IntRange(min = 1, max = 17) int blocks, @ForAll @IntRange(min = 1, max = 9) int inner,
                                      @ForAll @IntRange(max = 5) int lead) {
        int columns = blocks * Panels.BLOCK;
        float[] ones = new float[Panels.count(columns) * inner * Panels.WIDTH];
        Arrays.fill(ones, 1);
        int[] pairs = Bfloat16Pairs.pack(ones, 0, Panels.WIDTH, inner * Panels.WIDTH, inner, columns, lead);
        for (Kernels k : new Kernels[] {Kernels.scalar(), Kernels.best()}) {
            float[] c = new float[Panels.count(columns) * Panels.WIDTH];
            for (int offset : new int[] {lead + 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertThrows(IndexOutOfBoundsException.class,
                        () -> k.affineBfloat16(ones, 0, 0, pairs, offset, ones, 0, c, 0, 0, Panels.WIDTH, 1, columns, 1, inner - 1));
            }
            assertThrows(IllegalArgumentException.class,
                    () -> k.affineBfloat16(ones, 0, 0, pairs, lead, ones, 0, c, 0, 0, Panels.WIDTH, 1, columns - 1, 1, inner - 1));
            assertThrows(IllegalArgumentException.class,
                    () -> k.affineBfloat16(ones, 0, 0, pairs, lead, ones, 0, c, 0, 0, Panels.WIDTH, -1, columns, 1, inner - 1));
            assertThrows(IllegalArgumentException.class,
                    () -> k.affineBfloat16(ones, 0, 0, pairs, lead, ones, 0, c, 0, 0, Panels.WIDTH, 1, columns, -1, 2));
            assertThrows(IllegalArgumentException.class,
                    () -> k.affineBfloat16(ones, 0, 0, pairs, lead, ones, 0, c, 0, 0, Panels.WIDTH, 1, columns, 2, -1));
            assertThrows(IllegalArgumentException.class,
                    () -> k.affineBfloat16(ones, 0, 0, pairs, lead, ones, 0, c, 0, 0, Panels.WIDTH, 1, columns, 1, Integer.MAX_VALUE));
            assertArrayEquals(new float[c.length], c);
        }
    }
}
