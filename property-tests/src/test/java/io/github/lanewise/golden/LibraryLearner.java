package io.github.lanewise.golden;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.rnn.Adagrad;
import io.github.lanewise.rnn.Adam;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.CellTape;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Loss;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.Optimizer;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.RecurrentCell;
import io.github.lanewise.rnn.Rnn;
import io.github.lanewise.rnn.Sgd;
import io.github.lanewise.rnn.Trainable;
import java.util.Arrays;
import java.util.List;

/** The library in training: layers, loss, clipping and optimizer as a user puts them together. */
final class LibraryLearner implements Learner {
    private final TrainingTask task;
    private final Kernels kernels;
    private final RecurrentCell cell;
    private final Dense dense;
    private final Gradients cellGradients;
    private final Gradients denseGradients;
    private final Optimizer optimizer;
    private final CellState state;
    private final CellState dState;
    private final CellTape tape;
    private final DenseTape denseTape;

    LibraryLearner(TrainingTask task, Kernels kernels) {
        this.task = task;
        this.kernels = kernels;
        cell = task.lstm() ? Lstm.zero(task.inputs(), task.hidden()).on(kernels)
                : Rnn.zero(task.inputs(), task.hidden(), Activation.TANH).on(kernels);
        dense = Dense.zero(task.hidden(), task.outputs(), OutputActivation.IDENTITY).on(kernels);
        double[][] w = task.initialWeights();
        cell.weights().setInputWeights(LibrarySubject.floats(w[0]));
        cell.weights().setRecurrentWeights(LibrarySubject.floats(w[1]));
        cell.weights().setBias(LibrarySubject.floats(w[2]));
        dense.weights().setInputWeights(LibrarySubject.floats(w[3]));
        dense.weights().setBias(LibrarySubject.floats(w[4]));
        cellGradients = cell.newGradients();
        denseGradients = dense.newGradients();
        List<Trainable> layers = List.of(new Trainable(cell.weights(), cellGradients), new Trainable(dense.weights(), denseGradients));
        optimizer = switch (task.optimizer()) {
            case SGD -> new Sgd(kernels, task.rate(), 0, layers);
            case MOMENTUM -> new Sgd(kernels, task.rate(), .9, layers);
            case ADAGRAD -> new Adagrad(kernels, task.rate(), 1e-10, layers);
            case ADAM -> new Adam(kernels, task.rate(), layers);
            case ADAMW -> new Adam(kernels, task.rate(), .9, .999, 1e-8, .01, layers);
        };
        TrainingTask.Window window = task.window(0);
        state = cell.newState(window.batch());
        dState = cell.newState(window.batch());
        tape = cell.newTape(window.steps(), window.batch());
        denseTape = dense.newTape(window.steps() * window.batch());
    }

    @Override
    public Progress learn(TrainingTask.Window window) {
        int rows = window.steps() * window.batch();
        if (!task.carry()) {
            state.reset();
        }
        float[] hs = new float[rows * task.hidden()];
        cell.forward(LibrarySubject.floats(window.x()), 0, window.steps(), state, tape, hs, 0);

        // COUNT looks at the last step only.
        int first = task.data() == TrainingTask.Data.COUNT ? rows - window.batch() : 0;
        float[] y = new float[(rows - first) * task.outputs()];
        dense.forward(hs, first * task.hidden(), rows - first, denseTape, y, 0);
        float[] dy = new float[y.length];
        double loss = task.data() == TrainingTask.Data.CHARS
                ? Loss.softmaxCrossEntropy(kernels, y, 0, Arrays.stream(window.target()).mapToInt(v -> (int) v).toArray(), 0, dy, 0, rows,
                        task.outputs())
                : Loss.meanSquaredError(kernels, y, 0, LibrarySubject.floats(window.target()), 0, dy, 0, y.length);

        optimizer.zeroGradients();
        float[] dhs = new float[hs.length];
        dense.backward(dy, 0, denseTape, denseGradients, dhs, first * task.hidden());
        dState.reset();
        cell.backward(dhs, 0, tape, dState, cellGradients);
        double norm = optimizer.clipGlobalNorm(task.clip());
        optimizer.step();
        return new Progress(loss, norm);
    }

    @Override
    public double[][] weights() {
        return new double[][] {LibrarySubject.doubles(cell.weights().inputWeights()), LibrarySubject.doubles(cell.weights().recurrentWeights()),
            LibrarySubject.doubles(cell.weights().bias()), LibrarySubject.doubles(dense.weights().inputWeights()),
            LibrarySubject.doubles(dense.weights().bias())};
    }
}
