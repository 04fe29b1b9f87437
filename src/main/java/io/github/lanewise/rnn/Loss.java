package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.Objects;

/**
 * Losses: each returns the mean over its elements or rows and writes the gradient of that mean. Allocates nothing; thread-safe for distinct
 * outputs.
 */
public final class Loss {
    /** So many factors of at most 2 have a product that is a finite double. */
    private static final int FACTORS = 512;

    private Loss() {}

    /**
     * Mean squared error: returns {@code sum((y - target)^2) / length} and writes {@code dy = 2 (y - target) / length}.
     *
     * @param kernels the kernels to run on
     * @param y predictions; read only
     * @param yOffset index of the first element
     * @param target wanted values; read only
     * @param targetOffset index of the first element
     * @param dy gradients of the predictions; written
     * @param dyOffset index of the first element
     * @param length number of elements, at least 1
     * @return the loss
     * @throws IllegalArgumentException if {@code length < 1}
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public static double meanSquaredError(Kernels kernels, float[] y, int yOffset, float[] target, int targetOffset,
                                          float[] dy, int dyOffset, int length) {
        Layout.require("length", length, 1);
        Objects.checkFromIndexSize(yOffset, length, y.length);
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        Objects.checkFromIndexSize(dyOffset, length, dy.length);
        for (int i = 0; i < length; i++) {
            dy[dyOffset + i] = y[yOffset + i] - target[targetOffset + i];
        }
        double loss = (double) kernels.sumOfSquares(dy, dyOffset, length) / length;
        kernels.scale(2f / length, dy, dyOffset, length);
        return loss;
    }

    /**
     * Softmax and cross-entropy: returns the mean over rows of {@code -log softmax(logits)[target]}, in nats, and writes
     * {@code dLogits = (softmax(logits) - onehot(target)) / rows}.
     *
     * @param kernels the kernels to run on
     * @param logits outputs before softmax [rows][classes]; read only
     * @param logitsOffset index of the first element
     * @param targets wanted class of each row, 0 to {@code classes - 1}
     * @param targetsOffset index of the first row's target
     * @param dLogits gradients of the logits [rows][classes]; written
     * @param dLogitsOffset index of the first element
     * @param rows number of rows, at least 1
     * @param classes number of classes, at least 1
     * @return the loss
     * @throws IllegalArgumentException if {@code rows} or {@code classes} is less than 1
     * @throws IndexOutOfBoundsException if a range falls outside its array or a target is not a class
     */
    public static double softmaxCrossEntropy(Kernels kernels, float[] logits, int logitsOffset, int[] targets, int targetsOffset,
                                             float[] dLogits, int dLogitsOffset, int rows, int classes) {
        Layout.require("rows", rows, 1);
        Layout.require("classes", classes, 1);
        int length = Math.multiplyExact(rows, classes);
        Objects.checkFromIndexSize(logitsOffset, length, logits.length);
        Objects.checkFromIndexSize(targetsOffset, rows, targets.length);
        Objects.checkFromIndexSize(dLogitsOffset, length, dLogits.length);
        for (int row = 0; row < rows; row++) {
            Objects.checkIndex(targets[targetsOffset + row], classes);
        }
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += kernels.softmaxCrossEntropy(logits, logitsOffset + row * classes, targets[targetsOffset + row],
                    dLogits, dLogitsOffset + row * classes, classes);
        }
        kernels.scale(1f / rows, dLogits, dLogitsOffset, length);
        return sum / rows;
    }

    /**
     * Binary cross-entropy of logits: returns the mean of {@code -t log p - (1 - t) log(1 - p)} with {@code p = sigmoid(logit)}, in nats, in a form
     * that stays exact for large logits, and writes {@code dLogits = (p - t) / length}.
     *
     * @param kernels the kernels to run on
     * @param logits outputs before the sigmoid; read only
     * @param logitsOffset index of the first element
     * @param target wanted probabilities, 0 to 1; read only
     * @param targetOffset index of the first element
     * @param dLogits gradients of the logits; written
     * @param dLogitsOffset index of the first element
     * @param length number of elements, at least 1
     * @return the loss
     * @throws IllegalArgumentException if {@code length < 1}
     * @throws IndexOutOfBoundsException if a range falls outside its array
     */
    public static double binaryCrossEntropy(Kernels kernels, float[] logits, int logitsOffset, float[] target, int targetOffset,
                                            float[] dLogits, int dLogitsOffset, int length) {
        Layout.require("length", length, 1);
        Objects.checkFromIndexSize(logitsOffset, length, logits.length);
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        Objects.checkFromIndexSize(dLogitsOffset, length, dLogits.length);
        // max(x, 0) - t x + log(1 + exp(-|x|)). The logarithm is that of a product (1 + q) (1 + e) = 1 + (q + e + q e), which keeps tiny e.
        for (int i = 0; i < length; i++) {
            dLogits[dLogitsOffset + i] = -Math.abs(logits[logitsOffset + i]);
        }
        kernels.exp(dLogits, dLogitsOffset, dLogits, dLogitsOffset, length);
        double sum = 0;
        for (int start = 0; start < length; start += FACTORS) {
            int end = Math.min(length, start + FACTORS);
            double q = 0;
            for (int i = start; i < end; i++) {
                double logit = logits[logitsOffset + i];
                sum += Math.max(logit, 0) - logit * target[targetOffset + i];
                double e = dLogits[dLogitsOffset + i];
                q += e + q * e;
            }
            sum += StrictMath.log1p(q);
        }
        kernels.sigmoid(logits, logitsOffset, dLogits, dLogitsOffset, length);
        for (int i = 0; i < length; i++) {
            dLogits[dLogitsOffset + i] = (dLogits[dLogitsOffset + i] - target[targetOffset + i]) / length;
        }
        return sum / length;
    }
}
