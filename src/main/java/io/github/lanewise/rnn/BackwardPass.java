package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Panels;
import java.util.Arrays;

/** Backpropagation through time: the recurrent half step by step, then one product over all steps for the weights and one for the inputs. */
final class BackwardPass {
    private BackwardPass() {}

    /** Turns the gates on the tape into gradients of the pre-activations, from the last step to the first. */
    static void throughTime(RecurrentCell cell, float[] dys, int dyOffset, CellTape tape, CellState dState) {
        int batch = tape.batch;
        int padded = tape.layout.padded();
        tape.filled = false;
        Transposed.fill(cell.kernels, cell.weights(), tape.layout.inputs(), tape.layout.recurrent(), tape.transposed);
        for (int row = 0; row < batch; row++) {
            System.arraycopy(dState.rows.data, dState.rows.hidden(row), tape.dh.data, tape.dh.at(row * padded), padded);
        }
        for (int step = tape.steps - 1; step >= 0; step--) {
            int end;
            for (int row = tape.nextActive(step, 0); row < batch; row = tape.nextActive(step, end)) {
                end = tape.nextEnded(step, row);
                retreat(cell, dys, dyOffset, tape, dState, step, row, end);
            }
        }
        for (int row = 0; row < batch; row++) {
            System.arraycopy(tape.dh.data, tape.dh.at(row * padded), dState.rows.data, dState.rows.hidden(row), padded);
        }
    }

    /** One step of the neighbouring rows {@code from .. to - 1}: the element-wise phase, then the product with the transposed weights. */
    private static void retreat(RecurrentCell cell, float[] dys, int dyOffset, CellTape tape, CellState dState, int step, int from, int to) {
        Layout layout = cell.layout;
        Rows rows = tape.rows;
        int units = layout.units();
        int padded = layout.padded();
        Piece dh = tape.dh;
        for (int row = from; row < to; row++) {
            if (tape.lengths[row] == step + 1) {
                int dy = dyOffset + (step * tape.batch + row) * units;
                for (int unit = 0; unit < units; unit++) {
                    dh.data[dh.at(row * padded + unit)] += dys[dy + unit];
                }
            }
        }
        int first = step * tape.batch + from;
        int z = tape.z.at(first * layout.width());
        cell.differentiate(tape.z.data, z, tape.panelStride(), tape.c.data, tape.c.at(tape.cell(first)), tape.tanhC.data, tape.tanhC.at(tape.cell(first)),
                rows.data, rows.hidden(first + tape.batch), rows.stride, dh.data, dh.at(from * padded),
                dState.data, dState.cell(from), Cells.block(tape.batch), to - from);
        // The chains of the step before start from its upstream gradient.
        for (int row = from; row < to; row++) {
            if (step > 0) {
                System.arraycopy(dys, dyOffset + ((step - 1) * tape.batch + row) * units, dh.data, dh.at(row * padded), units);
            } else {
                Arrays.fill(dh.data, dh.at(row * padded), dh.at(row * padded + padded), 0);
            }
        }
        Transposed.product(cell.kernels, tape.z.data, z, tape.panelStride(), layout, tape.transposed, layout.recurrent(),
                dh.data, dh.at(from * padded), padded, Panels.WIDTH, to - from, tape.copy);
    }

    /** {@code gradients += } those of the weights and biases. */
    static void addGradients(RecurrentCell cell, CellTape tape, Gradients gradients) {
        Rows rows = tape.rows;
        WeightGradients.add(cell.kernels, rows.data, rows.input(0), rows.stride, tape.z, tape.panelStride(), tape.steps * tape.batch, tape.copy, gradients);
    }

    /** {@code dxs = } the gradients of the inputs. */
    static void inputGradients(RecurrentCell cell, CellTape tape, float[] dxs, int dxOffset) {
        int inputs = cell.layout.inputs();
        int count = tape.steps * tape.batch;
        Transposed.fill(cell.kernels, cell.weights(), 0, inputs, tape.transposed);
        Transposed.inputGradients(cell.kernels, tape.z, tape.panelStride(), cell.layout, tape.transposed, tape.dx, dxs, dxOffset, count,
                tape.copy);
    }
}
