#!/usr/bin/env python3
"""Golden vectors for the tests, made by PyTorch on the CPU (one thread, seeded, deterministic).

    pip install torch numpy
    python property-tests/golden/make_golden.py property-tests/src/test/resources/golden

Made with PyTorch 2.13. Two files hold the vectors, one the training runs:

golden.bin           raw little-endian floats and doubles
golden.tsv           one tensor a line: case, tensor, f32|f64, dimensions (2x3), byte offset, count
training_trace.tsv   one line a series: run, series, values as C hexadecimal doubles

Every input is exact in float32, so each case runs twice: in float32 (`f32.*`, what PyTorch itself answers) and in
float64 (`f64.*`, the truth for a float32 program). Layout: x[T][B][I], W_ih[G*H][I], W_hh[G*H][H], b[G*H], all
row-major; LSTM blocks in the order i, f, g, o. The loss of a recurrent case is <dy, y> + <dhT, hT> + <dcT, cT>, so
dy, dhT and dcT are the upstream gradients. `in.lengths` is there when the sequences of the batch differ in length.
"""
import math
import pathlib
import sys
import zlib

import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_num_threads(1)


class Vectors:
    """Collects tensors and writes golden.bin and golden.tsv."""

    def __init__(self):
        self.blob, self.rows = bytearray(), []

    def put(self, case, name, tensor):
        a = np.ascontiguousarray(tensor.detach().numpy())
        a = a.astype(a.dtype.newbyteorder('<'), copy=False)
        kind = 'f32' if a.dtype.itemsize == 4 else 'f64'
        dims = 'x'.join(map(str, a.shape)) or '1'
        self.rows.append((case, name, kind, dims, len(self.blob), a.size))
        self.blob.extend(a.tobytes())

    def put_case(self, case, inputs, run):
        for name, tensor in inputs.items():
            self.put(case, 'in.' + name, tensor)
        single, double = run(torch.float32), run(torch.float64)
        for name, tensor in double.items():
            self.put(case, 'f64.' + name, tensor)
            self.put(case, 'f32.' + name, single[name])

    def write(self, folder):
        (folder / 'golden.bin').write_bytes(bytes(self.blob))
        lines = ['\t'.join(map(str, row)) + '\n' for row in self.rows]
        (folder / 'golden.tsv').write_text(''.join(lines))
        print(len({row[0] for row in self.rows}), 'cases', len(self.rows), 'tensors', len(self.blob), 'bytes')


# ---- recurrent layers ------------------------------------------------------------------------------------------------

def lstm_loop(q):
    """A plain loop, to see the gates (after activation) and the cell states, which torch.nn.LSTM hides."""
    h, c, cells, gates = q['h0'], q['c0'], [], []
    for x in q['x']:
        z = x @ q['W_ih'].T + h @ q['W_hh'].T
        if 'b_ih' in q:
            z = z + q['b_ih'] + q['b_hh']
        i, f, g, o = z.chunk(4, -1)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = f * c + i * g
        h = o * c.tanh()
        cells.append(c)
        gates.append(torch.cat([i, f, g, o], -1))
    return torch.stack(cells), torch.stack(gates)


def elman_loop(q, g_h):
    """torch.nn.RNN knows tanh and relu only; sigmoid and identity are written out."""
    h, y = q['h0'], []
    for x in q['x']:
        h = g_h(x @ q['W_ih'].T + q['b_ih'] + h @ q['W_hh'].T + q['b_hh'])
        y.append(h)
    return torch.stack(y), h


