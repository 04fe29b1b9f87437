#!/usr/bin/env python3
"""Small models of PyTorch, Keras and ONNX with their inputs and answers, for the tests of the weight converters.

    pip install torch safetensors numpy                 python make_models.py torch FOLDER
    pip install tensorflow-cpu safetensors              python make_models.py keras FOLDER
    pip install onnx onnxruntime safetensors numpy      python make_models.py onnx FOLDER

FOLDER is property-tests/src/test/resources/models. Made with PyTorch 2.13, Keras 3.15 (TensorFlow 2.21), ONNX 1.23 and ONNX Runtime 1.30; CPU,
seeded. The bidirectional models of ONNX are there as .onnx files too. Each safetensors file holds one model: the framework's tensors by the framework's own names, and

    in.x [T][N][I]    f32.NAME    f64.NAME      input, the framework's answer in float32, and the same in float64

ONNX Runtime has no float64 LSTM: its float64 answer is that of the operator's equations in numpy, which must be near its own.
All weights and inputs are exact in float32. The text `lengths` says how long each sequence of the batch is; what follows is padding.
"""
import pathlib
import sys

import numpy as np
from safetensors.numpy import save_file

T, N, I = 6, 3, 5
LENGTHS = [6, 4, 1]


def put(folder, case, weights, x, single, double, **texts):
    """Writes one case. The answers are time-major, and zero after the end of a sequence where there are lengths."""
    tensors = {name: np.ascontiguousarray(w, np.float32) for name, w in weights.items()}
    tensors['in.x'] = x
    for name in double:
        tensors['f32.' + name] = np.ascontiguousarray(single[name], np.float32)
        tensors['f64.' + name] = np.ascontiguousarray(double[name], np.float64)
    texts['made_with'] = MADE_WITH
    save_file(tensors, folder / (case + '.safetensors'), texts)
    print(case, (folder / (case + '.safetensors')).stat().st_size, 'bytes')


def rows(lengths):
    return ','.join(map(str, lengths))


def random(rng, *shape, scale=1.0):
    return (scale * rng.standard_normal(shape)).astype(np.float32)


# ---- PyTorch ---------------------------------------------------------------------------------------------------------

def make_torch(folder):
    import torch
    from safetensors.torch import save_file as save_torch
    from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
    torch.set_num_threads(1)
    torch.manual_seed(5)
    rng = np.random.default_rng(5)

    def both(case, module, run, x, **texts):
        with torch.no_grad():
            for p in module.parameters():
                p.copy_(torch.from_numpy(random(rng, *p.shape, scale=0.4)))
            weights = {name: p.numpy().copy() for name, p in module.state_dict().items()}
            single = {k: v.numpy() for k, v in run(module, torch.from_numpy(x)).items()}
            double = {k: v.numpy() for k, v in run(module.double(), torch.from_numpy(x).double()).items()}
        put(folder, case, weights, x, single, double, **texts)

    def plain(module, x):
        y, state = module.layer(x)
        return {'y': y, **({'hT': state[0], 'cT': state[1]} if isinstance(state, tuple) else {'hT': state})}

    def packed(module, x):
        y, _ = module.layer(pack_padded_sequence(x, LENGTHS))
        y, _ = pad_packed_sequence(y, total_length=T)
        return {'y': y, 'z': module.head(y)}

    def wrap(layer, head=None):
        module = torch.nn.Module()
        module.layer = layer
        if head is not None:
            module.head = head
        return module

    x = random(rng, T, N, I)
    nn = torch.nn
    both('torch_lstm', wrap(nn.LSTM(I, 17)), plain, x)
    both('torch_lstm_nobias', wrap(nn.LSTM(I, 3, bias=False)), plain, x)
    both('torch_lstm_stack', wrap(nn.LSTM(I, 6, num_layers=2, bidirectional=True), nn.Linear(12, 4)), packed, x, lengths=rows(LENGTHS))
    both('torch_rnn_tanh', wrap(nn.RNN(I, 17)), plain, x)
    both('torch_rnn_relu_stack', wrap(nn.RNN(I, 6, num_layers=2, bidirectional=True, nonlinearity='relu'), nn.Linear(12, 4, bias=False)),
         packed, x, lengths=rows(LENGTHS))

    def cells(module, x):
        h, c = module.lstm(x[0])
        return {'h': module.rnn(h), 'c': c}

    pair = nn.Module()
    pair.lstm, pair.rnn = nn.LSTMCell(I, 4), nn.RNNCell(4, 3)
    both('torch_cells', pair, cells, x)

    # The same numbers in all float types, to compare bit for bit; names and a text that need escapes.
    edge = torch.tensor([0.0, -0.0, 1.0, -2.5, 65504.0, 6e-8, 3.4e38, 1e-45, float('inf'), float('-inf'), 1 / 3, 257.0])
    save_torch({'f32': edge, 'f64': edge.double() * 1.0000000001, 'f16': edge.half(), 'bf16': edge.bfloat16(),
                'f64 as f32': (edge.double() * 1.0000000001).float(), 'f16 as f32': edge.half().float(), 'bf16 as f32': edge.bfloat16().float(),
                'i64': torch.arange(3), 'scalar': torch.tensor(7.0), 'none': torch.zeros(0, 4), 'a "b"\\\n\t\x01 é 漢 \U0001f600': torch.ones(1, 2)},
               folder / 'types.safetensors', {'note': 'line "1"\nline 2\\ \x7f\x1f é \U0001f600'})


