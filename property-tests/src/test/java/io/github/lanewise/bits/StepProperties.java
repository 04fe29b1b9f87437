package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A step in one call has the bits of the product and the phase of which it is the composition. */
class StepProperties {
    private static final int WIDTH = Panels.WIDTH;

    @Property(tries = 500)
    void lstmStep(@ForAll @IntRange(max = 40) int inputs, @ForAll @IntRange(max = 5) int blocks, @ForAll @IntRange(max = 15) int padding,
                  @ForAll boolean backwards, @ForAll Values values, @ForAll long seed) {
        int units = blocks * Panels.BLOCK;
        lstmComposition(inputs, Math.max(0, units - padding), units, backwards, values, seed);
    }

    /** Up to more products than one chain holds. */
    @Property(tries = 60)
    void lstmStepOverManyChains(@ForAll @IntRange(max = 600) int inputs, @ForAll @IntRange(min = 14, max = 20) int blocks,
                                @ForAll @IntRange(max = 15) int padding, @ForAll boolean backwards, @ForAll Values values, @ForAll long seed) {
        int units = blocks * Panels.BLOCK;
        lstmComposition(inputs, units - padding, units, backwards, values, seed);
    }

    private static void lstmComposition(int inputs, int hidden, int units, boolean backwards, Values values, long seed) {
        int columns = 4 * units;
        int panel = (inputs + hidden) * WIDTH;
        Trial trial = new Trial(seed, values);
        int row = trial.write(behind(inputs, units));
        int weights = trial.read((inputs + hidden) * columns);
        int bias = trial.read(columns);
        int c = trial.write(units);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.lstmStep(o.array(row), o.at(row), o.array(weights), o.at(weights), o.array(bias), o.at(bias),
                o.array(c), o.at(c), new float[5 * units + 3], 3, inputs, hidden, units, backwards));
        float[] z = new float[columns];
        Kernels.scalar().affine(before.array(row), before.at(row), 0, before.array(weights), before.at(weights), panel, WIDTH,
                before.array(bias), before.at(bias), z, 0, WIDTH, WIDTH, 1, columns, inputs, hidden);
        Kernels.scalar().lstmForward(z, 0, WIDTH, before.array(c), before.at(c), before.array(c), before.at(c), new float[units], 0, Panels.BLOCK,
                before.array(row), before.at(row) + inputs, units, 1, units);
        for (int unit = 0; unit < units; unit++) {
            assertEquals(before.get(c, unit), after.get(c, unit), "c of unit " + unit);
            assertEquals(before.get(row, inputs + unit), after.get(row, inputs + unit), "h of unit " + unit);
        }
    }

    /** Up to more products than one chain holds. */
    @Property(tries = 500)
    void lstmRecurrentStep(@ForAll @IntRange(max = 600) int hidden, @ForAll @IntRange(max = 5) int blocks, @ForAll @IntRange(max = 40) int gap,
                           @ForAll boolean inPlace, @ForAll boolean backwards, @ForAll Values values, @ForAll long seed) {
        int units = blocks * Panels.BLOCK;
        int columns = 4 * units;
        int weightsPanel = hidden * WIDTH + gap;
        int zPanel = WIDTH + 2 * gap;
        Trial trial = new Trial(seed, values);
        int h = trial.write(inPlace ? Arrays.copyOf(behind(0, units), Math.max(hidden, units)) : behind(hidden, units));
        int nextH = inPlace ? 0 : hidden;
        int weights = trial.read(panels(blocks, weightsPanel, hidden * WIDTH).length);
        int z = trial.write(panels(blocks, zPanel, WIDTH));
        int c = trial.write(inPlace ? behind(0, units) : behind(units, units));
        int nextC = inPlace ? 0 : units;
        int tanhC = trial.write(units);
        Arguments want = trial.before();
        Arguments got = trial.check((k, o) -> k.lstmRecurrentStep(o.array(h), o.at(h), o.at(h) + nextH, o.array(weights), o.at(weights), weightsPanel,
                o.array(z), o.at(z), zPanel, o.array(c), o.at(c), o.at(c) + nextC, o.array(tanhC), o.at(tanhC), hidden, units, backwards));
        Kernels.scalar().matmul(want.array(h), want.at(h), 0, 1, want.array(weights), want.at(weights), weightsPanel, WIDTH,
                want.array(z), want.at(z), WIDTH, zPanel, 1, columns, hidden);
        Kernels.scalar().lstmForward(want.array(z), want.at(z), zPanel, want.array(c), want.at(c), want.array(c), want.at(c) + nextC,
                want.array(tanhC), want.at(tanhC), Panels.BLOCK, want.array(h), want.at(h) + nextH, units, 1, units);
        for (int operand : new int[] {h, z, c, tanhC}) {
            Trial.assertSameBits("operand " + operand, want.array(operand), got.array(operand));
        }
    }

    @Property(tries = 500)
    void elmanStep(@ForAll Activation activation, @ForAll @IntRange(max = 40) int inputs, @ForAll @IntRange(max = 9) int blocks,
                   @ForAll @IntRange(max = 15) int padding, @ForAll Values values, @ForAll long seed) {
        int units = blocks * Panels.BLOCK;
        elmanComposition(activation, inputs, Math.max(0, units - padding), units, values, seed);
    }

    /** Up to more products than one chain holds. */
    @Property(tries = 60)
    void elmanStepOverManyChains(@ForAll @IntRange(max = 600) int inputs, @ForAll @IntRange(min = 1, max = 3) int blocks, @ForAll Values values,
                                 @ForAll long seed) {
        int units = blocks * Panels.BLOCK;
        elmanComposition(Activation.TANH, inputs, units, units, values, seed);
    }

    private static void elmanComposition(Activation activation, int inputs, int hidden, int units, Values values, long seed) {
        int width = Math.min(units, WIDTH);
        int panel = (inputs + hidden) * width;
        Trial trial = new Trial(seed, values);
        int row = trial.write(behind(inputs, units));
        int weights = trial.read(Panels.count(units) * panel);
        int bias = trial.read(units);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.elmanStep(activation, o.array(row), o.at(row), o.array(weights), o.at(weights),
                o.array(bias), o.at(bias), new float[units + 3], 3, inputs, hidden, units));
        float[] z = new float[units];
        Kernels.scalar().affine(before.array(row), before.at(row), 0, before.array(weights), before.at(weights), panel, Math.max(1, width),
                before.array(bias), before.at(bias), z, 0, width, width, 1, units, inputs, hidden);
        Kernels.scalar().elmanForward(activation, z, 0, width, width, before.array(row), before.at(row) + inputs, units, 1, units);
        for (int unit = 0; unit < units; unit++) {
            assertEquals(before.get(row, inputs + unit), after.get(row, inputs + unit), "h of unit " + unit);
        }
    }

    /** A chain without products is not added: -0 + 0 would be 0. */
    @Example
    void stepsKeepTheSignOfZero() {
        float[] weights = new float[Panels.WIDTH];
        float[] bias = new float[Panels.WIDTH];
        Arrays.fill(weights, -Float.MIN_VALUE);
        Arrays.fill(bias, -0f);
        for (Kernels k : List.of(Kernels.scalar(), Kernels.best())) {
            float[] lstm = new float[Panels.BLOCK];
            float[] elman = new float[Panels.BLOCK];
            lstm[0] = Float.MIN_VALUE;
            elman[0] = Float.MIN_VALUE;
            float[] c = new float[Panels.BLOCK];
            Arrays.fill(c, -0f);
            k.lstmStep(lstm, 0, weights, 0, bias, 0, c, 0, new float[5 * Panels.BLOCK], 0, 0, 1, Panels.BLOCK, false);
            k.elmanStep(Activation.IDENTITY, elman, 0, weights, 0, bias, 0, new float[Panels.BLOCK], 0, 0, 1, Panels.BLOCK);
            float[] recurrent = new float[Panels.BLOCK];
            recurrent[0] = Float.MIN_VALUE;
            float[] z = bias.clone();
            float[] d = c.clone();
            k.lstmRecurrentStep(recurrent, 0, 0, weights, 0, 0, z, 0, 0, d, 0, 0, new float[Panels.BLOCK], 0, 1, Panels.BLOCK, false);
            float[] negativeZeros = Arrays.copyOf(bias, Panels.BLOCK);
            Trial.assertSameBits("c of the recurrent half on " + k, negativeZeros, d);
            Trial.assertSameBits("c on " + k, negativeZeros, c);
            Trial.assertSameBits("h of an Elman layer on " + k, negativeZeros, elman);
        }
    }

    /** So many elements that a call writes, after so many that it does not. */
    private static boolean[] behind(int inputs, int units) {
        boolean[] written = new boolean[inputs + units];
        Arrays.fill(written, inputs, written.length, true);
        return written;
    }

    /** Runs of so many elements. */
    private static boolean[] panels(int count, int distance, int width) {
        boolean[] written = new boolean[count == 0 || width == 0 ? 0 : (count - 1) * distance + width];
        for (int panel = 0; panel < count && width > 0; panel++) {
            Arrays.fill(written, panel * distance, panel * distance + width, true);
        }
        return written;
    }

    @Example
    void stepsRejectWhatDoesNotFit() {
        Kernels.simd().ifPresent(StepProperties::rejections);
        rejections(Kernels.scalar());
    }

    private static void rejections(Kernels k) {
        float[] row = new float[18];
        float[] weights = new float[18 * WIDTH];
        float[] c = new float[16];
        float[] scratch = new float[5 * 16];
        k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, scratch, 0, 2, 16, 16, false);
        assertThrows(IndexOutOfBoundsException.class, () -> k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, scratch, 1, 2, 16, 16, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, scratch, 0, -1, 16, 16, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, scratch, 0, 0, 17, 16, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, scratch, 0, 2, -1, 16, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, scratch, 0, 2, 8, 15, false));

        k.lstmRecurrentStep(row, 0, 0, weights, 0, 0, scratch, 0, 0, c, 0, 0, scratch, 64, 16, 16, false);
        assertThrows(IllegalArgumentException.class, () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, 0, scratch, 0, 0, c, 0, 0, scratch, 64, -1, 16, false));
        assertThrows(IllegalArgumentException.class,
                () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, 0, scratch, 0, 0, c, 0, 0, scratch, 64, Integer.MAX_VALUE, 16, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, 0, scratch, 0, 0, c, 0, 0, scratch, 64, 16, 15, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, -1, scratch, 0, 0, c, 0, 0, scratch, 64, 16, 16, false));
        assertThrows(IllegalArgumentException.class, () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, 0, scratch, 0, -1, c, 0, 0, scratch, 64, 16, 16, false));
        assertThrows(IndexOutOfBoundsException.class, () -> k.lstmRecurrentStep(row, 0, 3, weights, 0, 0, scratch, 0, 0, c, 0, 0, scratch, 64, 16, 16, false));
        assertThrows(IndexOutOfBoundsException.class, () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, 0, scratch, 0, 0, c, 0, 1, scratch, 64, 16, 16, false));

        k.elmanStep(Activation.TANH, row, 0, weights, 0, weights, 0, c, 0, 2, 16, 16);
        assertThrows(IndexOutOfBoundsException.class, () -> k.elmanStep(Activation.TANH, row, 0, weights, 0, weights, 0, c, 1, 2, 16, 16));
        assertThrows(IllegalArgumentException.class, () -> k.elmanStep(Activation.TANH, row, 0, weights, 0, weights, 0, c, 0, 0, 17, 16));
    }
}