def recurrent(kind, inputs, dtype):
    q = {k: v.detach().clone().to(dtype).requires_grad_(k[0] != 'd') for k, v in inputs.items() if k != 'lengths'}
    wanted = [k for k in ('x', 'h0', 'c0', 'W_ih', 'W_hh', 'b_ih', 'b_hh') if k in q]
    cT = None
    if kind in ('rnn_sigmoid', 'rnn_identity'):
        y, hT = elman_loop(q, torch.sigmoid if kind == 'rnn_sigmoid' else lambda z: z)
    else:
        inputs_size, hidden, bias = q['x'].shape[2], q['h0'].shape[1], 'b_ih' in q
        lstm = kind == 'lstm'
        layer = (torch.nn.LSTM(inputs_size, hidden, bias=bias) if lstm
                 else torch.nn.RNN(inputs_size, hidden, bias=bias, nonlinearity=kind[4:])).to(dtype)
        torch_names = dict(W_ih='weight_ih_l0', W_hh='weight_hh_l0', b_ih='bias_ih_l0', b_hh='bias_hh_l0')
        weights = {torch_names[k]: q[k] for k in wanted if k in torch_names}
        x = q['x']
        if 'lengths' in inputs:
            x = pack_padded_sequence(x, inputs['lengths'].long(), enforce_sorted=False)
        start = (q['h0'][None], q['c0'][None]) if lstm else q['h0'][None]
        y, end = torch.func.functional_call(layer, weights, (x, start))
        if 'lengths' in inputs:
            y, _ = pad_packed_sequence(y, total_length=q['x'].shape[0])
        hT = end[0][0] if lstm else end[0]
        cT = end[1][0] if lstm else None
    loss = (q['dy'] * y).sum() + (q['dhT'] * hT).sum()
    if cT is not None:
        loss = loss + (q['dcT'] * cT).sum()
    loss.backward()
    result = {'y': y, 'hT': hT}
    if cT is not None:
        result['cT'] = cT
    if kind == 'lstm' and 'lengths' not in inputs:
        with torch.no_grad():
            result['c_seq'], result['gates_ifgo'] = lstm_loop(q)
            tolerance = (1e-12 if dtype == torch.float64 else 1e-5) * max(1, cT.abs().max().item())
            assert torch.allclose(result['c_seq'][-1], cT, rtol=0, atol=tolerance), 'this loop is another LSTM'
    result.update({'d_' + k: q[k].grad for k in wanted})
    return result


def recurrent_case(vectors, kind, I, H, T, B, tag='', bias=True, zero=False, scale=None, saturate=False, lengths=None):
    case = f'{kind}_I{I}_H{H}_T{T}_B{B}' + (f'_{tag}' if tag else '')
    generator = torch.Generator().manual_seed(zlib.crc32(case.encode()))
    gates = 4 if kind == 'lstm' else 1
    scale = scale or 1 / math.sqrt(H)

    def uniform(*shape, bound=scale):
        return (torch.rand(*shape, generator=generator, dtype=torch.float32) * 2 - 1) * bound

    def normal(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float32)

    p = dict(x=normal(T, B, I), h0=uniform(B, H, bound=.5), W_ih=uniform(gates * H, I), W_hh=uniform(gates * H, H),
             dy=normal(T, B, H), dhT=normal(B, H))
    if kind == 'lstm':
        p['c0'], p['dcT'] = normal(B, H), normal(B, H)
    if bias:
        p['b_ih'], p['b_hh'] = uniform(gates * H), uniform(gates * H)
    if zero:
        p.update({k: torch.zeros_like(p[k]) for k in ('x', 'h0', 'c0') if k in p})
    if saturate:
        p['x'] = p['x'] * 30
    if lengths:
        p['lengths'] = torch.tensor(lengths, dtype=torch.float32)
    vectors.put_case(case, p, lambda dtype: recurrent(kind, p, dtype))


