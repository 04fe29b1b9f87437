"""Spoken digits with PyTorch on one thread, as SpokenDigits.java does it: same features, sizes, batches and schedule.

Usage: spoken_digits.py FOLDER_WITH_WAVS [SEED] [packed|padded]     (pip install torch numpy)
"""
import glob, os, sys, time, wave
import numpy as np, torch

torch.set_num_threads(1)
folder, seed, mode = sys.argv[1], int((sys.argv + ["", "1"])[2] or 1), (sys.argv + ["", "", "packed"])[3] if len(sys.argv) > 3 else "packed"
BANDS, HIDDEN, BATCH, EPOCHS, RATE = 17, 64, 32, 30, 0.005

mel = lambda hertz: 2595 * np.log10(1 + hertz / 700)
window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(256) / 256)
first = mel(100); width = (mel(4000) - first) / (BANDS + 1)
bank = np.maximum(0, 1 - np.abs(mel(np.arange(129) * 8000 / 256)[None] - (first + (np.arange(BANDS) + 1) * width)[:, None]) / width)


def bands(x):
    frames = max(1, (len(x) - 256) // 128 + 1)
    x = np.pad(x, (0, max(0, 256 - len(x))))
    power = np.abs(np.fft.rfft(np.stack([x[i * 128:i * 128 + 256] for i in range(frames)]) * window)) ** 2
    return np.log(power @ bank.T + 1e-6).astype(np.float32)


train, test = [], []
for file in sorted(glob.glob(os.path.join(folder, "**", "*.wav"), recursive=True)):
    digit, _, number = os.path.basename(file)[:-4].split("_")
    with wave.open(file) as w:
        x = np.frombuffer(w.readframes(-1), "<i2") / 32768
    (test if int(number) < 5 else train).append((bands(x), int(digit)))
every = np.concatenate([x for x, _ in train])
mean, deviation = every.mean(0), every.std(0)
train = [(torch.tensor((x - mean) / deviation), d) for x, d in train]
test = [(torch.tensor((x - mean) / deviation), d) for x, d in test]

torch.manual_seed(seed)
lstm, dense = torch.nn.LSTM(BANDS, HIDDEN), torch.nn.Linear(HIDDEN, 10)
with torch.no_grad():
    lstm.bias_hh_l0.zero_()
    lstm.bias_ih_l0[HIDDEN:2 * HIDDEN] = 1
parameters = list(lstm.parameters()) + list(dense.parameters())
adam = torch.optim.Adam(parameters, lr=RATE)


def logits(batch):
    batch = sorted(batch, key=lambda r: -len(r[0]))
    lengths = torch.tensor([len(x) for x, _ in batch])
    xs = torch.nn.utils.rnn.pad_sequence([x for x, _ in batch])
    if mode == "packed":
        _, (h, _) = lstm(torch.nn.utils.rnn.pack_padded_sequence(xs, lengths))
        h = h[0]
    else:
        ys, _ = lstm(xs)
        h = ys[lengths - 1, torch.arange(len(batch))]
    return dense(h), torch.tensor([d for _, d in batch])


def accuracy(recordings):
    with torch.no_grad():
        right = 0
        for i in range(0, len(recordings), BATCH):
            y, digits = logits(recordings[i:i + BATCH])
            right += (y.argmax(1) == digits).sum().item()
    return right / len(recordings)


updates = len(train) // BATCH
random = np.random.default_rng(seed)
start = time.perf_counter()
for epoch in range(EPOCHS):
    order = random.permutation(len(train))
    for update in range(updates):
        for group in adam.param_groups:
            group["lr"] = RATE * 0.5 * (1 + np.cos(np.pi * (epoch + update / updates) / EPOCHS))
        y, digits = logits([train[i] for i in order[update * BATCH:(update + 1) * BATCH]])
        loss = torch.nn.functional.cross_entropy(y, digits)
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1)
        adam.step()
seconds = time.perf_counter() - start
print(f"PyTorch {torch.__version__} ({mode}): {100 * accuracy(test):.2f} % of {len(test)} right (training {100 * accuracy(train):.2f} %); trained in {seconds:.2f} s")
