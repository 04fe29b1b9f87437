package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import io.github.lanewise.bench.task.Training;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;

/** oneDNN through its C interface: weights in the format that it chooses, reordered once beforehand, in training again for each backward pass. */
public final class OneDnn implements Engine {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public String version() {
        return "oneDNN " + MavenVersion.of("org.bytedeco", "dnnl") + ", 1 thread, weights reordered beforehand, in training also for each backward pass";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return switch (task) {
            case Step step -> Optional.of(new Layer(step.network(), 1));
            case Sequence sequence -> Optional.of(new Layer(sequence.network(), sequence.steps()));
            case Training training -> Optional.of(new DnnlTraining(training));
            default -> Optional.empty();
        };
    }

    /** Inference; a stream has two calls that swap the states. */
    private static final class Layer implements Contestant {
        private final DnnlCall call;
        private final DnnlCall swappedCall;
        private final DnnlMemory y;
        private final int length;
        private final boolean stream;
        private boolean swapped;

        Layer(Network network, int steps) {
            stream = steps == 1;
            length = steps * network.hidden();
            DnnlLayer layer = new DnnlLayer(network, steps, 1);
            DnnlLayer.Forward forward = layer.forward(dnnl.prop_kind.forward_inference);
            DnnlMemory x = DnnlMemory.of(layer.source, network.input(steps, 1));
            DnnlMemory w = layer.inputWeights(network).as(forward.inputWeights());
            DnnlMemory r = layer.recurrentWeights(network).as(forward.recurrentWeights());
            DnnlMemory b = DnnlMemory.of(layer.bias, network.bias());
            DnnlMemory[] h = {DnnlMemory.zero(layer.state), DnnlMemory.zero(layer.state)};
            DnnlMemory[] c = {DnnlMemory.zero(layer.state), DnnlMemory.zero(layer.state)};
            y = DnnlMemory.zero(layer.output);
            DnnlCall[] calls = new DnnlCall[2];
            for (int i = 0; i < 2; i++) {
                calls[i] = new DnnlCall(forward.operation())
                        .with(dnnl.DNNL_ARG_SRC_LAYER, x)
                        .with(dnnl.DNNL_ARG_WEIGHTS_LAYER, w)
                        .with(dnnl.DNNL_ARG_WEIGHTS_ITER, r)
                        .with(dnnl.DNNL_ARG_BIAS, b)
                        .with(dnnl.DNNL_ARG_DST_LAYER, y)
                        .with(dnnl.DNNL_ARG_SRC_ITER, h[i])
                        .with(dnnl.DNNL_ARG_DST_ITER, h[1 - i]);
                if (layer.lstm()) {
                    calls[i].with(dnnl.DNNL_ARG_SRC_ITER_C, c[i]).with(dnnl.DNNL_ARG_DST_ITER_C, c[1 - i]);
                }
                calls[i].ready();
            }
            call = calls[0];
            swappedCall = calls[1];
        }

        @Override
        public void run() {
            (swapped ? swappedCall : call).run();
            if (stream) {
                swapped = !swapped;
            }
        }

        @Override
        public float[][] output() {
            return new float[][] {y.read(length)};
        }
    }
}