def recurrent_cases(vectors):
    for kind, sizes in (('rnn_tanh', [(1, 1, 5, 1), (3, 5, 7, 2), (10, 17, 10, 1), (2, 66, 3, 2)]),
                        ('rnn_relu', [(5, 1, 3, 2), (3, 5, 7, 2)]),
                        ('rnn_sigmoid', [(4, 6, 5, 2)]),
                        ('rnn_identity', [(4, 6, 5, 2)]),
                        ('lstm', [(1, 1, 5, 1), (2, 3, 4, 1), (3, 5, 7, 2), (5, 1, 3, 2), (10, 17, 10, 1)])):
        for size in sizes:
            recurrent_case(vectors, kind, *size)
    for kind in ('rnn_tanh', 'lstm'):
        recurrent_case(vectors, kind, 6, 9, 5, 2, 'nobias', bias=False)
        recurrent_case(vectors, kind, 4, 11, 6, 2, 'saturated', scale=1.5, saturate=True)
        recurrent_case(vectors, kind, 3, 6, 7, 4, 'lengths', lengths=[4, 7, 1, 6])
    recurrent_case(vectors, 'lstm', 4, 11, 6, 2, 'zerostate', zero=True)


# ---- output layers with their losses ---------------------------------------------------------------------------------

def dense(activation, loss, inputs, dtype):
    q = {k: inputs[k].detach().clone().to(dtype).requires_grad_() for k in ('x', 'W', 'b')}
    target = inputs['target'].to(dtype)
    z = q['x'] @ q['W'].T + q['b']
    y = dict(identity=lambda: z, sigmoid=lambda: z.sigmoid(), tanh=lambda: z.tanh(),
             softmax=lambda: z.softmax(-1))[activation]()
    value = dict(mse=lambda: torch.nn.functional.mse_loss(y, target),
                 ce=lambda: torch.nn.functional.cross_entropy(z, target.long()),
                 bce=lambda: torch.nn.functional.binary_cross_entropy_with_logits(z, target))[loss]()
    value.backward()
    return {'y': y, 'loss': value, 'd_x': q['x'].grad, 'd_W': q['W'].grad, 'd_b': q['b'].grad}


def dense_cases(vectors):
    N, I, O = 7, 5, 3
    for activation, loss in (('identity', 'mse'), ('tanh', 'mse'), ('sigmoid', 'mse'), ('sigmoid', 'bce'), ('softmax', 'ce')):
        case = f'dense_{activation}_{loss}_N{N}_I{I}_O{O}'
        generator = torch.Generator().manual_seed(zlib.crc32(case.encode()))
        p = dict(x=torch.randn(N, I, generator=generator), W=torch.randn(O, I, generator=generator),
                 b=torch.randn(O, generator=generator),
                 target=torch.randint(0, O, (N,), generator=generator).float() if loss == 'ce'
                 else torch.rand(N, O, generator=generator))
        vectors.put_case(case, p, lambda dtype: dense(activation, loss, p, dtype))


# ---- training runs ---------------------------------------------------------------------------------------------------

