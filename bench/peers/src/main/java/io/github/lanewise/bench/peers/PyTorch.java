package io.github.lanewise.bench.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import ai.djl.training.GradientCollector;
import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import java.util.Optional;

/** PyTorch through DJL: {@code torch::lstm} and {@code torch::rnn_tanh} on DJL's arrays. */
public final class PyTorch implements io.github.lanewise.bench.engine.Engine {
    static {
        System.setProperty("OPT_OUT_TRACKING", "true");
        // DJL logs through SLF4J, of which there is no implementation here: no lines about that.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    @Override
    public String name() {
        return "pytorch-djl";
    }

    @Override
    public String version() {
        return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + " through DJL " + Engine.getDjlVersion() + ", 1 thread";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return switch (task) {
            case Step step -> Optional.of(new Forward(step.network(), 1));
            case Sequence sequence -> Optional.of(new Forward(sequence.network(), sequence.steps()));
            case Training training -> Optional.of(new ForwardBackward(training));
            default -> Optional.empty();
        };
    }

    /** Weights and input as arrays of the engine. */
    private abstract static class Layer implements Contestant {
        final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        final NDList weights;
        final NDArray x;
        final NDArray zero;
        private final boolean lstm;

        Layer(Network network, int steps, int batch) {
            lstm = network.cell() == Cell.LSTM;
            int rows = network.rows();
            // Two biases per gate, of which the second is zero.
            weights = new NDList(
                    manager.create(network.inputWeights(), new Shape(rows, network.inputs())),
                    manager.create(network.recurrentWeights(), new Shape(rows, network.hidden())),
                    manager.create(network.bias(), new Shape(rows)),
                    manager.zeros(new Shape(rows)));
            x = manager.create(network.input(steps, batch), new Shape(steps, batch, network.inputs()));
            zero = manager.zeros(new Shape(1, batch, network.hidden()));
        }

        /** Outputs, then the last states. */
        final NDList pass(NDArray h, NDArray c, boolean training) {
            return lstm
                    ? x.getNDArrayInternal().lstm(x, new NDList(h, c), weights, true, 1, 0, training, false, false)
                    : x.getNDArrayInternal().rnn(x, h, weights, true, 1, RNN.Activation.TANH, 0, training, false, false);
        }

        @Override
        public void close() {
            manager.close();
        }
    }

    /** Inference; a stream keeps its states. */
    private static final class Forward extends Layer {
        private final boolean stream;
        private NDList last;

        Forward(Network network, int steps) {
            super(network, steps, 1);
            stream = steps == 1;
            last = new NDList(zero.duplicate(), zero.duplicate(), zero.duplicate());
        }

        @Override
        public void run() {
            NDList next = stream ? pass(last.get(1), last.get(2), false) : pass(zero, zero, false);
            NDList old = last;
            // A list without c (Elman) still has a second state to pass on.
            last = next.size() == 2 ? new NDList(next.get(0), next.get(1), next.get(1)) : next;
            old.close();
        }

        @Override
        public float[][] output() {
            return new float[][] {last.get(0).toFloatArray()};
        }
    }

    /** Training; all gradients that ours computes are wanted. */
    private static final class ForwardBackward extends Layer {
        private final NDArray dy;
        /** Fetched once: each {@code getGradient} makes a new handle, and {@code zeroGradients} walks over all that ever were made. */
        private final NDList gradients = new NDList();
        private float[] y = {};

        ForwardBackward(Training training) {
            super(training.network(), training.steps(), training.batch());
            dy = manager.create(training.network().outputGradient(training.steps(), training.batch()),
                    new Shape(training.steps(), training.batch(), training.network().hidden()));
            x.setRequiresGradient(true);
            weights.forEach(weight -> weight.setRequiresGradient(true));
        }

        @Override
        public void run() {
            pass(false);
        }

        private void pass(boolean keep) {
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
                    NDManager scope = manager.newSubManager()) {
                gradients.forEach(gradient -> gradient.muli(0));
                NDList result = pass(zero, zero, true);
                result.attach(scope);
                NDArray loss = result.get(0).mul(dy).sum();
                loss.attach(scope);
                collector.backward(loss);
                if (gradients.isEmpty()) {
                    gradients.add(x.getGradient());
                    // The second bias, a constant of ours, gets a gradient, too, which nobody reads.
                    weights.subList(0, 3).forEach(weight -> gradients.add(weight.getGradient()));
                }
                if (keep) {
                    y = result.get(0).toFloatArray();
                }
            }
        }

        @Override
        public float[][] output() {
            pass(true);
            return new float[][] {y, gradients.get(0).toFloatArray(), gradients.get(1).toFloatArray(), gradients.get(2).toFloatArray(),
                gradients.get(3).toFloatArray()};
        }
    }
}
