"""The quality anchors with PyTorch on one thread, as io.github.lanewise.bench.anchors does them: same sizes, batches, rates and clipping.
PyTorch has two biases where Lanewise has one; apart from that the losses of equal starts agree to seven digits over 200 updates (characters).

    python3 anchors.py chorales|characters|adding|temperatures [FILE] [--cell rnn] [--seed N] [--updates N]     (pip install torch numpy)

With --updates only the time of so many updates is printed. --packed gives chorales to PyTorch as packed sequences instead of padded ones.
"""
import argparse, csv, json, time
import numpy as np, torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, mse_loss
from torch.nn.utils.rnn import pack_sequence, pad_sequence

parser = argparse.ArgumentParser()
parser.add_argument("task", choices=["chorales", "characters", "adding", "temperatures"])
parser.add_argument("file", nargs="?")
parser.add_argument("--cell", choices=["lstm", "rnn"], default="lstm")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--updates", type=int)
parser.add_argument("--packed", action="store_true")
options = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(options.seed)
random = np.random.default_rng(options.seed)


class Network(torch.nn.Module):
    def __init__(self, inputs, hidden, outputs, rate):
        super().__init__()
        self.cell = torch.nn.LSTM(inputs, hidden) if options.cell == "lstm" else torch.nn.RNN(inputs, hidden)
        self.output = torch.nn.Linear(hidden, outputs)
        self.adam = torch.optim.Adam(self.parameters(), lr=rate)

    def improve(self, loss):
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters(), 1)
        self.adam.step()
        return loss.item()


class Chorales:
    def __init__(self):
        parts = json.load(open(options.file))
        self.training, self.validation, self.test = ([self.keys(c) for c in parts[p]] for p in ("train", "valid", "test"))
        self.network = Network(88, 100, 88, 0.003)
        self.per_epoch = len(self.training) // 2
        self.count, self.next, self.best, self.at_best = 40 * self.per_epoch, 0, np.inf, np.nan

    def keys(self, chorale):
        x = np.zeros((len(chorale), 88), np.float32)
        for row, notes in zip(x, chorale):
            row[np.array(notes, int) - 21] = 1
        return torch.tensor(x)

    def loss(self, batch):
        batch = sorted(batch, key=lambda c: -len(c))
        inputs, targets = [c[:-1] for c in batch], [c[1:] for c in batch]
        if options.packed:
            h = self.network.cell(pack_sequence(inputs))[0].data
            targets = pack_sequence(targets).data
        else:
            runs = torch.arange(len(inputs[0]))[:, None] < torch.tensor([len(c) for c in inputs])
            h = self.network.cell(pad_sequence(inputs))[0][runs]
            targets = pad_sequence(targets)[runs]
        return binary_cross_entropy_with_logits(self.network.output(h), targets, reduction="sum") / len(h), len(h)

    def update(self):
        if self.next == 0:
            self.order = random.permutation(len(self.training))
        batch = [self.training[i] for i in self.order[self.next * 2:self.next * 2 + 2]]
        self.next = (self.next + 1) % self.per_epoch
        return self.network.improve(self.loss(batch)[0])

    def mean(self, part):
        losses = [self.loss(part[i:i + 2]) for i in range(0, len(part), 2)]
        return sum(l.item() * n for l, n in losses) / sum(n for _, n in losses)

    def inspect(self, done):
        if done % self.per_epoch == 0:
            valid = self.mean(self.validation)
            if valid < self.best:
                self.best, self.at_best = valid, self.mean(self.test)
            return f"epoch {done // self.per_epoch}: validation {valid:.4f}, best {self.best:.4f}, test at the best {self.at_best:.4f}"

    def quality(self):
        return self.at_best


