package io.github.lanewise.cli;

import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;

/**
 * A recurrent layer and a dense layer that answers from its hidden states with one number: what the commands train and then ask.
 *
 * @param cell the recurrent layer
 * @param output the layer on top
 */
public record Network(RecurrentCell cell, Dense output) {
    /**
     * Puts a new output layer with one output on a recurrent layer.
     *
     * @param cell the recurrent layer
     * @param seed seed of the output layer's weights
     * @return the network
     */
    public static Network on(RecurrentCell cell, long seed) {
        return new Network(cell, Dense.create(cell.units(), 1, OutputActivation.IDENTITY, new SplitMix64(seed)));
    }

    /**
     * Begins to read numbers one by one, from a zero state.
     *
     * @return a new stream, for one thread; the weights are shared
     */
    public Stream newStream() {
        return new Stream(this);
    }

    /** The network reading a stream of numbers. After warm-up a step and an answer allocate nothing. */
    public static final class Stream {
        private final Network network;
        private final CellState state;
        private final DenseTape tape;
        private final float[] x = new float[1];
        private final float[] h;
        private final float[] y = new float[1];

        private Stream(Network network) {
            this.network = network;
            state = network.cell.newState();
            tape = network.output.newTape(1);
            h = new float[network.cell.units()];
        }

        /** Forgets what was read. */
        public void reset() {
            state.reset();
        }

        /**
         * Reads a number.
         *
         * @param value the number
         */
        public void read(float value) {
            x[0] = value;
            network.cell.step(x, 0, state);
        }

        /**
         * Answers to what was read.
         *
         * @return the output
         */
        public float answer() {
            state.copyH(h, 0);
            network.output.forward(h, 0, 1, tape, y, 0);
            return y[0];
        }
    }
}
