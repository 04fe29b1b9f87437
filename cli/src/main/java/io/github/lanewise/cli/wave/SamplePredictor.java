package io.github.lanewise.cli.wave;

import io.github.lanewise.cli.Network;
import io.github.lanewise.cli.Trainer;
import java.util.function.LongConsumer;

/**
 * A network that predicts the next sample of a signal from all before it.
 *
 * @param network one input and one output
 */
record SamplePredictor(Network network) {
    /**
     * How to train.
     *
     * @param epochs passes over the signal
     * @param streams parts of the signal that are read side by side
     * @param steps steps of an update, beyond which no gradient goes back
     * @param learningRate step size of Adam at the beginning
     */
    record Plan(int epochs, int streams, int steps, double learningRate) {
        /** The fewest samples of which each part has an update. */
        int leastSamples() {
            return streams * steps + 1;
        }
    }

    /** Trains on the first samples of a signal: its parts are read side by side, each from beginning to end with the state carried. */
    void train(float[] signal, int length, Plan plan, LongConsumer epochDone) {
        int part = (length - 1) / plan.streams;
        int updates = part / plan.steps;
        float[] xs = new float[plan.steps * plan.streams];
        float[] wanted = new float[xs.length];
        Trainer trainer = new Trainer(network, plan.steps, plan.streams, plan.steps, plan.learningRate);
        for (int epoch = 0; epoch < plan.epochs; epoch++) {
            trainer.reset();
            for (int update = 0; update < updates; update++) {
                for (int step = 0; step < plan.steps; step++) {
                    for (int stream = 0; stream < plan.streams; stream++) {
                        int at = stream * part + update * plan.steps + step;
                        xs[step * plan.streams + stream] = signal[at];
                        wanted[step * plan.streams + stream] = signal[at + 1];
                    }
                }
                trainer.anneal((epoch + (double) update / updates) / plan.epochs);
                trainer.update(xs, wanted);
            }
            epochDone.accept(epoch + 1L);
        }
    }

    /** Each sample as predicted from those before it; the first is the answer to nothing. */
    float[] predict(float[] signal) {
        Network.Stream stream = network.newStream();
        float[] predicted = new float[signal.length];
        for (int i = 0; i < signal.length; i++) {
            predicted[i] = stream.answer();
            stream.read(signal[i]);
        }
        return predicted;
    }

    /** Reads the first samples of a signal and goes on alone: each prediction is the next sample read. */
    float[] runFree(float[] signal, int length, int count) {
        Network.Stream stream = network.newStream();
        for (int i = 0; i < length; i++) {
            stream.read(signal[i]);
        }
        float[] free = new float[count];
        for (int i = 0; i < count; i++) {
            free[i] = stream.answer();
            stream.read(free[i]);
        }
        return free;
    }
}
