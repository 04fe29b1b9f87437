package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import java.util.Arrays;
import java.util.Optional;

/** The textbook in Java: one dot product per row, {@link Math} for the functions. */
final class NaiveJava implements Engine {
    @Override
    public String name() {
        return "naive";
    }

    @Override
    public String version() {
        return "plain loops, java.lang.Math";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return switch (task) {
            case Step step -> Optional.of(new PlainCell(new NaiveStep(step.network()), step.network().input(1, 1), 1, step.network().hidden()));
            case Sequence sequence -> Optional.of(new PlainCell(
                    new NaiveStep(sequence.network()), sequence.network().input(sequence.steps(), 1),
                    sequence.steps(), sequence.network().hidden()));
            case Product product -> Optional.of(product(product));
            case Elementwise elementwise -> Optional.of(elementwise(elementwise));
            case Sgns update -> Optional.of(new NaiveSgns(update));
            default -> Optional.empty();
        };
    }

    private static Contestant product(Product product) {
        float[] a = product.left();
        float[] b = product.right();
        float[] c = new float[product.rows() * product.columns()];
        return new Mapped(() -> multiply(a, b, c, product.rows(), product.columns(), product.inner()), c);
    }

    private static void multiply(float[] a, float[] b, float[] c, int rows, int columns, int inner) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float sum = c[row * columns + column];
                for (int k = 0; k < inner; k++) {
                    sum += a[row * inner + k] * b[k * columns + column];
                }
                c[row * columns + column] = sum;
            }
        }
    }

    private static Contestant elementwise(Elementwise task) {
        float[] x = task.arguments();
        float[] y = new float[x.length];
        return switch (task.function()) {
            case "tanh" -> new Mapped(() -> {
                for (int i = 0; i < x.length; i++) {
                    y[i] = (float) Math.tanh(x[i]);
                }
            }, y);
            case "sigmoid" -> new Mapped(() -> {
                for (int i = 0; i < x.length; i++) {
                    y[i] = sigmoid(x[i]);
                }
            }, y);
            case "exp" -> new Mapped(() -> {
                for (int i = 0; i < x.length; i++) {
                    y[i] = (float) Math.exp(x[i]);
                }
            }, y);
            default -> throw new IllegalArgumentException("function: got " + task.function() + ", wanted tanh, sigmoid or exp");
        };
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    /** The step of {@link PlainCell}. */
    private static final class NaiveStep implements PlainCell.StepFunction {
        private final Network network;
        private final float[] w;
        private final float[] r;
        private final float[] bias;
        private final float[] z;
        private final float[] c;

        NaiveStep(Network network) {
            this.network = network;
            w = network.inputWeights();
            r = network.recurrentWeights();
            bias = network.bias();
            z = new float[bias.length];
            c = new float[network.hidden()];
        }

        @Override
        public void reset() {
            Arrays.fill(c, 0);
        }

        @Override
        public void step(float[] x, int offset, float[] h) {
            int inputs = network.inputs();
            int hidden = network.hidden();
            for (int row = 0; row < z.length; row++) {
                float sum = bias[row];
                for (int k = 0; k < inputs; k++) {
                    sum += w[row * inputs + k] * x[offset + k];
                }
                for (int k = 0; k < hidden; k++) {
                    sum += r[row * hidden + k] * h[k];
                }
                z[row] = sum;
            }
            if (network.cell() == Cell.ELMAN) {
                for (int unit = 0; unit < hidden; unit++) {
                    h[unit] = (float) Math.tanh(z[unit]);
                }
                return;
            }
            for (int unit = 0; unit < hidden; unit++) {
                float i = sigmoid(z[unit]);
                float f = sigmoid(z[hidden + unit]);
                float g = (float) Math.tanh(z[2 * hidden + unit]);
                float o = sigmoid(z[3 * hidden + unit]);
                c[unit] = f * c[unit] + i * g;
                h[unit] = o * (float) Math.tanh(c[unit]);
            }
        }
    }
}
