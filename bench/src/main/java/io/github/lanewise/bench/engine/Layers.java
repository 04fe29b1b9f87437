package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import io.github.lanewise.rnn.Weights;

/** Layers of this library. */
public final class Layers {
    private Layers() {}

    /** The layer with its weights. */
    public static RecurrentCell of(Network network, Kernels kernels) {
        RecurrentCell layer = network.cell() == Cell.LSTM
                ? Lstm.zero(network.inputs(), network.hidden()).on(kernels)
                : Rnn.zero(network.inputs(), network.hidden(), Activation.TANH).on(kernels);
        Weights weights = layer.weights();
        weights.setInputWeights(network.inputWeights());
        weights.setRecurrentWeights(network.recurrentWeights());
        weights.setBias(network.bias());
        return layer;
    }
}
