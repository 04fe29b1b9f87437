package io.github.lanewise.bench.peers;

import static io.github.lanewise.bench.peers.DnnlMemory.CPU;
import static io.github.lanewise.bench.peers.DnnlMemory.description;

import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Network;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.vanilla_rnn_backward;
import org.bytedeco.dnnl.vanilla_rnn_forward;

/** oneDNN's two kinds of layers behind one face: shapes, and primitives that choose their own weight formats. */
final class DnnlLayer {
    private static final int LEFT_TO_RIGHT = dnnl.rnn_direction.unidirectional_left2right.value;
    private static final int TANH = dnnl.algorithm.eltwise_tanh.value;
    private static final int BACKWARD = dnnl.prop_kind.backward.value;

    final memory.desc source;
    final memory.desc state;
    final memory.desc output;
    final memory.desc plainInputWeights;
    final memory.desc plainRecurrentWeights;
    final memory.desc bias;
    final memory.desc anyInputWeights;
    final memory.desc anyRecurrentWeights;
    private final boolean lstm;

    DnnlLayer(Network network, int steps, int batch) {
        lstm = network.cell() == Cell.LSTM;
        long gates = network.cell().gates();
        long hidden = network.hidden();
        long inputs = network.inputs();
        source = description(memory.format_tag.tnc, steps, batch, inputs);
        state = description(memory.format_tag.ldnc, 1, 1, batch, hidden);
        output = description(memory.format_tag.tnc, steps, batch, hidden);
        plainInputWeights = description(memory.format_tag.ldigo, 1, 1, inputs, gates, hidden);
        plainRecurrentWeights = description(memory.format_tag.ldigo, 1, 1, hidden, gates, hidden);
        anyInputWeights = description(memory.format_tag.any, 1, 1, inputs, gates, hidden);
        anyRecurrentWeights = description(memory.format_tag.any, 1, 1, hidden, gates, hidden);
        bias = description(memory.format_tag.ldgo, 1, 1, gates, hidden);
    }

    boolean lstm() {
        return lstm;
    }

    lstm_forward.primitive_desc lstmForward(dnnl.prop_kind kind) {
        return new lstm_forward.primitive_desc(CPU, kind.value, LEFT_TO_RIGHT, source, state, state, anyInputWeights, anyRecurrentWeights, bias,
                output, state, state);
    }

    vanilla_rnn_forward.primitive_desc elmanForward(dnnl.prop_kind kind) {
        return new vanilla_rnn_forward.primitive_desc(CPU, kind.value, TANH, LEFT_TO_RIGHT, source, state, anyInputWeights, anyRecurrentWeights,
                bias, output, state);
    }

    lstm_backward.primitive_desc lstmBackward(lstm_forward.primitive_desc forward) {
        return new lstm_backward.primitive_desc(CPU, BACKWARD, LEFT_TO_RIGHT, source, state, state, anyInputWeights, anyRecurrentWeights, bias,
                output, state, state, source, state, state, anyInputWeights, anyRecurrentWeights, bias, output, state, state, forward);
    }

    vanilla_rnn_backward.primitive_desc elmanBackward(vanilla_rnn_forward.primitive_desc forward) {
        return new vanilla_rnn_backward.primitive_desc(CPU, BACKWARD, TANH, LEFT_TO_RIGHT, source, state, anyInputWeights, anyRecurrentWeights,
                bias, output, state, source, state, anyInputWeights, anyRecurrentWeights, bias, output, state, forward);
    }

    /** A forward primitive with the formats that it chose. */
    record Forward(primitive operation, memory.desc inputWeights, memory.desc recurrentWeights) {}

    Forward forward(dnnl.prop_kind kind) {
        if (lstm) {
            lstm_forward.primitive_desc chosen = lstmForward(kind);
            return new Forward(new lstm_forward(chosen), chosen.weights_layer_desc(), chosen.weights_iter_desc());
        }
        vanilla_rnn_forward.primitive_desc chosen = elmanForward(kind);
        return new Forward(new vanilla_rnn_forward(chosen), chosen.weights_layer_desc(), chosen.weights_iter_desc());
    }

    DnnlMemory inputWeights(Network network) {
        return DnnlMemory.of(plainInputWeights, Gates.transpose(network.inputWeights(), network.rows()));
    }

    DnnlMemory recurrentWeights(Network network) {
        return DnnlMemory.of(plainRecurrentWeights, Gates.transpose(network.recurrentWeights(), network.rows()));
    }
}
