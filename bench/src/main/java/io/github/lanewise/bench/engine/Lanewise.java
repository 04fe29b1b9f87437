package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Elementwise;
import io.github.lanewise.bench.task.Product;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Streams;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.TileProduct;
import io.github.lanewise.bench.task.Training;
import io.github.lanewise.bench.task.Words;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.MatrixKernels;
import io.github.lanewise.kernel.Panels;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.RecurrentCell;
import java.util.Optional;

/** This library, on one of its backends. */
final class Lanewise implements Engine {
    private final String name;
    private final Kernels kernels;

    Lanewise(String name, Kernels kernels) {
        this.name = name;
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return "backend " + kernels;
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return switch (task) {
            case Step step -> Optional.of(new Stream(Layers.of(step.network(), kernels), step));
            case Sequence sequence -> Optional.of(new Forward(Layers.of(sequence.network(), kernels), sequence));
            case Training training -> Optional.of(new ForwardBackward(kernels, training));
            case Streams streams -> Optional.of(new ParallelStreams(kernels, streams, 1));
            case Product product -> Optional.of(new Multiply(kernels, product));
            case TileProduct product -> Optional.of(new MultiplyTiles(kernels, product));
            case Elementwise elementwise -> Optional.of(elementwise(elementwise));
            case Sgns update -> Optional.of(new LanewiseWords.Update(kernels, update));
            // Training takes the best backend by itself.
            case Words words when kernels == Kernels.best() -> Optional.of(new LanewiseWords.Epoch(words));
            default -> Optional.empty();
        };
    }

    private static final class Stream implements Contestant {
        private final RecurrentCell layer;
        private final CellState state;
        private final float[] x;

        Stream(RecurrentCell layer, Step step) {
            this.layer = layer;
            state = layer.newState();
            x = step.network().input(1, 1);
        }

        @Override
        public void run() {
            layer.step(x, 0, state);
        }

        @Override
        public float[][] output() {
            float[] h = new float[layer.units()];
            state.copyH(h, 0);
            return new float[][] {h};
        }
    }

    private static final class Forward implements Contestant {
        private final RecurrentCell layer;
        private final int steps;
        private final CellState state;
        private final CellTape tape;
        private final float[] x;
        private final float[] y;

        Forward(RecurrentCell layer, Sequence sequence) {
            this.layer = layer;
            steps = sequence.steps();
            state = layer.newState();
            tape = layer.newTape(steps, 1);
            x = sequence.network().input(steps, 1);
            y = new float[steps * layer.units()];
        }

        @Override
        public void run() {
            state.reset();
            layer.forward(x, 0, steps, state, tape, y, 0);
        }

        @Override
        public float[][] output() {
            return new float[][] {y.clone()};
        }
    }

    private static final class ForwardBackward extends TrainingPass {
        private final CellTape tape;

        ForwardBackward(Kernels kernels, Training training) {
            super(kernels, training);
            tape = layer.newTape(steps, training.batch());
        }

        @Override
        void forward() {
            layer.forward(x, 0, steps, state, tape, y, 0);
        }

        @Override
        void backward() {
            layer.backward(dy, 0, tape, dState, gradients, dx, 0);
        }
    }

    private static final class Multiply implements Contestant {
        private final Kernels kernels;
        private final Product product;
        private final float[] a;
        private final float[] b;
        private final float[] c;

        Multiply(Kernels kernels, Product product) {
            this.kernels = kernels;
            this.product = product;
            a = product.left();
            int panels = Panels.count(product.columns());
            b = new float[panels * product.inner() * Panels.WIDTH];
            c = new float[panels * product.rows() * Panels.WIDTH];
            Panels.pack(product.right(), 0, product.inner(), product.columns(), b, 0, Panels.WIDTH, product.inner() * Panels.WIDTH);
        }

        @Override
        public void run() {
            kernels.matmul(a, 0, product.inner(), 1, b, 0, product.inner() * Panels.WIDTH, Panels.WIDTH,
                    c, 0, Panels.WIDTH, product.rows() * Panels.WIDTH, product.rows(), product.columns(), product.inner());
        }

        @Override
        public float[][] output() {
            float[] dense = new float[product.rows() * product.columns()];
            Panels.unpack(c, 0, Panels.WIDTH, product.rows() * Panels.WIDTH, dense, 0, product.rows(), product.columns());
            return new float[][] {dense};
        }
    }

    /** From strip to transposed sums, as {@link Multiply} from rows to rows. */
    private static final class MultiplyTiles implements Contestant {
        private final Kernels kernels;
        private final TileProduct product;
        private final float[] strip;
        private final float[] tiles;
        private final float[] c;

        MultiplyTiles(Kernels kernels, TileProduct product) {
            this.kernels = kernels;
            this.product = product;
            int columns = product.columns();
            int inner = product.inner();
            strip = new float[inner * Panels.BLOCK];
            tiles = new float[Math.ceilDiv(columns, MatrixKernels.TILE) * MatrixKernels.TILE * inner];
            c = new float[columns * Panels.BLOCK];
            float[] left = product.product().left();
            for (int i = 0; i < left.length; i++) {
                strip[i % inner * Panels.BLOCK + i / inner] = left[i];
            }
            kernels.packTiles(product.product().right(), 0, columns, Panels.WIDTH, inner, columns, tiles, 0);
        }

        @Override
        public void run() {
            kernels.matmulTiles(tiles, 0, strip, 0, c, 0, c, 0, Panels.BLOCK, product.columns(), Panels.BLOCK, product.inner());
        }

        @Override
        public float[][] output() {
            float[] rows = new float[c.length];
            for (int i = 0; i < c.length; i++) {
                rows[i % Panels.BLOCK * product.columns() + i / Panels.BLOCK] = c[i];
            }
            return new float[][] {rows};
        }
    }

    private Contestant elementwise(Elementwise task) {
        float[] x = task.arguments();
        float[] y = new float[x.length];
        return switch (task.function()) {
            case "tanh" -> new Mapped(() -> kernels.tanh(x, 0, y, 0, x.length), y);
            case "sigmoid" -> new Mapped(() -> kernels.sigmoid(x, 0, y, 0, x.length), y);
            case "exp" -> new Mapped(() -> kernels.exp(x, 0, y, 0, x.length), y);
            default -> throw new IllegalArgumentException("function: got " + task.function() + ", wanted tanh, sigmoid or exp");
        };
    }
}
