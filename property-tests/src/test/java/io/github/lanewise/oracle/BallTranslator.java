package io.github.lanewise.oracle;

import java.util.Arrays;

/** The encoder-decoder of {@link Translator} in ball arithmetic: how far loss and gradients may be off in float. */
public record BallTranslator(int tokens, int dimension, int hidden) {
    /** Loss and the gradients in the order of the parameters. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Result(Ball loss, Ball[][] gradients) {
    }

    /** Loss and gradients. */
    public Result run(float[][] p, Translator.Sequences s) {
        BallLayer encoder = BallLayer.lstm(dimension, hidden, p[1], p[2], p[3]);
        BallLayer decoder = BallLayer.lstm(dimension, hidden, p[4], p[5], p[6]);
        int states = s.batch() * hidden;
        BallLayer.Sequences read = new BallLayer.Sequences(s.sourceSteps(), s.sourceLengths(), lookUp(p[0], s.source(), s.sourceSteps() * s.batch()),
                Ball.zeros(states), Ball.zeros(states));
        BallLayer.Forward readForward = encoder.forward(read);
        BallLayer.Sequences write = new BallLayer.Sequences(s.targetSteps(), s.targetLengths(), lookUp(p[0], s.target(), s.targetSteps() * s.batch()),
                readForward.hT(), readForward.cT());
        BallLayer.Forward writeForward = decoder.forward(write);

        Ball[] w = Ball.exact(p[7]);
        BallSum[] dW = BallSum.from(Ball.zeros(w.length));
        BallSum[] dBias = BallSum.from(Ball.zeros(tokens));
        Ball[] dy = Ball.zeros(writeForward.y().length);
        BallSum loss = BallSum.from(Ball.ZERO);
        int count = Arrays.stream(s.targetLengths()).sum();
        for (int at = 0; at < s.targetSteps() * s.batch(); at++) {
            if (at / s.batch() < s.targetLengths()[at % s.batch()]) {
                Ball[] h = Arrays.copyOfRange(writeForward.y(), at * hidden, (at + 1) * hidden);
                Ball[] z = logits(w, p[8], h);
                int wanted = s.target()[at + s.batch()];
                loss.add(crossEntropy(z, wanted));
                Ball[] dz = softmaxLessOne(z, wanted, count);
                BallSum[] dh = BallSum.from(Ball.zeros(hidden));
                for (int r = 0; r < tokens; r++) {
                    dBias[r].add(dz[r]);
                    for (int k = 0; k < hidden; k++) {
                        dW[r * hidden + k].add(dz[r], h[k]);
                        dh[k].add(dz[r], w[r * hidden + k]);
                    }
                }
                System.arraycopy(BallSum.end(dh), 0, dy, at * hidden, hidden);
            }
        }
        BallLayer.Gradients dWrite = decoder.backward(write, writeForward, dy, Ball.zeros(states), Ball.zeros(states));
        BallLayer.Gradients dRead = encoder.backward(read, readForward, Ball.zeros(s.sourceSteps() * states), dWrite.h0(), dWrite.c0());
        BallSum[] dVectors = BallSum.from(Ball.zeros(p[0].length));
        addBack(dVectors, s.source(), dRead.x());
        addBack(dVectors, s.target(), dWrite.x());
        Ball sum = loss.end();
        return new Result(new Ball(sum.value() / count, sum.radius() / count), new Ball[][] {BallSum.end(dVectors), dRead.wIh(), dRead.wHh(), dRead.bias(),
            dWrite.wIh(), dWrite.wHh(), dWrite.bias(), BallSum.end(dW), BallSum.end(dBias)});
    }

    private Ball[] logits(Ball[] w, float[] bias, Ball[] h) {
        Ball[] z = new Ball[tokens];
        for (int r = 0; r < tokens; r++) {
            BallSum sum = BallSum.from(new Ball(bias[r], 0));
            for (int k = 0; k < hidden; k++) {
                sum.add(w[r * hidden + k], h[k]);
            }
            z[r] = sum.end();
        }
        return z;
    }

    /** The largest error of a difference z - max z, which is rounded once: whatever value a program takes for the largest. */
    private static double shiftError(Ball[] z) {
        double off = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Ball logit : z) {
            off = Math.max(off, logit.radius());
            low = Math.min(low, logit.value());
            high = Math.max(high, logit.value());
        }
        return off + Tolerance.U * (high - low + 2 * off);
    }

    private static double[] values(Ball[] z) {
        return Arrays.stream(z).mapToDouble(Ball::value).toArray();
    }

    /** log(sum exp z) - z[wanted]: it moves by no more than the differences do, and the sum, its logarithm and the last difference are rounded. */
    private static Ball crossEntropy(Ball[] z, int wanted) {
        double[] values = values(z);
        double max = Loss.max(values, 0, z.length);
        double log = StrictMath.log(Loss.sumOfExp(values, 0, z.length, max));
        double value = max - values[wanted] + log;
        double relative = Math.expm1(shiftError(z)) + Tolerance.gamma(z.length + 4);
        return new Ball(value, shiftError(z) + relative + Tolerance.chain(4, max - values[wanted] + Math.abs(log)));
    }

    /** (softmax z - 1 at the wanted token) / count: exponentials that are each off by the factor e^shiftError, over their sum. */
    private static Ball[] softmaxLessOne(Ball[] z, int wanted, int count) {
        double[] p = DenseLayer.softmax(values(z), z.length);
        double relative = Math.expm1(2 * shiftError(z) + Tolerance.gamma(z.length + 8));
        Ball[] d = new Ball[z.length];
        for (int i = 0; i < d.length; i++) {
            Ball probability = new Ball(p[i], p[i] * relative + Tolerance.UNDERFLOW * z.length);
            Ball less = i == wanted ? new Ball(p[i] - 1, probability.radius()).rounded(1) : probability;
            d[i] = new Ball(less.value() / count, less.radius() / count).rounded(3);
        }
        return d;
    }

    private Ball[] lookUp(float[] vectors, int[] numbers, int count) {
        Ball[] x = new Ball[count * dimension];
        Arrays.setAll(x, i -> new Ball(vectors[numbers[i / dimension] * dimension + i % dimension], 0));
        return x;
    }

    private void addBack(BallSum[] dVectors, int[] numbers, Ball[] dx) {
        for (int i = 0; i < dx.length; i++) {
            dVectors[numbers[i / dimension] * dimension + i % dimension].add(dx[i]);
        }
    }
}
