package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;

/** The updates of one thread: takes word numbers, moves their rows. Holds all scratch memory, so nothing is allocated. */
final class SgnsStep {
    private static final int[] AT_ZERO = {0};

    private final Kernels kernels;
    private final TrainingOptions options;
    private final int length;
    private final RowSet inputs;
    private final RowSet targets;
    private final float[] hidden;
    private final float[] scratch;
    private final float[] gradient;
    /** {@code labels[n]} for n targets: 1, 0, 0 ... once for each input; {@code labels[0]} for false targets only. */
    private final float[][] labels;
    private final int[] inputWords;
    private final int[] inputTimes;
    private final int[] targetWords;
    private final int[] targetTimes;

    SgnsStep(Kernels kernels, Word2VecModel model, TrainingOptions options) {
        this.kernels = kernels;
        this.options = options;
        length = model.input().stride();
        int mostInputs = 2 * options.window();
        int mostTargets = 1 + options.negatives();
        inputs = new RowSet(model.input(), mostInputs);
        targets = new RowSet(model.output(), mostTargets);
        hidden = new float[length];
        int products = Panels.padded(mostInputs * mostTargets);
        scratch = new float[Panels.BLOCK * products];
        gradient = new float[products];
        labels = new float[mostTargets + 1][products];
        for (int n = 1; n <= mostTargets; n++) {
            for (int i = 0; i < products; i += n) {
                labels[n][i] = 1;
            }
        }
        inputWords = new int[mostInputs];
        inputTimes = new int[mostInputs];
        targetWords = new int[mostTargets];
        targetTimes = new int[mostTargets];
    }

    /** One update. */
    void train(Example example, float rate) {
        if (options.model() != TrainingOptions.Model.SKIP_GRAM) {
            cbow(example, rate, options.model() == TrainingOptions.Model.CBOW ? 1 : 1f / example.contexts);
        } else if (options.update() == TrainingOptions.Update.WINDOW) {
            window(example, rate);
        } else if (hasTwins(example.targets, example.targetCount)) {
            // The mean of one row is that row.
            cbow(example, rate, 1);
        } else {
            gradients(example.context, example.contexts, example.targets, example.targetCount, rate);
            update();
        }
    }

    /**
     * The mean of the inputs against one target after the other. As in word2vec.c, a target that is drawn twice has moved when its second turn comes,
     * while the inputs move only for the next example. Distinct targets do not see each other, so each run of them is one set of products.
     */
    private void cbow(Example example, float rate, float share) {
        inputs.load(example.context, 0, example.contexts);
        kernels.meanOfRows(inputs.array, inputs.offsets, inputs.count, length, hidden, 0);
        int[] words = example.targets;
        for (int from = 0; from < example.targetCount; ) {
            int to = from + 1;
            while (to < example.targetCount && indexOf(words, from, to, words[to]) < 0) {
                to++;
            }
            targets.load(words, from, to);
            gradients(hidden, AT_ZERO, 1, labels[from == 0 ? targets.count : 0], rate);
            kernels.hiddenUpdate(gradient, hidden, 0, share, inputs.array, inputs.offsets, inputs.count,
                    targets.array, targets.offsets, targets.count, length);
            targets.putBack();
            from = to;
        }
        inputs.putBack();
    }

    /** All inputs against shared targets; every gradient is taken at the old values. A word that occurs twice counts twice. */
    private void window(Example example, float rate) {
        if (!example.mayRepeat && !hasTwins(example.targets, example.targetCount)) {
            gradients(example.context, example.contexts, example.targets, example.targetCount, rate);
        } else {
            int distinctInputs = merge(example.context, example.contexts, inputWords, inputTimes);
            int distinctTargets = merge(example.targets, example.targetCount, targetWords, targetTimes);
            gradients(inputWords, distinctInputs, targetWords, distinctTargets, rate);
            for (int i = 0, k = 0; i < distinctInputs; i++) {
                for (int t = 0; t < distinctTargets; t++, k++) {
                    gradient[k] *= inputTimes[i] * targetTimes[t];
                }
            }
        }
        update();
    }

    private void gradients(int[] inputWord, int inputCount, int[] targetWord, int targetCount, float rate) {
        inputs.load(inputWord, 0, inputCount);
        targets.load(targetWord, 0, targetCount);
        gradients(inputs.array, inputs.offsets, inputCount, labels[targetCount], rate);
    }

    private void update() {
        kernels.rowUpdate(gradient, inputs.array, inputs.offsets, inputs.count, targets.array, targets.offsets, targets.count, length, scratch);
        targets.putBack();
        inputs.putBack();
    }

    private void gradients(float[] rows, int[] offsets, int count, float[] label, float rate) {
        if (options.sigmoid() == TrainingOptions.Sigmoid.TABLE) {
            kernels.rowDots(rows, offsets, count, targets.array, targets.offsets, targets.count, length, scratch, gradient);
            kernels.sgnsTableGradient(gradient, label, rate, gradient, count * targets.count);
        } else {
            kernels.rowGradients(rows, offsets, count, targets.array, targets.offsets, targets.count, length, label, rate, scratch, gradient);
        }
    }

    /** Writes the distinct words in their order and how often each occurs. */
    private static int merge(int[] words, int count, int[] distinct, int[] times) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            int at = indexOf(distinct, 0, n, words[i]);
            if (at < 0) {
                distinct[n] = words[i];
                times[n++] = 1;
            } else {
                times[at]++;
            }
        }
        return n;
    }

    private static boolean hasTwins(int[] words, int count) {
        for (int i = 1; i < count; i++) {
            if (indexOf(words, 0, i, words[i]) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(int[] words, int from, int to, int word) {
        for (int i = from; i < to; i++) {
            if (words[i] == word) {
                return i;
            }
        }
        return -1;
    }
}
