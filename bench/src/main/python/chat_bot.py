"""The chat-bot's training with PyTorch on one thread: same first weights, tokens, batches, loss, clipping and Adam as BotTrainer.java.

    ./lanewise chat --train FILE.tsv --model start.safetensors --epochs 0 --validation 0 --word-dropout 0 --turns 0
    ./lanewise chat --train FILE.tsv --epochs N --validation 0 --word-dropout 0 --turns 0 --json
    python3 chat_bot.py FILE.tsv start.safetensors N          (pip install torch numpy)

Prints the mean loss of each epoch, in nats a token, and tokens per second. Give both the same --batch, --learning-rate and --seed.
"""
import argparse, json, re, struct, time
import numpy as np, torch

UNKNOWN, START, END = 0, 1, 2
MASK = (1 << 64) - 1
parser = argparse.ArgumentParser()
parser.add_argument("dialogue")
parser.add_argument("start")
parser.add_argument("epochs", type=int)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--learning-rate", type=float, default=0.003)
parser.add_argument("--clip", type=float, default=1)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
torch.set_num_threads(1)


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def order(length, epoch):
    random = SplitMix64(SplitMix64(options.seed).next() + epoch)
    numbers = list(range(length))
    for i in range(length - 1, 0, -1):
        j = ((random.next() >> 33) * (i + 1)) >> 31
        numbers[i], numbers[j] = numbers[j], numbers[i]
    return numbers


WORD = re.compile(r"[^\W_]+(?:['_.-][^\W_]+)*|\S")


def question(text):
    text = re.sub(r"\b(what|who|where|how|it|that|there|here|he|she)'s\b", r"\1 is", text.lower().replace("’", "'"))
    for short, long in {"i'm": "i am", "you're": "you are", "don't": "do not", "can't": "can not", "i've": "i have"}.items():
        text = text.replace(short, long)
    return [word for word in WORD.findall(text) if re.search(r"[^\W_]|[+*/=<>%-]", word)]


def answer(text):
    end, tokens = -1, []
    for match in WORD.finditer(text):
        tokens.append(("##" if match.start() == end else "") + match.group())
        end = match.end()
    return tokens


with open(options.start, "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()
words = header["__metadata__"]["chat.words"].split("\n")
number = {word: i for i, word in enumerate(words)}
state = {name: torch.tensor(np.frombuffer(data[t["data_offsets"][0]:t["data_offsets"][1]], np.float32).reshape(t["shape"]).copy())
         for name, t in header.items() if name != "__metadata__"}


class Bot(torch.nn.Module):
    def __init__(self):
        super().__init__()
        tokens, dimension = state["embedding.weight"].shape
        hidden = state["encoder.weight_hh_l0"].shape[1]
        self.embedding = torch.nn.Embedding(tokens, dimension)
        self.encoder = torch.nn.LSTM(dimension, hidden)
        self.decoder = torch.nn.LSTM(dimension, hidden)
        self.output = torch.nn.Linear(hidden, tokens)


bot = Bot()
bot.load_state_dict(state)
for name, parameter in bot.named_parameters():
    # PyTorch has two biases per gate, whose sum counts; a second one that learns would double the step.
    parameter.requires_grad_(not name.endswith("bias_hh_l0"))
parameters = [p for p in bot.parameters() if p.requires_grad]
adam = torch.optim.Adam(parameters, lr=options.learning_rate)

exchanges = []
with open(options.dialogue, encoding="utf-8") as file:
    for line in file.read().split("\n"):
        if line.strip():
            asked, said = line.rstrip("\r").split("\t")[:2]
            exchanges.append(([number[w] for w in question(asked.strip())], [number[w] for w in answer(said.strip())]))
exchanges = [exchanges[i] for i in order(len(exchanges), 0)]

done, began = 0, time.perf_counter()
for epoch in range(1, options.epochs + 1):
    total, scored = 0.0, 0
    shuffled = order(len(exchanges), epoch)
    for first in range(0, len(shuffled), options.batch):
        batch = sorted((exchanges[i] for i in shuffled[first:first + options.batch]), key=lambda e: -len(e[1]))
        source = torch.nn.utils.rnn.pad_sequence([torch.tensor(s) for s, _ in batch])
        lengths = torch.tensor([len(s) for s, _ in batch])
        given = torch.nn.utils.rnn.pad_sequence([torch.tensor([START] + t) for _, t in batch])
        wanted = torch.nn.utils.rnn.pad_sequence([torch.tensor(t + [END]) for _, t in batch], padding_value=-1)
        packed = torch.nn.utils.rnn.pack_padded_sequence(bot.embedding(source), lengths, enforce_sorted=False)
        _, last = bot.encoder(packed)
        hidden, _ = bot.decoder(bot.embedding(given), last)
        mask = wanted >= 0
        loss = torch.nn.functional.cross_entropy(bot.output(hidden[mask]), wanted[mask])
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, options.clip)
        adam.step()
        count = int(mask.sum())
        total, scored = total + loss.item() * count, scored + count
        done += count + int(lengths.sum())
    print(f"epoch {epoch}: loss {total / scored:.6f}")
seconds = time.perf_counter() - began
print(f"PyTorch {torch.__version__}: {seconds:.2f} s, {done / seconds:.0f} tokens per second, {len(words)} tokens in the vocabulary")
