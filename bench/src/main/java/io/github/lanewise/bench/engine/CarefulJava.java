package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a careful programmer reaches without the Vector API: transposed weights in rows of their own, four rows at a time in a loop that
 * C2 vectorises by itself, and functions from a polynomial of exp in float.
 */
final class CarefulJava implements Engine {
    private static final int ROWS = 4;
    private static final float LOG2_E = (float) (1 / Math.log(2));
    /** ln 2 in two parts: n * LN2_HIGH is exact. */
    private static final float LN2_HIGH = 355f / 512;
    private static final float LN2_REST = (float) (LN2_HIGH - Math.log(2));
    /** 1.5 * 2^23: added and subtracted it rounds to an integer. */
    private static final float ROUND = 0x1.8p23f;

    @Override
    public String name() {
        return "careful";
    }

    @Override
    public String version() {
        return "plain loops that C2 vectorises, float polynomials";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return switch (task) {
            case Step step -> Optional.of(new PlainCell(new CarefulStep(step.network()), step.network().input(1, 1), 1, step.network().hidden()));
            case Sequence sequence -> Optional.of(new PlainCell(new CarefulStep(sequence.network()),
                    sequence.network().input(sequence.steps(), 1), sequence.steps(), sequence.network().hidden()));
            case Product product -> Optional.of(new CarefulProduct(product));
            case Elementwise elementwise -> Optional.of(elementwise(elementwise));
            default -> Optional.empty();
        };
    }

    private static Contestant elementwise(Elementwise task) {
        float[] x = task.arguments();
        float[] y = new float[x.length];
        return switch (task.function()) {
            case "tanh" -> new Mapped(() -> tanh(x, 0, y, 0, x.length), y);
            case "sigmoid" -> new Mapped(() -> sigmoid(x, 0, y, 0, x.length), y);
            case "exp" -> new Mapped(() -> {
                for (int i = 0; i < x.length; i++) {
                    y[i] = exp(x[i]);
                }
            }, y);
            default -> throw new IllegalArgumentException("function: got " + task.function() + ", wanted tanh, sigmoid or exp");
        };
    }

    private static float exp(float value) {
        float x = Math.max(-87, Math.min(88, value));
        float n = x * LOG2_E + ROUND - ROUND;
        float r = x - n * LN2_HIGH + n * LN2_REST;
        float p = 1 + r * (1 + r * (1 / 2f + r * (1 / 6f + r * (1 / 24f + r * (1 / 120f + r * (1 / 720f))))));
        return p * Float.intBitsToFloat(((int) n + 127) << 23);
    }

    private static void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = 1 - 2 / (exp(2 * x[xOffset + i]) + 1);
        }
    }

    private static void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = 1 / (1 + exp(-x[xOffset + i]));
        }
    }

    private static void add(float a0, float[] w0, float a1, float[] w1, float a2, float[] w2, float a3, float[] w3, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] += a0 * w0[i] + a1 * w1[i] + a2 * w2[i] + a3 * w3[i];
        }
    }

    private static void add(float a, float[] w, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] += a * w[i];
        }
    }

    /** {@code z += a * w}, with the rows of w in arrays of their own. */
    private static void addRows(float[] a, int offset, float[][] w, float[] z) {
        int k = 0;
        for (; k <= w.length - ROWS; k += ROWS) {
            add(a[offset + k], w[k], a[offset + k + 1], w[k + 1], a[offset + k + 2], w[k + 2], a[offset + k + 3], w[k + 3], z);
        }
        for (; k < w.length; k++) {
            add(a[offset + k], w[k], z);
        }
    }

    private static float[][] transposed(float[] weights, int rows) {
        int columns = weights.length / rows;
        float[][] to = new float[columns][rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column][row] = weights[row * columns + column];
            }
        }
        return to;
    }

    /** The product row by row. */
    private static final class CarefulProduct implements Contestant {
        private final Product product;
        private final float[] a;
        private final float[][] b;
        private final float[][] c;

        CarefulProduct(Product product) {
            this.product = product;
            a = product.left();
            b = new float[product.inner()][];
            float[] right = product.right();
            for (int k = 0; k < b.length; k++) {
                b[k] = Arrays.copyOfRange(right, k * product.columns(), (k + 1) * product.columns());
            }
            c = new float[product.rows()][product.columns()];
        }

        @Override
        public void run() {
            for (int row = 0; row < c.length; row++) {
                addRows(a, row * product.inner(), b, c[row]);
            }
        }

        @Override
        public float[][] output() {
            float[] dense = new float[product.rows() * product.columns()];
            for (int row = 0; row < c.length; row++) {
                System.arraycopy(c[row], 0, dense, row * product.columns(), product.columns());
            }
            return new float[][] {dense};
        }
    }

    /** The step of {@link PlainCell}. */
    private static final class CarefulStep implements PlainCell.StepFunction {
        private final Network network;
        private final float[][] w;
        private final float[][] r;
        private final float[] bias;
        private final float[] z;
        private final float[] c;
        private final float[] tanhC;

        CarefulStep(Network network) {
            this.network = network;
            w = transposed(network.inputWeights(), network.rows());
            r = transposed(network.recurrentWeights(), network.rows());
            bias = network.bias();
            z = new float[bias.length];
            c = new float[network.hidden()];
            tanhC = new float[network.hidden()];
        }

        @Override
        public void reset() {
            Arrays.fill(c, 0);
        }

        @Override
        public void step(float[] x, int offset, float[] h) {
            System.arraycopy(bias, 0, z, 0, z.length);
            addRows(x, offset, w, z);
            addRows(h, 0, r, z);
            int hidden = network.hidden();
            if (network.cell() == Cell.ELMAN) {
                tanh(z, 0, h, 0, hidden);
                return;
            }
            sigmoid(z, 0, z, 0, 2 * hidden);
            tanh(z, 2 * hidden, z, 2 * hidden, hidden);
            sigmoid(z, 3 * hidden, z, 3 * hidden, hidden);
            for (int unit = 0; unit < hidden; unit++) {
                c[unit] = z[hidden + unit] * c[unit] + z[unit] * z[2 * hidden + unit];
            }
            tanh(c, 0, tanhC, 0, hidden);
            for (int unit = 0; unit < hidden; unit++) {
                h[unit] = z[3 * hidden + unit] * tanhC[unit];
            }
        }
    }
}
