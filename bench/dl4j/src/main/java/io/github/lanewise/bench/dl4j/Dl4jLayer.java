package io.github.lanewise.bench.dl4j;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Training;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer with our weights. Its matrices are transposed, its gate blocks stand in the order g, f, o, i, and its sequences are
 * [batch][features][steps].
 */
abstract sealed class Dl4jLayer implements Contestant {
    /** DL4J's blocks as indices of ours, which are i, f, g, o. */
    private static final int[] ORDER = {2, 1, 3, 0};

    final Network network;
    final MultiLayerNetwork net;

    Dl4jLayer(Network network) {
        this.network = network;
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
        layers = network.cell() == Cell.LSTM
                ? layers.layer(new LSTM.Builder().nIn(network.inputs()).nOut(network.hidden()).activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID).build())
                : layers.layer(new SimpleRnn.Builder().nIn(network.inputs()).nOut(network.hidden()).activation(Activation.TANH).build());
        net = new MultiLayerNetwork(layers.build());
        net.init();
        net.setParam("0_W", weights(network.inputWeights(), network.inputs()));
        net.setParam("0_RW", weights(network.recurrentWeights(), network.hidden()));
        net.setParam("0_b", weights(network.bias(), 1).reshape(network.rows()));
    }

    /** Our [gates * hidden][columns] as its [columns][gates * hidden]. */
    private INDArray weights(float[] ours, int columns) {
        float[] theirs = new float[ours.length];
        for (int row = 0; row < network.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                theirs[column * network.rows() + row] = ours[ourRow(row) * columns + column];
            }
        }
        return array(theirs, columns, network.rows());
    }

    /** The inverse of {@link #weights}. */
    final float[] ourWeights(INDArray of, int columns) {
        float[] theirs = floats(of);
        float[] ours = new float[theirs.length];
        for (int row = 0; row < network.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                ours[ourRow(row) * columns + column] = theirs[column * network.rows() + row];
            }
        }
        return ours;
    }

    private int ourRow(int row) {
        int hidden = network.hidden();
        return network.cell() == Cell.LSTM ? ORDER[row / hidden] * hidden + row % hidden : row;
    }

    /** Our [steps][batch][features] as its [batch][features][steps]. */
    static INDArray sequence(float[] ours, int steps, int batch) {
        int features = ours.length / steps / batch;
        float[] theirs = new float[ours.length];
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < batch * features; i++) {
                theirs[i * steps + t] = ours[t * batch * features + i];
            }
        }
        return array(theirs, batch, features, steps);
    }

    /** The inverse of {@link #sequence}. */
    static float[] ourSequence(INDArray of, int steps) {
        float[] theirs = floats(of);
        float[] ours = new float[theirs.length];
        int width = theirs.length / steps;
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < width; i++) {
                ours[t * width + i] = theirs[i * steps + t];
            }
        }
        return ours;
    }

    private static INDArray array(float[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    private static float[] floats(INDArray of) {
        return of.dup('c').data().asFloat();
    }

    /** One step after the other, by {@code rnnTimeStep}. */
    static final class Stream extends Dl4jLayer {
        private final INDArray x;
        private INDArray y;

        Stream(Network network) {
            super(network);
            x = sequence(network.input(1, 1), 1, 1);
            y = x;
        }

        @Override
        public void run() {
            y = net.rnnTimeStep(x);
        }

        @Override
        public float[][] output() {
            return new float[][] {ourSequence(y, 1)};
        }
    }

    /** A whole sequence, by {@code output}. */
    static final class Forward extends Dl4jLayer {
        private final int steps;
        private final INDArray x;
        private INDArray y;

        Forward(Sequence sequence) {
            super(sequence.network());
            steps = sequence.steps();
            x = sequence(network.input(steps, 1), steps, 1);
            y = x;
        }

        @Override
        public void run() {
            y = net.output(x);
        }

        @Override
        public float[][] output() {
            return new float[][] {ourSequence(y, steps)};
        }
    }

    /** {@code feedForward} in training mode, then {@code backpropGradient}. */
    static final class ForwardBackward extends Dl4jLayer {
        private final int steps;
        private final INDArray x;
        private final INDArray dy;
        private INDArray y;
        private INDArray dx;
        private Gradient gradient;

        ForwardBackward(Training training) {
            super(training.network());
            steps = training.steps();
            x = sequence(network.input(steps, training.batch()), steps, training.batch());
            dy = sequence(network.outputGradient(steps, training.batch()), steps, training.batch());
            y = x;
            dx = x;
            gradient = net.gradient();
        }

        @Override
        public void run() {
            net.setInput(x);
            y = net.feedForward(true, false).getLast();
            Pair<Gradient, INDArray> result = net.backpropGradient(dy, null);
            gradient = result.getFirst();
            dx = result.getSecond();
        }

        @Override
        public float[][] output() {
            return new float[][] {ourSequence(y, steps), ourSequence(dx, steps),
                ourWeights(gradient.getGradientFor("0_W"), network.inputs()), ourWeights(gradient.getGradientFor("0_RW"), network.hidden()),
                ourWeights(gradient.getGradientFor("0_b"), 1)};
        }
    }
}
