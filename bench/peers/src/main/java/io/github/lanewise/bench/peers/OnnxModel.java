package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.task.Cell;
import io.github.lanewise.bench.task.Network;

/**
 * An ONNX model of one recurrent layer as bytes (onnx.proto3, operators LSTM and RNN of opset 14): inputs {@code X} [steps][batch][inputs],
 * {@code h0} and {@code c0} [1][batch][hidden]; outputs {@code Y} [steps][1][batch][hidden], {@code h1} and {@code c1}.
 */
final class OnnxModel {
    private static final int FLOAT = 1;
    private static final int OPSET = 14;
    private static final int IR_VERSION = 8;

    private OnnxModel() {}

    static byte[] of(Network network, int steps, int batch) {
        boolean lstm = network.cell() == Cell.LSTM;
        int gates = network.cell().gates();
        int hidden = network.hidden();
        int rows = network.rows();
        // ONNX orders the gates i, o, f, c; ours are i, f, g, o.
        float[] w = Gates.reorder(network.inputWeights(), gates, 0, 3, 1, 2);
        float[] r = Gates.reorder(network.recurrentWeights(), gates, 0, 3, 1, 2);
        float[] inputBias = Gates.reorder(network.bias(), gates, 0, 3, 1, 2);
        // Two biases per gate, of which the second stays zero.
        float[] bias = new float[2 * rows];
        System.arraycopy(inputBias, 0, bias, 0, rows);

        Protobuf node = new Protobuf().text(1, "X").text(1, "W").text(1, "R").text(1, "B").text(1, "").text(1, "h0");
        if (lstm) {
            node.text(1, "c0");
        }
        node.text(2, "Y").text(2, "h1");
        if (lstm) {
            node.text(2, "c1");
        }
        node.text(4, lstm ? "LSTM" : "RNN");
        // AttributeProto: name = 1, i = 3, type = 20; type 2 is INT.
        node.message(5, new Protobuf().text(1, "hidden_size").number(3, hidden).number(20, 2));

        Protobuf graph = new Protobuf()
                .message(1, node)
                .text(2, "layer")
                .message(5, tensor("W", w, 1, rows, network.inputs()))
                .message(5, tensor("R", r, 1, rows, hidden))
                .message(5, tensor("B", bias, 1, 2L * rows))
                .message(11, value("X", steps, batch, network.inputs()))
                .message(11, value("h0", 1, batch, hidden));
        if (lstm) {
            graph.message(11, value("c0", 1, batch, hidden));
        }
        graph.message(12, value("Y", steps, 1, batch, hidden)).message(12, value("h1", 1, batch, hidden));
        if (lstm) {
            graph.message(12, value("c1", 1, batch, hidden));
        }
        return new Protobuf()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, OPSET))
                .toBytes();
    }

    /** TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9. */
    private static Protobuf tensor(String name, float[] values, long... dimensions) {
        Protobuf tensor = new Protobuf();
        for (long dimension : dimensions) {
            tensor.number(1, dimension);
        }
        return tensor.number(2, FLOAT).text(8, name).floats(9, values);
    }

    /** ValueInfoProto with a TypeProto with a TensorShapeProto. */
    private static Protobuf value(String name, long... dimensions) {
        Protobuf shape = new Protobuf();
        for (long dimension : dimensions) {
            shape.message(1, new Protobuf().number(1, dimension));
        }
        Protobuf type = new Protobuf().number(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, type));
    }
}