# ---- Keras -----------------------------------------------------------------------------------------------------------

def make_keras(folder):
    import keras
    rng = np.random.default_rng(6)
    x = random(rng, T, N, I)
    mask = np.arange(T)[None, :] < np.array(LENGTHS)[:, None]

    def both(case, make, x, mask=None, **texts):
        answers, weights = {}, None
        for dtype in 'float32', 'float64':
            layer = make(dtype)
            inputs = keras.Input((T, I), dtype=dtype)
            model = keras.Model(inputs, layer(inputs))
            if weights is None:
                weights = [random(rng, *w.shape, scale=0.4) for w in model.get_weights()]
                names = [v.path for v in model.weights]
            model.set_weights(weights)
            batch = keras.ops.convert_to_tensor(x.swapaxes(0, 1), dtype)
            y = np.array(layer(batch, mask=keras.ops.convert_to_tensor(mask)) if mask is not None else layer(batch))
            answers[dtype] = {'y': y.swapaxes(0, 1)}
        put(folder, case, dict(zip(names, weights)), x, answers['float32'], answers['float64'], **texts)

    L = keras.layers
    both('keras_lstm', lambda d: L.LSTM(17, return_sequences=True, dtype=d, name='lstm'), x)
    both('keras_lstm_nobias', lambda d: L.LSTM(3, return_sequences=True, use_bias=False, dtype=d, name='lstm'), x)
    both('keras_bidirectional', lambda d: L.Bidirectional(L.LSTM(6, return_sequences=True, zero_output_for_mask=True, dtype=d, name='lstm'),
                                                          dtype=d, name='bidirectional'), x, mask, lengths=rows(LENGTHS))
    both('keras_rnn_tanh', lambda d: L.SimpleRNN(17, return_sequences=True, dtype=d, name='simple_rnn'), x)
    both('keras_rnn_relu', lambda d: L.SimpleRNN(4, activation='relu', return_sequences=True, dtype=d, name='simple_rnn'), x)
    both('keras_dense', lambda d: L.Dense(18, activation='softmax', dtype=d, name='dense'), x)


# ---- ONNX ------------------------------------------------------------------------------------------------------------

