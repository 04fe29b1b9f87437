package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Units and columns that exist only to fill a block are zero and stay zero, through training with every optimizer; so does what lies between the
 * memory of one object and that of the next. Looks inside the layers.
 */
class PaddingProperties {
    enum Rule { SGD, MOMENTUM, ADAGRAD, ADAM, ADAMW }

    enum Kind { LSTM, TANH, SIGMOID, RELU, IDENTITY }

    @Property(tries = 150)
    void paddingStaysZero(@ForAll Kind kind, @ForAll Rule rule, @ForAll @IntRange(min = 1, max = 40) int inputs,
                          @ForAll @IntRange(min = 1, max = 70) int units, @ForAll @IntRange(min = 1, max = 20) int outputs,
                          @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll long seed) {
        Random random = new Random(seed);
        int steps = 5;
        List<Piece> between = new ArrayList<>();
        RecurrentCell cell = kind == Kind.LSTM ? Lstm.create(inputs, units, random) : Rnn.create(inputs, units, Activation.valueOf(kind.name()), random);
        Dense dense = Dense.create(units, outputs, OutputActivation.TANH, random);
        between.add(Slabs.piece(1));
        Gradients dCell = cell.newGradients();
        Gradients dDense = dense.newGradients();
        between.add(Slabs.piece(1));
        Optimizer optimizer = optimizer(rule, List.of(new Trainable(cell.weights(), dCell), new Trainable(dense.weights(), dDense)));
        between.add(Slabs.piece(1));
        CellState state = cell.newState(batch);
        between.add(Slabs.piece(1));
        CellState dState = cell.newState(batch);
        between.add(Slabs.piece(1));
        CellTape tape = cell.newTape(steps, batch);
        between.add(Slabs.piece(1));
        DenseTape denseTape = dense.newTape(steps * batch);
        between.add(Slabs.piece(1));
        float[] h = new float[steps * batch * units];
        float[] y = new float[steps * batch * outputs];
        for (int round = 0; round < 4; round++) {
            float[] x = random(random, steps * batch * inputs);
            int[] lengths = random.ints(batch, 0, steps + 1).toArray();
            cell.forward(x, 0, steps, lengths, state, tape, h, 0);
            dense.forward(h, 0, steps * batch, denseTape, y, 0);
            float[] dh = new float[h.length];
            dense.backward(random(random, y.length), 0, denseTape, dDense, dh, 0);
            cell.backward(dh, 0, tape, dState, dCell, new float[x.length], 0);
            cell.step(x, 0, state);
            optimizer.clipGlobalNorm(1);
            optimizer.step();
            assertPaddingIsZero(cell.weights());
            assertPaddingIsZero(dCell);
            assertPaddingIsZero(dense.weights());
            assertPaddingIsZero(dDense);
            assertPaddingIsZero(state);
            assertPaddingIsZero(dState);
            for (Piece piece : between) {
                assertArrayEquals(new float[piece.length], piece.copy(), "between objects");
            }
            optimizer.zeroGradients();
        }
    }

    private static Optimizer optimizer(Rule rule, List<Trainable> layers) {
        return switch (rule) {
            case SGD -> new Sgd(Kernels.best(), .1, 0, layers);
            case MOMENTUM -> new Sgd(Kernels.best(), .1, .9, layers);
            case ADAGRAD -> new Adagrad(Kernels.best(), .1, 1e-10, layers);
            case ADAM -> new Adam(Kernels.best(), .1, layers);
            case ADAMW -> new Adam(Kernels.best(), .1, .9, .999, 1e-8, .01, layers);
        };
    }

    private static void assertPaddingIsZero(Parameters parameters) {
        Layout layout = parameters.layout;
        boolean[] real = new boolean[layout.length()];
        for (int row = 0; row < layout.gates() * layout.units(); row++) {
            real[layout.bias(row)] = true;
            for (int column = 0; column < layout.rows(); column++) {
                real[layout.weight(row, column)] = true;
            }
        }
        for (int i = 0; i < real.length; i++) {
            if (!real[i] && parameters.data[parameters.start + i] != 0) {
                throw new AssertionError(parameters.getClass().getSimpleName() + " " + layout + ": padding at " + i + " is "
                        + parameters.data[parameters.start + i]);
            }
        }
    }

    private static void assertPaddingIsZero(CellState state) {
        int units = state.layout.units();
        int padded = state.layout.padded();
        for (int row = 0; row < state.batch; row++) {
            for (int unit = units; unit < padded; unit++) {
                assertEquals(0, Math.abs(state.data[state.rows.hidden(row) + unit]), "padded unit of row " + row);
                if (state.cells > 0) {
                    int cell = state.c + (unit / Panels.BLOCK * state.batch + row) * Panels.BLOCK + unit % Panels.BLOCK;
                    assertEquals(0, Math.abs(state.data[cell]), "padded cell of row " + row);
                }
            }
        }
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
