package io.github.lanewise.allocation;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Bfloat16Pairs;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.MatrixKernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Adagrad;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.BatchParallel;
import io.github.lanewise.rnn.BatchParallelTape;
import io.github.lanewise.rnn.Bfloat16Cell;
import io.github.lanewise.rnn.Bfloat16Dense;
import io.github.lanewise.rnn.Bidirectional;
import io.github.lanewise.rnn.BidirectionalTape;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.EncoderDecoderGradients;
import io.github.lanewise.rnn.EncoderDecoderTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.Optimizer;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import io.github.lanewise.rnn.Sgd;
import io.github.lanewise.rnn.Team;
import io.github.lanewise.rnn.TokenStream;
import io.github.lanewise.rnn.Trainable;
import io.github.lanewise.word2vec.TrainingLoop;
import io.github.lanewise.word2vec.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Every method that promises to allocate nothing, ready to be called again and again, by name. Sizes have remainders. */
final class HotMethods {
    private static final int ODD = 37;
    private static final int UNITS = 48;
    private static final int ROWS = 7;
    /** Where results that nothing else needs go, so that no call is optimised away. */
    private static volatile double sink;

    private final Map<String, Runnable> methods = new LinkedHashMap<>();
    private final Kernels k;

    private HotMethods(Kernels kernels) {
        this.k = kernels;
    }

    /** Returns the methods on one backend. */
    static Map<String, Runnable> on(Kernels kernels) {
        HotMethods hot = new HotMethods(kernels);
        hot.matrix();
        hot.elementWise();
        hot.updates();
        hot.lookups();
        hot.cellPhases();
        hot.cells("Lstm", Lstm.create(19, ODD, new SplitMix64(1)).on(kernels));
        for (Activation g : Activation.values()) {
            hot.cells("Rnn " + g, Rnn.create(19, ODD, g, new SplitMix64(2)).on(kernels));
        }
        hot.batchParallel();
        hot.bidirectional();
        hot.bfloat16();
        for (OutputActivation g : OutputActivation.values()) {
            hot.dense(g);
        }
        hot.encoderDecoder();
        hot.losses();
        hot.optimizers();
        hot.sgns();
        hot.word2vec();
        return hot.methods;
    }