def make_onnx(folder):
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper
    rng = np.random.default_rng(7)
    x = random(rng, T, N, I)

    def run(case, op, arrays, inputs, attributes):
        node = helper.make_node(op, inputs, ['y'], name=op, **attributes)
        shaped = x.reshape(-1, I) if op == 'Gemm' else x
        rank = ['a', 'b'] if op == 'Gemm' else ['a', 'b', 'c', 'd']
        graph = helper.make_graph([node], 'g', [helper.make_tensor_value_info('x', TensorProto.FLOAT, shaped.shape)],
                                  [helper.make_tensor_value_info('y', TensorProto.FLOAT, rank)],
                                  [numpy_helper.from_array(a, name) for name, a in arrays.items()])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
        onnx.checker.check_model(model)
        if case.endswith('bidirectional'):
            (folder / (case + '.onnx')).write_bytes(model.SerializeToString())
        y, = onnxruntime.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider']).run(None, {'x': shaped})
        # [T][directions][N][H] to [T][N][directions * H]
        return y.reshape(T, N, -1) if op == 'Gemm' else y.transpose(0, 2, 1, 3).reshape(T, N, -1)

    def equations(op, arrays, attributes):
        a = {name: values.astype(np.float64) for name, values in arrays.items()}
        if op == 'Gemm':
            return x @ (a['B'].T if attributes.get('transB') else a['B']) + a['C']
        sides = []
        for d in range(a['W'].shape[0]):
            h = c = np.zeros((N, a['R'].shape[2]))
            y = []
            for t in reversed(range(T)) if d else range(T):
                z = x[t].astype(np.float64) @ a['W'][d].T + h @ a['R'][d].T + (a['B'][d].reshape(2, -1).sum(0) if 'B' in a else 0)
                if op == 'LSTM':
                    i, o, f, g = np.split(z, 4, -1)
                    sigmoid = lambda v: 1 / (1 + np.exp(-v))
                    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                    h = sigmoid(o) * np.tanh(c)
                else:
                    h = np.maximum(z, 0) if 'activations' in attributes else np.tanh(z)
                y.append(h)
            sides.append(np.stack(y[::-1] if d else y))
        return np.concatenate(sides, -1)

    def both(case, op, arrays, inputs, **attributes):
        single, double = run(case, op, arrays, inputs, attributes), equations(op, arrays, attributes)
        assert np.abs(single - double).max() <= 1e-6 * np.abs(double).max(), case
        put(folder, case, arrays, x, {'y': single}, {'y': double})

    def recurrent(gates, h, directions=1, bias=True):
        shapes = {'W': (directions, gates * h, I), 'R': (directions, gates * h, h)} | ({'B': (directions, 2 * gates * h)} if bias else {})
        return {name: random(rng, *shape, scale=0.4) for name, shape in shapes.items()}

    wrb = ['x', 'W', 'R', 'B']
    both('onnx_lstm', 'LSTM', recurrent(4, 17), wrb, hidden_size=17)
    both('onnx_lstm_nobias', 'LSTM', recurrent(4, 3, bias=False), wrb[:3], hidden_size=3)
    both('onnx_lstm_bidirectional', 'LSTM', recurrent(4, 6, 2), wrb, hidden_size=6, direction='bidirectional')
    both('onnx_rnn_tanh', 'RNN', recurrent(1, 17), wrb, hidden_size=17)
    both('onnx_rnn_relu_bidirectional', 'RNN', recurrent(1, 4, 2), wrb, hidden_size=4, direction='bidirectional', activations=['Relu', 'Relu'])
    both('onnx_gemm', 'Gemm', {'B': random(rng, I, 18), 'C': random(rng, 18)}, ['x', 'B', 'C'])
    both('onnx_gemm_transposed', 'Gemm', {'B': random(rng, 18, I), 'C': random(rng, 18)}, ['x', 'B', 'C'], transB=1)


if __name__ == '__main__':
    from importlib.metadata import version
    maker, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    packages = {'torch': ['torch'], 'keras': ['keras', 'tensorflow-cpu'], 'onnx': ['onnx', 'onnxruntime']}[maker]
    MADE_WITH = ', '.join(p + ' ' + version(p) for p in packages)
    folder.mkdir(parents=True, exist_ok=True)
    {'torch': make_torch, 'keras': make_keras, 'onnx': make_onnx}[maker](folder)
