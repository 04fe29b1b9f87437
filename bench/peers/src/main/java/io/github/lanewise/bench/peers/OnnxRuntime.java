package io.github.lanewise.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Network;
import io.github.lanewise.bench.task.Sequence;
import io.github.lanewise.bench.task.Step;
import io.github.lanewise.bench.task.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime in its fastest form: tensors over direct buffers, outputs pinned, and for streams two states that swap their places. */
public final class OnnxRuntime implements Engine {
    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public String version() {
        return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + ", 1 thread, outputs pinned, gates i,o,f,c";
    }

    @Override
    public Optional<Contestant> prepare(Task task) throws OrtException {
        return switch (task) {
            case Step step -> Optional.of(new Layer(step.network(), 1));
            case Sequence sequence -> Optional.of(new Layer(sequence.network(), sequence.steps()));
            default -> Optional.empty();
        };
    }

    private static final class Layer implements Contestant {
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final boolean stream;
        private final FloatBuffer y;
        private final Map<String, OnnxTensor> inputs = new HashMap<>();
        private final Map<String, OnnxTensor> outputs = new HashMap<>();
        private final Map<String, OnnxTensor> swappedInputs = new HashMap<>();
        private final Map<String, OnnxTensor> swappedOutputs = new HashMap<>();
        private boolean swapped;

        Layer(Network network, int steps) throws OrtException {
            stream = steps == 1;
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                session = environment.createSession(OnnxModel.of(network, steps, 1), options);
            }
            int hidden = network.hidden();
            FloatBuffer x = buffer(steps * network.inputs()).put(0, network.input(steps, 1));
            y = buffer(steps * hidden);
            both(inputs, swappedInputs, "X", tensor(x, steps, 1, network.inputs()));
            both(outputs, swappedOutputs, "Y", tensor(y, steps, 1, 1, hidden));
            for (String state : network.cell() == Cell.LSTM ? new String[] {"h", "c"} : new String[] {"h"}) {
                OnnxTensor before = tensor(buffer(hidden), 1, 1, hidden);
                OnnxTensor after = tensor(buffer(hidden), 1, 1, hidden);
                inputs.put(state + "0", before);
                outputs.put(state + "1", after);
                swappedInputs.put(state + "0", after);
                swappedOutputs.put(state + "1", before);
            }
        }

        private static void both(Map<String, OnnxTensor> one, Map<String, OnnxTensor> other, String name, OnnxTensor tensor) {
            one.put(name, tensor);
            other.put(name, tensor);
        }

        private static FloatBuffer buffer(int length) {
            return ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
        }

        private OnnxTensor tensor(FloatBuffer buffer, long... shape) throws OrtException {
            return OnnxTensor.createTensor(environment, buffer, shape);
        }

        @Override
        public void run() {
            try {
                (swapped ? session.run(swappedInputs, swappedOutputs) : session.run(inputs, outputs)).close();
                if (stream) {
                    swapped = !swapped;
                }
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public float[][] output() {
            float[] values = new float[y.capacity()];
            y.get(0, values);
            return new float[][] {values};
        }

        @Override
        public void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
