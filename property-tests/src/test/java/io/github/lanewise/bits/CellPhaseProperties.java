package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The element-wise phases of the cells are their formulas, with the activations of the scalar backend, to the bit. */
class CellPhaseProperties {
    private static final int BLOCK = Panels.BLOCK;
    private static final int WIDTH = Panels.WIDTH;

    @Property(tries = 500)
    void lstmForward(@ForAll @IntRange(max = 9) int rows, @ForAll @IntRange(max = 5) int blocks, @ForAll @IntRange(max = 40) int gap,
                     @ForAll boolean inPlace, @ForAll Values values, @ForAll long seed) {
        int units = blocks * BLOCK;
        int zPanel = rows * WIDTH + gap;
        int cBlock = rows * BLOCK + gap / 2;
        int hRow = units + gap;
        boolean empty = rows == 0 || blocks == 0;
        Trial trial = new Trial(seed, values);
        int z = trial.write(panels(blocks, rows, WIDTH, zPanel, WIDTH));
        boolean[] cells = panels(blocks, rows, BLOCK, cBlock, BLOCK);
        int previous = inPlace ? trial.write(cells) : trial.read(cells.length);
        int next = inPlace ? previous : trial.write(cells);
        int tanhC = trial.write(cells);
        int h = trial.write(panels(rows, 1, 0, hRow, empty ? 0 : units));
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.lstmForward(o.array(z), o.at(z), zPanel, o.array(previous), o.at(previous), o.array(next),
                o.at(next), o.array(tanhC), o.at(tanhC), cBlock, o.array(h), o.at(h), hRow, rows, units));
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                int at = unit / BLOCK * zPanel + row * WIDTH + unit % BLOCK;
                int cell = unit / BLOCK * cBlock + row * BLOCK + unit % BLOCK;
                float i = sigmoid(before.get(z, at));
                float f = sigmoid(before.get(z, at + BLOCK));
                float g = tanh(before.get(z, at + 2 * BLOCK));
                float o = sigmoid(before.get(z, at + 3 * BLOCK));
                float c = Math.fma(f, before.get(previous, cell), i * g);
                float q = tanh(c);
                assertEquals(i, after.get(z, at), "i");
                assertEquals(f, after.get(z, at + BLOCK), "f");
                assertEquals(g, after.get(z, at + 2 * BLOCK), "g");
                assertEquals(o, after.get(z, at + 3 * BLOCK), "o");
                assertEquals(c, after.get(next, cell), "c");
                assertEquals(q, after.get(tanhC, cell), "tanh c");
                assertEquals(o * q, after.get(h, row * hRow + unit), "h");
            }
        }
    }

    @Property(tries = 500)
    void lstmBackward(@ForAll @IntRange(max = 9) int rows, @ForAll @IntRange(max = 5) int blocks, @ForAll @IntRange(max = 40) int gap,
                      @ForAll Values values, @ForAll long seed) {
        int units = blocks * BLOCK;
        int zPanel = rows * WIDTH + gap;
        int cBlock = rows * BLOCK + gap / 2;
        Trial trial = new Trial(seed, values);
        int z = trial.write(panels(blocks, rows, WIDTH, zPanel, WIDTH));
        boolean[] cells = panels(blocks, rows, BLOCK, cBlock, BLOCK);
        int previous = trial.read(cells.length);
        int tanhC = trial.read(cells.length);
        int dh = trial.read(rows * units);
        int dc = trial.write(cells);
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> k.lstmBackward(o.array(z), o.at(z), zPanel, o.array(previous), o.at(previous), o.array(tanhC),
                o.at(tanhC), o.array(dh), o.at(dh), o.array(dc), o.at(dc), cBlock, rows, units));
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                int at = unit / BLOCK * zPanel + row * WIDTH + unit % BLOCK;
                int cell = unit / BLOCK * cBlock + row * BLOCK + unit % BLOCK;
                float i = before.get(z, at);
                float f = before.get(z, at + BLOCK);
                float g = before.get(z, at + 2 * BLOCK);
                float o = before.get(z, at + 3 * BLOCK);
                float q = before.get(tanhC, cell);
                float up = before.get(dh, row * units + unit);
                float e = Math.fma(up * o, Math.fma(-q, q, 1), before.get(dc, cell));
                assertEquals((e * g) * (i * (1 - i)), after.get(z, at), "dz of i");
                assertEquals((e * before.get(previous, cell)) * (f * (1 - f)), after.get(z, at + BLOCK), "dz of f");
                assertEquals((e * i) * Math.fma(-g, g, 1), after.get(z, at + 2 * BLOCK), "dz of g");
                assertEquals((up * q) * (o * (1 - o)), after.get(z, at + 3 * BLOCK), "dz of o");
                assertEquals(e * f, after.get(dc, cell), "dc");
            }
        }
    }

    @Property(tries = 500)
    void elman(@ForAll Activation activation, @ForAll boolean backward, @ForAll @IntRange(max = 9) int rows, @ForAll @IntRange(max = 9) int blocks,
               @ForAll @IntRange(max = 40) int gap, @ForAll Values values, @ForAll long seed) {
        int units = blocks * BLOCK;
        int zRow = Math.min(units, WIDTH) + gap % 3;
        int zPanel = rows * zRow + gap;
        int hRow = units + gap;
        boolean[] inPanels = elmanPanels(rows, units, zRow, zPanel);
        boolean[] inRows = panels(rows, 1, 0, hRow, units);
        Trial trial = new Trial(seed, values);
        int z = backward ? trial.write(inPanels) : trial.read(inPanels.length);
        int h = backward ? trial.read(inRows.length) : trial.write(inRows);
        int dh = backward ? trial.read(rows * units) : 0;
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> {
            if (backward) {
                k.elmanBackward(activation, o.array(h), o.at(h), hRow, o.array(dh), o.at(dh), o.array(z), o.at(z), zPanel, zRow, rows, units);
            } else {
                k.elmanForward(activation, o.array(z), o.at(z), zPanel, zRow, o.array(h), o.at(h), hRow, rows, units);
            }
        });
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                int at = unit / WIDTH * zPanel + row * zRow + unit % WIDTH;
                int hAt = row * hRow + unit;
                if (backward) {
                    assertEquals(derivative(activation, before.get(h, hAt), before.get(dh, row * units + unit)), after.get(z, at), "dz");
                } else {
                    assertEquals(function(activation, before.get(z, at)), after.get(h, hAt), "h");
                }
            }
        }
    }

    /** The fused LSTM phase repeats the formulas of sigmoid and tanh; over a sample of all floats it gives the bits of the kernels. */
    @Example
    void theFusedPhaseHasTheFunctionsOfTheKernels() {
        int rows = 64;
        int size = rows * BLOCK;
        float[] x = new float[size];
        float[] sigmoid = new float[size];
        float[] tanh = new float[size];
        float[] z = new float[rows * WIDTH];
        float[] c = new float[size];
        float[] q = new float[size];
        float[] h = new float[size];
        long pattern = 0;
        while (pattern < 1L << 32) {
            for (int i = 0; i < size; i++, pattern += 2053) {
                x[i] = Float.intBitsToFloat((int) pattern);
            }
            Kernels.scalar().sigmoid(x, 0, sigmoid, 0, size);
            Kernels.scalar().tanh(x, 0, tanh, 0, size);
            for (int i = 0; i < size; i++) {
                int at = i / BLOCK * WIDTH + i % BLOCK;
                z[at] = x[i];
                z[at + BLOCK] = x[i];
                z[at + 2 * BLOCK] = x[i];
                z[at + 3 * BLOCK] = x[i];
            }
            Kernels.best().lstmForward(z, 0, rows * WIDTH, x, 0, c, 0, q, 0, size, h, 0, BLOCK, rows, BLOCK);
            for (int i = 0; i < size; i++) {
                int at = i / BLOCK * WIDTH + i % BLOCK;
                assertEquals(sigmoid[i], z[at], "i");
                assertEquals(sigmoid[i], z[at + BLOCK], "f");
                assertEquals(tanh[i], z[at + 2 * BLOCK], "g");
                assertEquals(sigmoid[i], z[at + 3 * BLOCK], "o");
                // The forget gate open, the input gate shut: the old cell state comes through.
                z[at] = Float.NEGATIVE_INFINITY;
                z[at + BLOCK] = Float.POSITIVE_INFINITY;
            }
            Kernels.best().lstmForward(z, 0, rows * WIDTH, x, 0, c, 0, q, 0, size, h, 0, BLOCK, rows, BLOCK);
            for (int i = 0; i < size; i++) {
                assertEquals(tanh[i], Math.copySign(q[i], tanh[i]), "tanh of c");
            }
        }
    }

    private static float function(Activation activation, float x) {
        return switch (activation) {
            case IDENTITY -> x;
            case TANH -> tanh(x);
            case SIGMOID -> sigmoid(x);
            case RELU -> Float.isNaN(x) ? Float.NaN : x > 0 ? x : 0f;
        };
    }

    private static float derivative(Activation activation, float y, float dy) {
        return switch (activation) {
            case IDENTITY -> dy;
            case TANH -> dy * Math.fma(-y, y, 1);
            case SIGMOID -> dy * (y * (1 - y));
            case RELU -> y > 0 ? dy : 0f;
        };
    }

    private static float tanh(float x) {
        float[] one = {x};
        Kernels.scalar().tanh(one, 0, one, 0, 1);
        return one[0];
    }

    private static float sigmoid(float x) {
        float[] one = {x};
        Kernels.scalar().sigmoid(one, 0, one, 0, 1);
        return one[0];
    }

    /** The elements of {@code outer} times {@code inner} runs of {@code width} elements. */
    private static boolean[] panels(int outer, int inner, int innerStride, int outerStride, int width) {
        boolean none = outer == 0 || inner == 0 || width == 0;
        boolean[] elements = new boolean[none ? 0 : (outer - 1) * outerStride + (inner - 1) * innerStride + width];
        for (int o = 0; o < outer && !none; o++) {
            for (int i = 0; i < inner; i++) {
                Arrays.fill(elements, o * outerStride + i * innerStride, o * outerStride + i * innerStride + width, true);
            }
        }
        return elements;
    }

    private static boolean[] elmanPanels(int rows, int units, int zRow, int zPanel) {
        int extent = 0;
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                extent = Math.max(extent, unit / WIDTH * zPanel + row * zRow + unit % WIDTH + 1);
            }
        }
        boolean[] elements = new boolean[extent];
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                elements[unit / WIDTH * zPanel + row * zRow + unit % WIDTH] = true;
            }
        }
        return elements;
    }
}