class Lcg:
    """The generator of the initial weights: a test remakes them without a file."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 40) / float(1 << 24)


def initial_weights(kind, I, H, O, seed):
    """W_ih, W_hh, the one bias b = b_ih + b_hh, W_hy, b_y: uniform in +-1/sqrt(H), rounded to float32."""
    lcg, gates, bound = Lcg(seed), 4 if kind == 'lstm' else 1, 1 / math.sqrt(H)
    weights = []
    for shape in ((gates * H, I), (gates * H, H), (gates * H,), (O, H), (O,)):
        values = [np.float32((2 * lcg.uniform() - 1) * bound) for _ in range(math.prod(shape))]
        weights.append(torch.tensor(np.array(values), dtype=torch.float64).reshape(shape).requires_grad_())
    return weights


def train(kind, I, H, O, seed, batch, loss_of, optimizer, rate, steps, clip=math.inf, carry=False):
    weights = initial_weights(kind, I, H, O, seed)
    W_ih, W_hh, b, W_hy, b_y = weights
    optimizer = dict(sgd=lambda: torch.optim.SGD(weights, lr=rate),
                     momentum=lambda: torch.optim.SGD(weights, lr=rate, momentum=.9),
                     adagrad=lambda: torch.optim.Adagrad(weights, lr=rate),
                     adam=lambda: torch.optim.Adam(weights, lr=rate),
                     adamw=lambda: torch.optim.AdamW(weights, lr=rate))[optimizer]()
    losses, norms, h, c = [], [], None, None
    for step in range(steps):
        xs, target = batch(step)
        if h is None or not carry:
            h = torch.zeros(xs.shape[1], H, dtype=torch.float64)
            c = h.clone()
        h, c, ys = h.detach(), c.detach(), []
        for x in xs:
            z = x @ W_ih.T + h @ W_hh.T + b
            if kind == 'lstm':
                i, f, g, o = z.chunk(4, -1)
                c = f.sigmoid() * c + i.sigmoid() * g.tanh()
                h = o.sigmoid() * c.tanh()
            else:
                h = z.tanh()
            ys.append(h @ W_hy.T + b_y)
        loss = loss_of(torch.stack(ys), target)
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(weights, clip).item())
        optimizer.step()
        losses.append(loss.item())
    return losses, norms


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def training_runs():
    """Yields (name, losses, norms). count: 0,1,2,3,4 -> 5; sine: next sample of two tones; chars: next character."""
    starts = range(6)
    count_x = tensor([[[(s + t) / 10] for s in starts] for t in range(5)])
    count_y = tensor([[(s + 5) / 10] for s in starts])
    for kind in ('rnn', 'lstm'):
        for optimizer, rate in (('sgd', .1), ('momentum', .05), ('adagrad', .05), ('adam', .01), ('adamw', .01)):
            yield f'count_{kind}_{optimizer}', *train(kind, 1, 8, 1, 42, lambda step: (count_x, count_y),
                                                      lambda y, t: ((y[-1] - t) ** 2).mean(), optimizer, rate, 300)
    wave = [0.6 * math.sin(2 * math.pi * n * 5 / 160) + 0.3 * math.sin(2 * math.pi * n * 13 / 160) for n in range(3201)]

    def window(step):
        a = step % 160 * 20
        return tensor([[[wave[a + t]]] for t in range(20)]), tensor([[[wave[a + t + 1]]] for t in range(20)])

    for kind, optimizer, rate in (('lstm', 'adam', .01), ('rnn', 'sgd', .05)):
        yield f'sine_{kind}_{optimizer}_tbptt', *train(kind, 1, 12, 1, 7, window, lambda y, t: ((y - t) ** 2).mean(),
                                                       optimizer, rate, 320, carry=True)
    text = 'the king and the queen; the man and the woman. '
    alphabet = sorted(set(text))
    index = torch.tensor([alphabet.index(character) for character in text])
    size = len(alphabet)
    one_hot = torch.nn.functional.one_hot(index[:-1], size).double()[:, None]
    for kind, optimizer, rate in (('lstm', 'adam', .02), ('rnn', 'sgd', .5)):
        yield f'chars_{kind}_{optimizer}_clip', *train(kind, size, 16, size, 11, lambda step: (one_hot, index[1:]),
                                                       lambda y, t: torch.nn.functional.cross_entropy(y[:, 0], t),
                                                       optimizer, rate, 200, clip=1.0)


def write_training_runs(folder):
    """Every step to 20, then every 20th, and the last: the file stays small and still sees the whole run."""
    lines = []
    for name, losses, norms in training_runs():
        steps = [s for s in range(len(losses)) if s <= 20 or s % 20 == 0 or s == len(losses) - 1]
        lines.append(f'{name}\tsteps\t' + ' '.join(map(str, steps)) + '\n')
        for series, values in (('loss', losses), ('gradnorm', norms)):
            lines.append(f'{name}\t{series}\t' + ' '.join(values[s].hex() for s in steps) + '\n')
        print(f'{name:28s} loss {losses[0]:.6g} -> {losses[-1]:.6g}  largest gradient norm {max(norms):.3g}')
    (folder / 'training_trace.tsv').write_text(''.join(lines))


if __name__ == '__main__':
    target_folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    target_folder.mkdir(parents=True, exist_ok=True)
    golden = Vectors()
    recurrent_cases(golden)
    dense_cases(golden)
    golden.write(target_folder)
    write_training_runs(target_folder)