class Characters:
    def __init__(self):
        text = open(options.file).read()
        known = {c: i for i, c in enumerate(sorted(set(text)))}
        self.text, self.alphabet = torch.tensor([known[c] for c in text]), len(known)
        self.length = len(text) * 9 // 10
        self.network = Network(self.alphabet, 128, self.alphabet, 0.002)
        self.training, self.test = self.streams(0, self.length), self.streams(self.length, len(text))
        self.per_epoch, self.next, self.result = self.training[0].shape[0] // 50, 0, np.nan
        self.count = 2 * self.per_epoch

    def streams(self, start, end):
        stream = (end - start - 1) // 32
        rows = lambda first: self.text[start + first:start + first + 32 * stream].reshape(32, stream).T.contiguous()
        return rows(0), rows(1)

    def loss(self, part, update):
        if update == 0:
            self.state = None
        x, target = (rows[update * 50:update * 50 + 50] for rows in part)
        h, state = self.network.cell(torch.nn.functional.one_hot(x, self.alphabet).float(), self.state)
        self.state = tuple(s.detach() for s in state) if options.cell == "lstm" else state.detach()
        return cross_entropy(self.network.output(h).flatten(0, 1), target.flatten())

    def update(self):
        loss = self.loss(self.training, self.next)
        self.next = (self.next + 1) % self.per_epoch
        return self.network.improve(loss)

    def inspect(self, done):
        if done % self.per_epoch == 0:
            self.result = np.mean([self.loss(self.test, i).item() for i in range(self.test[0].shape[0] // 50)])
            return f"epoch {done // self.per_epoch}: test {self.result:.4f}"

    def quality(self):
        return self.result


class Adding:
    count, solved = 3000, None

    def __init__(self):
        self.network = Network(2, 64, 1, 0.01)

    def loss(self, source):
        x = np.zeros((100, 32, 2), np.float32)
        x[:, :, 0] = source.random((100, 32), np.float32)
        rows = np.arange(32)
        x[source.integers(0, 50, 32), rows, 1] = 1
        x[50 + source.integers(0, 50, 32), rows, 1] = 1
        h = self.network.cell(torch.from_numpy(x))[0][-1]
        return mse_loss(self.network.output(h)[:, 0], torch.from_numpy((x[:, :, 0] * x[:, :, 1]).sum(0)))

    def update(self):
        return self.network.improve(self.loss(random))

    def inspect(self, done):
        if done % 25 == 0:
            others = np.random.default_rng(10 ** 6 + options.seed)
            error = np.mean([self.loss(others).item() for _ in range(32)])
            if error < 0.01:
                self.solved = done
            return f"{done} updates: test MSE {error:.5f}" if self.solved or done % 250 == 0 else None

    def quality(self):
        return self.solved or np.nan


class Temperatures:
    count = 1000

    def __init__(self):
        series = np.array([float(row[-1]) for row in list(csv.reader(open(options.file)))[1:]])
        self.length = len(series) * 4 // 5
        mean, self.deviation = series[:self.length].mean(), series[:self.length].std()
        self.series = torch.tensor((series - mean) / self.deviation, dtype=torch.float32)
        self.network = Network(1, 16, 1, 0.003)

    def update(self):
        starts = torch.from_numpy(random.integers(0, self.length - 64, 32))
        windows = self.series[starts + torch.arange(65)[:, None]]
        y = self.network.output(self.network.cell(windows[:-1, :, None])[0])[:, :, 0]
        return self.network.improve(mse_loss(y, windows[1:]))

    def inspect(self, done):
        return f"{done} updates: test RMSE {self.quality():.4f}" if done % 200 == 0 else None

    def quality(self):
        y = self.network.output(self.network.cell(self.series[:-1, None, None])[0])[:, 0, 0]
        return self.deviation * (y - self.series[1:])[self.length - 1:].square().mean().sqrt().item()


anchor = {"chorales": Chorales, "characters": Characters, "adding": Adding, "temperatures": Temperatures}[options.task]()
count = options.updates or anchor.count
seconds, done = 0.0, 0
while done < count and not getattr(anchor, "solved", None):
    start = time.perf_counter()
    anchor.update()
    seconds += time.perf_counter() - start
    done += 1
    if done == count // 2:
        half = seconds
    with torch.no_grad():
        line = None if options.updates else anchor.inspect(done)
    if line:
        print(f"{line}, {seconds:.2f} s", flush=True)
who = f"PyTorch {torch.__version__} {options.task}, {options.cell}, seed {options.seed}"
if options.updates:
    print(f"{who}: {count} updates in {seconds:.2f} s, second half {(seconds - half) / (count - count // 2) * 1e3:.3f} ms an update")
else:
    print(f"{who}: {anchor.quality():.4f}; {done} updates in {seconds:.2f} s")
