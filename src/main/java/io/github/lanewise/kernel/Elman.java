package io.github.lanewise.kernel;

/** The Elman cell, composed once from the element-wise kernels of either backend: each run of a panel's row is contiguous on both sides. */
sealed interface Elman extends CellKernels, ActivationKernels permits ScalarCells, VectorCells {

    @Override
    default void elmanForward(Activation activation, float[] z, int zOffset, int zPanel, int zRow, float[] h, int hOffset, int hRow,
                              int rows, int units) {
        Checks.notNegative("rows", rows);
        Checks.blocks("units", units);
        Checks.panels("z", z, zOffset, rows, zRow, zPanel, units);
        Checks.rows("h", h, hOffset, rows, hRow, units);
        for (int unit = 0; unit < units; unit += Panels.WIDTH) {
            int width = Math.min(Panels.WIDTH, units - unit);
            int zi = zOffset + unit / Panels.WIDTH * zPanel;
            int hi = hOffset + unit;
            for (int row = 0; row < rows; row++) {
                switch (activation) {
                    case IDENTITY -> System.arraycopy(z, zi, h, hi, width);
                    case TANH -> tanh(z, zi, h, hi, width);
                    case SIGMOID -> sigmoid(z, zi, h, hi, width);
                    case RELU -> relu(z, zi, h, hi, width);
                }
                zi += zRow;
                hi += hRow;
            }
        }
    }

    @Override
    default void elmanBackward(Activation activation, float[] h, int hOffset, int hRow, float[] dh, int dhOffset,
                               float[] dz, int dzOffset, int dzPanel, int dzRow, int rows, int units) {
        Checks.notNegative("rows", rows);
        Checks.blocks("units", units);
        Checks.rows("h", h, hOffset, rows, hRow, units);
        Checks.rows("dh", dh, dhOffset, rows, units, units);
        Checks.panels("dz", dz, dzOffset, rows, dzRow, dzPanel, units);
        for (int unit = 0; unit < units; unit += Panels.WIDTH) {
            int width = Math.min(Panels.WIDTH, units - unit);
            int hi = hOffset + unit;
            int dhi = dhOffset + unit;
            int dzi = dzOffset + unit / Panels.WIDTH * dzPanel;
            for (int row = 0; row < rows; row++) {
                switch (activation) {
                    case IDENTITY -> System.arraycopy(dh, dhi, dz, dzi, width);
                    case TANH -> tanhBackward(h, hi, dh, dhi, dz, dzi, width);
                    case SIGMOID -> sigmoidBackward(h, hi, dh, dhi, dz, dzi, width);
                    case RELU -> reluBackward(h, hi, dh, dhi, dz, dzi, width);
                }
                hi += hRow;
                dhi += units;
                dzi += dzRow;
            }
        }
    }
}