    private static float[] random(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private void matrix() {
        float[] a = random(ROWS * ODD);
        float[] b = random(2 * ODD * 64);
        float[] c = new float[2 * ROWS * 64];
        float[] d = new float[112 * 48];
        float[] e = new float[114 * ODD];
        float[] f = new float[Math.ceilDiv(ODD, MatrixKernels.TILE) * MatrixKernels.TILE * 112];
        methods.put("matmul of one row", () -> k.matmul(a, 0, ODD, 1, b, 0, ODD * 64, 64, c, 0, 64, ROWS * 64, 1, 112, ODD));
        methods.put("matmul of one row, four panels side by side", () -> k.matmul(a, 0, ODD, 1, b, 0, 9 * 64, 64, c, 0, 320, 64, 1, 304, 9));
        methods.put("matmul", () -> k.matmul(a, 0, ODD, 1, b, 0, ODD * 64, 64, c, 0, 64, ROWS * 64, ROWS, 112, ODD));
        methods.put("matmul with a transposed factor", () -> k.matmul(a, 0, 1, ODD, b, 0, ODD * 64, 64, c, 0, 64, ROWS * 64, ROWS, 128, ROWS));
        methods.put("transpose", () -> k.transpose(b, 0, 64, ODD * 64, ODD, 112, d, 0, 48, 0));
        methods.put("affine of one row", () -> k.affine(a, 0, ODD, b, 0, ODD * 64, 64, b, 0, c, 0, 64, ROWS * 64, 1, 112, 19, ODD - 19));
        methods.put("affine", () -> k.affine(a, 0, ODD, b, 0, ODD * 64, 64, b, 0, c, 0, 64, ROWS * 64, ROWS, 112, 19, ODD - 19));
        methods.put("affineAhead", () -> k.affineAhead(a, 0, 18, b, 0, ODD * 64, 64, b, 0, d, 0, 64, 9 * 64, 128, 9, 9, 1, 3));
        methods.put("packTiles", () -> k.packTiles(b, 0, 64, ODD * 64, ODD, 112, e, 0));
        methods.put("packTilesOfRows", () -> k.packTilesOfRows(b, 0, 64, ODD * 64, ODD, 112, f, 0));
        methods.put("matmulTiles", () -> k.matmulTiles(e, 0, b, 0, d, 0, d, 0, 16, 64, 16, 19));
        methods.put("matmulTiles of half a strip", () -> k.matmulTiles(e, 0, b, 0, d, 0, d, 0, 16, 64, 8, 19));
        methods.put("addRows", () -> k.addRows(c, 0, 64, ROWS * 64, ROWS, 128, b, 0));
    }

    private void elementWise() {
        float[] x = random(ODD);
        float[] y = random(ODD);
        float[] dx = new float[ODD];
        methods.put("tanh", () -> k.tanh(x, 0, y, 0, ODD));
        methods.put("sigmoid", () -> k.sigmoid(x, 0, y, 0, ODD));
        methods.put("exp", () -> k.exp(x, 0, y, 0, ODD));
        methods.put("relu", () -> k.relu(x, 0, y, 0, ODD));
        methods.put("tanhBackward", () -> k.tanhBackward(y, 0, x, 0, dx, 0, ODD));
        methods.put("sigmoidBackward", () -> k.sigmoidBackward(y, 0, x, 0, dx, 0, ODD));
        methods.put("expBackward", () -> k.expBackward(y, 0, x, 0, dx, 0, ODD));
        methods.put("reluBackward", () -> k.reluBackward(y, 0, x, 0, dx, 0, ODD));
        methods.put("softmax", () -> k.softmax(x, 0, y, 0, ODD));
        methods.put("softmaxBackward", () -> k.softmaxBackward(y, 0, x, 0, dx, 0, ODD));
        methods.put("softmaxCrossEntropy", () -> sink = k.softmaxCrossEntropy(x, 0, 3, dx, 0, ODD));
        methods.put("dot", () -> sink = k.dot(x, 0, y, 0, ODD));
        methods.put("sum", () -> sink = k.sum(x, 0, ODD));
        methods.put("sumOfSquares", () -> sink = k.sumOfSquares(x, 0, ODD));
    }

    private void updates() {
        float[] g = random(ODD);
        float[] m = random(ODD);
        float[] v = random(ODD);
        float[] w = random(ODD);
        methods.put("axpy", () -> k.axpy(1e-3f, g, 0, w, 0, ODD));
        methods.put("scale", () -> k.scale(0.9999f, w, 0, ODD));
        methods.put("momentum", () -> k.momentum(1e-3f, 0.9f, g, 0, m, 0, w, 0, ODD));
        methods.put("adagrad", () -> k.adagrad(1e-3f, 1e-10f, g, 0, v, 0, w, 0, ODD));
        methods.put("adam", () -> k.adam(1e-3f, 1, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, 1, g, 0, m, 0, v, 0, w, 0, ODD));
    }

    private void lookups() {
        float[] table = random(ROWS * ODD);
        float[] rows = random(3 * ODD);
        int[] numbers = {5, 0, 5};
        methods.put("gatherRows", () -> k.gatherRows(table, 0, ODD, ROWS, numbers, 0, 3, rows, 0, ODD, ODD));
        methods.put("scatterAddRows", () -> k.scatterAddRows(rows, 0, ODD, numbers, 0, 3, table, 0, ODD, ROWS, ODD));
    }

    private void cellPhases() {
        float[] z = random(UNITS / 16 * ROWS * 64);
        float[] c = random(ROWS * UNITS);
        float[] q = random(ROWS * UNITS);
        float[] h = random(ROWS * UNITS);
        methods.put("lstmForward", () -> k.lstmForward(z, 0, ROWS * 64, c, 0, c, 0, q, 0, ROWS * 16, h, 0, UNITS, ROWS, UNITS));
        float[] row = random(19 + UNITS);
        float[] weights = random((19 + ODD) * 4 * UNITS);
        methods.put("lstmStep", () -> k.lstmStep(row, 0, weights, 0, weights, 0, c, 0, z, 0, 19, ODD, UNITS, true));
        methods.put("lstmRecurrentStep", () -> k.lstmRecurrentStep(row, 0, 0, weights, 0, ODD * 64, z, 0, ROWS * 64, c, 0, 0, q, 0, ODD, UNITS, true));
        for (int units : new int[] {16, 32, UNITS}) {
            methods.put("elmanStep of " + units + " units",
                    () -> k.elmanStep(Activation.TANH, row, 0, weights, 0, weights, 0, z, 0, 19, units - 5, units));
        }
        methods.put("lstmBackward", () -> k.lstmBackward(z, 0, ROWS * 64, c, 0, q, 0, h, 0, c, 0, ROWS * 16, ROWS, UNITS));
        methods.put("elmanForward", () -> k.elmanForward(Activation.TANH, z, 0, ROWS * UNITS, UNITS, h, 0, UNITS, ROWS, UNITS));
        methods.put("elmanBackward", () -> k.elmanBackward(Activation.TANH, h, 0, UNITS, q, 0, z, 0, ROWS * UNITS, UNITS, ROWS, UNITS));
    }

    private void cells(String name, RecurrentCell cell) {
        int steps = 5;
        int batch = 3;
        float[] x = random(steps * batch * cell.inputs());
        float[] y = new float[steps * batch * cell.units()];
        float[] dx = new float[x.length];
        int[] lengths = {5, 2, 4};
        CellState single = cell.newState();
        CellState state = cell.newState(batch);
        CellState other = cell.newState(batch);
        CellState dState = cell.newState(batch);
        CellTape tape = cell.newTape(steps, batch);
        Gradients gradients = cell.newGradients();
        methods.put(name + " step", () -> cell.step(x, 0, single));
        methods.put(name + " step of a batch", () -> cell.step(x, 0, state));
        methods.put(name + " forward and backward", () -> {
            cell.forward(x, 0, steps, state, tape, y, 0);
            cell.backward(y, 0, tape, dState, gradients, dx, 0);
        });
        methods.put(name + " forward and backward with lengths", () -> {
            state.reset();
            dState.reset();
            cell.forward(x, 0, steps, lengths, state, tape, y, 0);
            cell.backward(y, 0, tape, dState, gradients);
            gradients.zero();
        });
        methods.put(name + " state", () -> {
            other.copyFrom(state);
            other.copyH(y, 0);
            other.setH(y, 0);
            sink = other.h(1, 2);
            if (cell instanceof Lstm) {
                other.copyC(y, 0);
                other.setC(y, 0);
            }
        });
    }

    /** Two threads, of which the caller's is counted; it does one slice or the other. */
    private void batchParallel() {
        Lstm lstm = Lstm.create(3, 17, new SplitMix64(9)).on(k);
        BatchParallel parallel = new BatchParallel(lstm, 2, new Team(2));
        BatchParallelTape tape = parallel.newTape(2, 3);
        int[] lengths = {2, 0, 1};
        CellState state = lstm.newState(3);
        CellState dState = lstm.newState(3);
        Gradients gradients = lstm.newGradients();
        float[] x = random(2 * 3 * 3);
        float[] y = new float[2 * 3 * 17];
        float[] dx = new float[x.length];
        methods.put("BatchParallel forward and backward", () -> {
            state.reset();
            dState.reset();
            gradients.zero();
            parallel.forward(x, 0, 2, lengths, state, tape, y, 0);
            parallel.backward(y, 0, tape, dState, gradients);
            parallel.forward(x, 0, 2, state, tape, y, 0);
            parallel.backward(y, 0, tape, dState, gradients, dx, 0);
        });
    }

    private void bidirectional() {
        Bidirectional both = new Bidirectional(Lstm.create(19, ODD, new SplitMix64(7)).on(k), Lstm.create(19, ODD, new SplitMix64(8)).on(k));
        int[] lengths = {5, 2, 4};
        CellState forward = both.forward().newState(3);
        CellState reverse = both.reverse().newState(3);
        CellState dForward = both.forward().newState(3);
        CellState dReverse = both.reverse().newState(3);
        BidirectionalTape tape = both.newTape(5, 3);
        Gradients forwardGradients = both.forward().newGradients();
        Gradients reverseGradients = both.reverse().newGradients();
        float[] x = random(5 * 3 * 19);
        float[] y = new float[5 * 3 * both.units()];
        float[] dx = new float[x.length];
        methods.put("Bidirectional forward and backward with lengths", () -> {
            forward.reset();
            reverse.reset();
            dForward.reset();
            dReverse.reset();
            both.forward(x, 0, 5, lengths, forward, reverse, tape, y, 0);
            both.backward(y, 0, tape, dForward, dReverse, forwardGradients, reverseGradients, dx, 0);
            forwardGradients.zero();
            reverseGradients.zero();
        });
    }

    private void bfloat16() {
        int[] b = Bfloat16Pairs.pack(random(2 * ODD * 64), 0, 64, ODD * 64, ODD, 112, 0);
        float[] bias = random(112);
        float[] a = random(ROWS * ODD);
        float[] c = new float[2 * ROWS * 64];
        methods.put("affineBfloat16", () -> k.affineBfloat16(a, 0, ODD, b, 0, bias, 0, c, 0, 64, ROWS * 64, ROWS, 112, 19, ODD - 19));
        Bfloat16Cell lstm = Lstm.create(19, ODD, new SplitMix64(9)).on(k).toBfloat16();
        CellState state = lstm.newState(3);
        methods.put("Lstm step with bfloat16", () -> lstm.step(a, 0, state));
        Bfloat16Cell rnn = Rnn.create(19, ODD, Activation.SIGMOID, new SplitMix64(9)).on(k).toBfloat16();
        CellState single = rnn.newState();
        methods.put("Rnn step with bfloat16", () -> rnn.step(a, 0, single));
        Bfloat16Dense dense = Dense.create(19, ODD, OutputActivation.SOFTMAX, new SplitMix64(9)).on(k).toBfloat16();
        DenseTape tape = dense.newTape(2);
        methods.put("Dense forward with bfloat16", () -> dense.forward(a, 0, 2, tape, c, 0));
    }

    private void dense(OutputActivation g) {
        Dense dense = Dense.create(19, ODD, g, new SplitMix64(3)).on(k);
        DenseTape tape = dense.newTape(ROWS);
        Gradients gradients = dense.newGradients();
        float[] x = random(ROWS * 19);
        float[] y = new float[ROWS * ODD];
        float[] dx = new float[x.length];
        methods.put("Dense " + g + " forward and backward", () -> {
            dense.forward(x, 0, ROWS, tape, y, 0);
            dense.backward(y, 0, tape, gradients, dx, 0);
        });
    }

    private void encoderDecoder() {
        EncoderDecoder model = EncoderDecoder.create(ODD, 19, 21, new SplitMix64(6)).on(k);
        EncoderDecoderTape tape = model.newTape(3, 4, 2);
        EncoderDecoderGradients gradients = model.newGradients();
        int[] source = {1, 2, 3, 4, 5, 6};
        int[] sourceLengths = {3, 2};
        int[] target = {0, 0, 9, 8, 7, 6, 5, 4, 3, 2};
        int[] targetLengths = {2, 4};
        methods.put("EncoderDecoder loss and gradients", () -> {
            gradients.zero();
            sink = model.lossAndGradients(source, 3, sourceLengths, target, 4, targetLengths, tape, gradients);
        });
        TokenStream stream = model.newStream();
        float[] logits = new float[ODD];
        methods.put("EncoderDecoder token by token", () -> {
            stream.state().reset();
            stream.read(3);
            stream.write(0, logits, 0);
        });
    }

    private void losses() {
        float[] y = random(ROWS * ODD);
        float[] target = random(ROWS * ODD);
        float[] dy = new float[ROWS * ODD];
        int[] classes = {1, 2, 3, 4, 5, 6, 7};
        methods.put("meanSquaredError", () -> sink = Loss.meanSquaredError(k, y, 0, target, 0, dy, 0, ROWS * ODD));
        methods.put("binaryCrossEntropy", () -> sink = Loss.binaryCrossEntropy(k, y, 0, target, 0, dy, 0, ROWS * ODD));
        methods.put("softmaxCrossEntropy of a batch", () -> sink = Loss.softmaxCrossEntropy(k, y, 0, classes, 0, dy, 0, ROWS, ODD));
    }

    private void optimizers() {
        Lstm lstm = Lstm.create(3, 5, new SplitMix64(4)).on(k);
        Dense dense = Dense.create(5, 2, OutputActivation.IDENTITY, new SplitMix64(5)).on(k);
        List<Trainable> layers = List.of(new Trainable(lstm.weights(), lstm.newGradients()), new Trainable(dense.weights(), dense.newGradients()));
        optimizer("SGD", new Sgd(k, 1e-3, 0, layers));
        optimizer("momentum SGD", new Sgd(k, 1e-3, 0.9, layers));
        optimizer("Adagrad", new Adagrad(k, 1e-3, 1e-10, layers));
        optimizer("Adam", new Adam(k, 1e-3, layers));
        optimizer("AdamW", new Adam(k, 1e-3, 0.9, 0.999, 1e-8, 0.01, layers));
    }

    private void optimizer(String name, Optimizer optimizer) {
        methods.put(name + " with clipping", () -> {
            optimizer.zeroGradients();
            sink = optimizer.clipGlobalNorm(1);
            optimizer.step();
        });
    }

    private void sgns() {
        int length = 112;
        int[] inputs = {12, 140, 300, 420, 600};
        int[] targets = {700, 20, 900, 444, 320, 1100, 1300};
        float[] a = random(800);
        float[] b = random(1500);
        float[] hidden = random(length);
        float[] dots = new float[48];
        float[] labels = new float[48];
        float[] scratch = new float[16 * 48];
        for (int targetCount : new int[] {6, 7}) {
            String of = " of 5 x " + targetCount + " rows";
            methods.put("rowDots" + of, () -> k.rowDots(a, inputs, 5, b, targets, targetCount, length, scratch, dots));
            methods.put("rowUpdate" + of, () -> k.rowUpdate(labels, a, inputs, 5, b, targets, targetCount, length, scratch));
            methods.put("hiddenUpdate" + of, () -> k.hiddenUpdate(labels, hidden, 0, 1, a, inputs, 5, b, targets, targetCount, length));
        }
        methods.put("rowGradients", () -> k.rowGradients(a, inputs, 5, b, targets, 6, length, labels, 1e-6f, scratch, dots));
        methods.put("rowGradients of one row", () -> k.rowGradients(a, inputs, 1, b, targets, 6, length, labels, 1e-6f, scratch, dots));
        methods.put("rowDots of one row", () -> k.rowDots(a, inputs, 1, b, targets, 6, length, scratch, dots));
        methods.put("rowUpdate of one row", () -> k.rowUpdate(labels, a, inputs, 1, b, targets, 6, length, scratch));
        methods.put("meanOfRows", () -> k.meanOfRows(a, inputs, 5, length, hidden, 0));
        methods.put("sgnsGradient", () -> k.sgnsGradient(dots, labels, 1e-6f, scratch, 35));
        methods.put("sgnsTableGradient", () -> k.sgnsTableGradient(dots, labels, 1e-6f, scratch, 35));
    }

    private void word2vec() {
        TrainingOptions options = TrainingOptions.defaults().withSample(1e-2);
        methods.put("word2vec sentence, windows", TrainingLoop.sentences(k, options));
        methods.put("word2vec sentence, pairs", TrainingLoop.sentences(k, options.withUpdate(TrainingOptions.Update.PAIR)));
        methods.put("word2vec sentence, CBOW", TrainingLoop.sentences(k, options.withModel(TrainingOptions.Model.CBOW)));
    }
}
