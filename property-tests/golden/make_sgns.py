#!/usr/bin/env python3
"""Small golden updates of word2vec with negative sampling: what the matrices are after one training step, in double precision.

    python make_sgns.py FOLDER          FOLDER is property-tests/src/test/resources/golden; plain Python, nothing to install

Writes sgns.tsv (case, tensor, f32|f64|i32, dimensions, byte offset, count) and sgns.bin (little endian). A case has the inputs syn0 [words][D],
syn1neg [words][D], context (input words, maybe repeated), targets (the first is the true one, the others may repeat), labels; rate is 0.025f. For each
rule it has RULE.syn0 and RULE.syn1neg, the matrices after the step:

    seq        word2vec.c: hidden = mean of the context; one target after the other, each moves at once, the context last by the whole error
    seqtable   the same with word2vec.c's sigmoid table (index (int) ((f + 6) * 83); 1 above 6, 0 below -6)
    corrected  as seq, but each context word moves by the error over the number of context words (arXiv 2012.15332)
    window     every (context, target) pair on its own, all gradients at the old values, a pair that occurs n times counts n times
"""
import math
import pathlib
import random
import struct
import sys

RATE = struct.unpack('f', struct.pack('f', 0.025))[0]
TABLE = [1 / (1 + math.exp(-(i / 1000 * 2 - 1) * 6)) for i in range(1000)]


def exact(f):
    return 1 / (1 + math.exp(-f))


def table(f):
    if f > 6:
        return 1.0
    if f < -6:
        return 0.0
    return TABLE[int((f + 6) * 83)]


def dot(a, b):
    return math.fsum(x * y for x, y in zip(a, b))


def one_after_the_other(syn0, syn1, context, targets, labels, sigmoid, share):
    inputs, outputs = [row[:] for row in syn0], [row[:] for row in syn1]
    hidden = [math.fsum(syn0[c][j] for c in context) / len(context) for j in range(len(syn0[0]))]
    error = [0.0] * len(hidden)
    for t, label in zip(targets, labels):
        g = (label - sigmoid(dot(hidden, outputs[t]))) * RATE
        error = [e + g * u for e, u in zip(error, outputs[t])]
        outputs[t] = [u + g * h for u, h in zip(outputs[t], hidden)]
    for c in context:
        inputs[c] = [v + share * e for v, e in zip(inputs[c], error)]
    return inputs, outputs


def all_at_once(syn0, syn1, context, targets, labels):
    inputs, outputs = [row[:] for row in syn0], [row[:] for row in syn1]
    for c in context:
        for t, label in zip(targets, labels):
            g = (label - exact(dot(syn0[c], syn1[t]))) * RATE
            inputs[c] = [v + g * u for v, u in zip(inputs[c], syn1[t])]
            outputs[t] = [u + g * v for u, v in zip(outputs[t], syn0[c])]
    return inputs, outputs


def main(folder):
    index, blob = [], bytearray()

    def put(case, tensor, kind, dimensions, values):
        index.append('\t'.join([case, tensor, kind, 'x'.join(map(str, dimensions)), str(len(blob)), str(len(values))]))
        blob.extend(struct.pack('<%d%s' % (len(values), {'f32': 'f', 'f64': 'd', 'i32': 'i'}[kind]), *values))

    rng = random.Random(20)
    # D, different input words, negatives, first negative twice, first input word twice, size of the values
    for d, n, k, twin_targets, twin_inputs, scale in (
            (1, 1, 1, 0, 0, 1), (7, 1, 5, 0, 0, .5), (16, 1, 5, 1, 0, .5), (20, 1, 15, 1, 0, 3), (33, 2, 5, 0, 0, .5), (16, 6, 5, 0, 0, .5),
            (20, 3, 5, 1, 1, .5), (40, 9, 5, 1, 1, 1), (16, 4, 7, 0, 1, 3), (48, 5, 2, 1, 0, .5)):
        case = f'D{d}_inputs{n}_negatives{k}_twins{twin_targets}{twin_inputs}_scale{scale}'
        words = max(n, k + 1) + 2
        draw = lambda: [[struct.unpack('f', struct.pack('f', rng.uniform(-scale, scale)))[0] for _ in range(d)] for _ in range(words)]
        syn0, syn1 = draw(), draw()
        context = list(range(1, n + 1)) + [1] * twin_inputs
        targets = [2 % words] + [w for w in range(words) if w != 2 % words][:k]
        if twin_targets:
            targets[-1] = targets[1]
        labels = [1] + [0] * k
        put(case, 'syn0', 'f32', (words, d), sum(syn0, []))
        put(case, 'syn1neg', 'f32', (words, d), sum(syn1, []))
        put(case, 'context', 'i32', (len(context),), context)
        put(case, 'targets', 'i32', (len(targets),), targets)
        put(case, 'labels', 'i32', (len(labels),), labels)
        for rule, (inputs, outputs) in {
            'seq': one_after_the_other(syn0, syn1, context, targets, labels, exact, 1),
            'seqtable': one_after_the_other(syn0, syn1, context, targets, labels, table, 1),
            'corrected': one_after_the_other(syn0, syn1, context, targets, labels, exact, 1 / len(context)),
            'window': all_at_once(syn0, syn1, context, targets, labels),
        }.items():
            put(case, rule + '.syn0', 'f64', (words, d), sum(inputs, []))
            put(case, rule + '.syn1neg', 'f64', (words, d), sum(outputs, []))
    (folder / 'sgns.tsv').write_text('\n'.join(index) + '\n')
    (folder / 'sgns.bin').write_bytes(blob)
    print(len(index), 'tensors,', len(blob), 'bytes')


main(pathlib.Path(sys.argv[1]))
