package io.github.lanewise.golden;

import io.github.lanewise.oracle.Activation;
import io.github.lanewise.oracle.Batch;
import io.github.lanewise.oracle.DenseLayer;
import io.github.lanewise.oracle.ElmanLayer;
import io.github.lanewise.oracle.Loss;
import io.github.lanewise.oracle.LstmLayer;
import io.github.lanewise.oracle.Optimizer;
import io.github.lanewise.oracle.RecurrentLayer;
import java.util.Arrays;

/** The double reference in training. */
final class ReferenceLearner implements Learner {
    private final TrainingTask task;
    private final double[][] w;
    private final Optimizer[] optimizers;
    private double[] h = new double[0];
    private double[] c = new double[0];

    ReferenceLearner(TrainingTask task) {
        this(task, task.initialWeights());
    }

    ReferenceLearner(TrainingTask task, double[][] initialWeights) {
        this.task = task;
        this.w = initialWeights;
        this.optimizers = new Optimizer[w.length];
        Arrays.setAll(optimizers, i -> optimizer(w[i].length));
    }

    private Optimizer optimizer(int size) {
        return switch (task.optimizer()) {
            case SGD -> Optimizer.sgd(task.rate(), 0, size);
            case MOMENTUM -> Optimizer.sgd(task.rate(), .9, size);
            case ADAGRAD -> Optimizer.adagrad(task.rate(), 1e-10, size);
            case ADAM -> Optimizer.adam(task.rate(), .9, .999, 1e-8, 0, size);
            case ADAMW -> Optimizer.adam(task.rate(), .9, .999, 1e-8, .01, size);
        };
    }

    @Override
    public Progress learn(TrainingTask.Window window) {
        RecurrentLayer layer = task.lstm() ? new LstmLayer(task.inputs(), task.hidden(), w[0], w[1], w[2])
                : new ElmanLayer(Activation.TANH, task.inputs(), task.hidden(), w[0], w[1], w[2]);
        DenseLayer dense = new DenseLayer(task.hidden(), task.outputs(), w[3], w[4]);
        int stateSize = window.batch() * task.hidden();
        if (!task.carry() || h.length == 0) {
            h = new double[stateSize];
            c = new double[task.lstm() ? stateSize : 0];
        }
        Batch batch = Batch.of(window.steps(), window.batch(), window.x(), h, c);
        RecurrentLayer.Forward f = layer.forward(batch);
        double[] z = dense.preActivation(f.y());
        Loss loss = switch (task.data()) {
            case COUNT -> Loss.meanSquaredError(Arrays.copyOfRange(z, z.length - window.target().length, z.length), window.target());
            case SINE -> Loss.meanSquaredError(z, window.target());
            case CHARS -> Loss.softmaxCrossEntropy(z, task.outputs(), Arrays.stream(window.target()).mapToInt(v -> (int) v).toArray());
        };
        double[] dz = new double[z.length];
        System.arraycopy(loss.gradient(), 0, dz, z.length - loss.gradient().length, loss.gradient().length);
        DenseLayer.Gradients dDense = dense.backward(f.y(), dz);
        RecurrentLayer.Gradients d = layer.backward(batch, f, dDense.x(), new double[stateSize], new double[c.length]);
        double[][] gradients = {d.wIh(), d.wHh(), d.bias(), dDense.w(), dDense.bias()};
        double norm = Optimizer.clip(task.clip(), gradients);
        for (int i = 0; i < w.length; i++) {
            optimizers[i].update(w[i], gradients[i]);
        }
        h = f.hT();
        c = f.cT();
        return new Progress(loss.value(), norm);
    }

    @Override
    public double[][] weights() {
        return w;
    }
}
