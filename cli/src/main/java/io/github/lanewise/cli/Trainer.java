package io.github.lanewise.cli;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.Trainable;
import java.util.List;

/**
 * Trains a {@link Network} on the mean squared error of its answers, with truncated backpropagation through time, Adam and clipping: all
 * memory of it, reused from update to update. The state is carried from update to update until {@link #reset}.
 */
public final class Trainer {
    private static final double CLIP = 1;
    /** The share of the learning rate that is left at the end. */
    private static final double LAST_RATE = 0.01;

    private final Network network;
    private final Kernels kernels = Kernels.best();
    private final int steps;
    private final int batch;
    private final int answers;
    private final double learningRate;
    private final CellState state;
    private final CellState dState;
    private final CellTape tape;
    private final DenseTape outputTape;
    private final float[] hs;
    private final float[] dhs;
    private final float[] ys;
    private final float[] dys;
    private final Gradients gradients;
    private final Gradients outputGradients;
    private final Adam adam;

    /**
     * Sets up the memory.
     *
     * @param network what to train
     * @param steps steps of an update
     * @param batch sequences side by side
     * @param answers how many steps of an update, the last ones, have a wanted answer
     * @param learningRate step size of Adam at the beginning
     */
    public Trainer(Network network, int steps, int batch, int answers, double learningRate) {
        this.network = network;
        this.steps = steps;
        this.batch = batch;
        this.answers = answers;
        this.learningRate = learningRate;
        state = network.cell().newState(batch);
        dState = network.cell().newState(batch);
        tape = network.cell().newTape(steps, batch);
        outputTape = network.output().newTape(answers * batch);
        hs = new float[steps * batch * network.cell().units()];
        dhs = new float[hs.length];
        ys = new float[answers * batch];
        dys = new float[ys.length];
        gradients = network.cell().newGradients();
        outputGradients = network.output().newGradients();
        adam = new Adam(kernels, learningRate, List.of(
                new Trainable(network.cell().weights(), gradients), new Trainable(network.output().weights(), outputGradients)));
    }

    /** Begins new sequences, from a zero state. */
    public void reset() {
        state.reset();
    }

    /**
     * Lets the learning rate fall along a half cosine.
     *
     * @param done the share of the training that is done, 0 to 1
     */
    public void anneal(double done) {
        adam.setLearningRate(learningRate * (LAST_RATE + (1 - LAST_RATE) * (0.5 + 0.5 * StrictMath.cos(Math.PI * done))));
    }

    /**
     * Reads the next steps of the sequences and improves the weights.
     *
     * @param xs what to read [steps][batch]
     * @param wanted wanted answers [answers][batch]
     * @return the mean squared error of the answers before the improvement
     */
    public double update(float[] xs, float[] wanted) {
        int answered = (steps - answers) * batch * network.cell().units();
        adam.zeroGradients();
        dState.reset();
        network.cell().forward(xs, 0, steps, state, tape, hs, 0);
        network.output().forward(hs, answered, answers * batch, outputTape, ys, 0);
        double loss = Loss.meanSquaredError(kernels, ys, 0, wanted, 0, dys, 0, ys.length);
        network.output().backward(dys, 0, outputTape, outputGradients, dhs, answered);
        network.cell().backward(dhs, 0, tape, dState, gradients);
        adam.clipGlobalNorm(CLIP);
        adam.step();
        return loss;
    }
}
