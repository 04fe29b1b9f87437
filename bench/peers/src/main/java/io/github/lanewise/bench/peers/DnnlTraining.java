package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Training;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.vanilla_rnn_backward;
import org.bytedeco.dnnl.vanilla_rnn_forward;

/**
 * A forward and a backward pass of oneDNN. Weights that training changes are kept in the format of the forward pass; the backward pass wants another
 * one and reorders them first, as ours transposes its own.
 */
final class DnnlTraining implements Contestant {
    private final Network network;
    private final DnnlLayer layer;
    private final DnnlCall forward;
    private final DnnlCall reorderW;
    private final DnnlCall reorderR;
    private final DnnlCall backward;
    private final DnnlMemory y;
    private final DnnlMemory dx;
    private final DnnlMemory dw;
    private final DnnlMemory dr;
    private final DnnlMemory db;
    private final int outputs;
    private final int inputs;

    /** What the two kinds of primitives chose. */
    private record Plan(primitive forward, memory.desc w, memory.desc r, memory.desc workspace, primitive backward, memory.desc backwardW,
                        memory.desc backwardR, memory.desc dw, memory.desc dr) {}

    DnnlTraining(Training training) {
        network = training.network();
        int steps = training.steps();
        int batch = training.batch();
        outputs = steps * batch * network.hidden();
        inputs = steps * batch * network.inputs();
        layer = new DnnlLayer(network, steps, batch);
        Plan plan = layer.lstm() ? lstm(layer) : elman(layer);
        DnnlMemory x = DnnlMemory.of(layer.source, network.input(steps, batch));
        DnnlMemory w = layer.inputWeights(network).as(plan.w());
        DnnlMemory r = layer.recurrentWeights(network).as(plan.r());
        DnnlMemory backwardW = DnnlMemory.zero(plan.backwardW());
        DnnlMemory backwardR = DnnlMemory.zero(plan.backwardR());
        reorderW = w.copyTo(backwardW);
        reorderR = r.copyTo(backwardR);
        DnnlMemory b = DnnlMemory.of(layer.bias, network.bias());
        DnnlMemory zero = DnnlMemory.zero(layer.state);
        DnnlMemory h = DnnlMemory.zero(layer.state);
        DnnlMemory c = DnnlMemory.zero(layer.state);
        DnnlMemory workspace = DnnlMemory.zero(plan.workspace());
        y = DnnlMemory.zero(layer.output);
        dx = DnnlMemory.zero(layer.source);
        dw = DnnlMemory.zero(plan.dw());
        dr = DnnlMemory.zero(plan.dr());
        db = DnnlMemory.zero(layer.bias);
        forward = new DnnlCall(plan.forward())
                .with(dnnl.DNNL_ARG_WEIGHTS_LAYER, w)
                .with(dnnl.DNNL_ARG_WEIGHTS_ITER, r);
        common(forward, x, b, zero, h, c, workspace);
        forward.ready();
        backward = new DnnlCall(plan.backward())
                .with(dnnl.DNNL_ARG_WEIGHTS_LAYER, backwardW)
                .with(dnnl.DNNL_ARG_WEIGHTS_ITER, backwardR)
                .with(dnnl.DNNL_ARG_DIFF_SRC_LAYER, dx)
                .with(dnnl.DNNL_ARG_DIFF_SRC_ITER, DnnlMemory.zero(layer.state))
                .with(dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER, dw)
                .with(dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER, dr)
                .with(dnnl.DNNL_ARG_DIFF_BIAS, db)
                .with(dnnl.DNNL_ARG_DIFF_DST_LAYER, DnnlMemory.of(layer.output, network.outputGradient(steps, batch)))
                .with(dnnl.DNNL_ARG_DIFF_DST_ITER, zero);
        if (layer.lstm()) {
            backward.with(dnnl.DNNL_ARG_DIFF_SRC_ITER_C, DnnlMemory.zero(layer.state)).with(dnnl.DNNL_ARG_DIFF_DST_ITER_C, zero);
        }
        common(backward, x, b, zero, h, c, workspace);
        backward.ready();
    }

    private void common(DnnlCall call, DnnlMemory x, DnnlMemory b, DnnlMemory zero, DnnlMemory h, DnnlMemory c, DnnlMemory workspace) {
        call.with(dnnl.DNNL_ARG_SRC_LAYER, x)
                .with(dnnl.DNNL_ARG_SRC_ITER, zero)
                .with(dnnl.DNNL_ARG_BIAS, b)
                .with(dnnl.DNNL_ARG_DST_LAYER, y)
                .with(dnnl.DNNL_ARG_DST_ITER, h)
                .with(dnnl.DNNL_ARG_WORKSPACE, workspace);
        if (layer.lstm()) {
            call.with(dnnl.DNNL_ARG_SRC_ITER_C, zero).with(dnnl.DNNL_ARG_DST_ITER_C, c);
        }
    }

    private static Plan lstm(DnnlLayer layer) {
        lstm_forward.primitive_desc f = layer.lstmForward(dnnl.prop_kind.forward_training);
        lstm_backward.primitive_desc b = layer.lstmBackward(f);
        return new Plan(new lstm_forward(f), f.weights_layer_desc(), f.weights_iter_desc(), f.workspace_desc(), new lstm_backward(b),
                b.weights_layer_desc(), b.weights_iter_desc(), b.diff_weights_layer_desc(), b.diff_weights_iter_desc());
    }

    private static Plan elman(DnnlLayer layer) {
        vanilla_rnn_forward.primitive_desc f = layer.elmanForward(dnnl.prop_kind.forward_training);
        vanilla_rnn_backward.primitive_desc b = layer.elmanBackward(f);
        return new Plan(new vanilla_rnn_forward(f), f.weights_layer_desc(), f.weights_iter_desc(), f.workspace_desc(), new vanilla_rnn_backward(b),
                b.weights_layer_desc(), b.weights_iter_desc(), b.diff_weights_layer_desc(), b.diff_weights_iter_desc());
    }

    @Override
    public void run() {
        forward.run();
        // oneDNN adds to the gradients of the weights.
        dw.clear();
        dr.clear();
        db.clear();
        reorderW.run();
        reorderR.run();
        backward.run();
    }

    @Override
    public float[][] output() {
        int rows = network.rows();
        int hidden = network.hidden();
        return new float[][] {
            y.read(outputs),
            dx.read(inputs),
            Gates.transpose(dw.as(layer.plainInputWeights).read(rows * network.inputs()), network.inputs()),
            Gates.transpose(dr.as(layer.plainRecurrentWeights).read(rows * hidden), hidden),
            db.read(rows)
        };
    }
}
