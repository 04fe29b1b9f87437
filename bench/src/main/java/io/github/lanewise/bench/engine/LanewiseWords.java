package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Sgns;
import io.github.lanewise.bench.task.Words;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.Word2VecTrainer;

/** Word vectors of this library. */
final class LanewiseWords {
    private LanewiseWords() {}

    /** The kernels of one update. */
    static final class Update implements Contestant {
        private static final int[] HIDDEN = {0};

        private final Kernels kernels;
        private final Sgns task;
        private final int length;
        private final int inputs;
        private final float[] a;
        private final float[] b;
        private final float[] hidden;
        private final int[] aRows;
        private final int[] bRows = new int[Sgns.TARGETS];
        private final float[] labels;
        private final float[] gradient;
        private final float[] scratch;
        private int turn;

        Update(Kernels kernels, Sgns task) {
            this.kernels = kernels;
            this.task = task;
            length = task.length();
            inputs = task.inputs();
            a = task.vectors(1);
            b = task.vectors(2);
            hidden = new float[length];
            aRows = new int[inputs];
            int products = Panels.padded(inputs * Sgns.TARGETS);
            gradient = new float[products];
            scratch = new float[Panels.BLOCK * products];
            labels = new float[products];
            for (int i = 0; i < inputs; i++) {
                labels[i * Sgns.TARGETS] = 1;
            }
        }

        @Override
        public void run() {
            turn = (turn + 1) % Sgns.WORDS;
            task.rows(turn, aRows, inputs);
            task.rows(turn + 1, bRows, Sgns.TARGETS);
            if (task.update().equals("cbow")) {
                kernels.meanOfRows(a, aRows, inputs, length, hidden, 0);
                kernels.rowGradients(hidden, HIDDEN, 1, b, bRows, Sgns.TARGETS, length, labels, Sgns.RATE, scratch, gradient);
                kernels.hiddenUpdate(gradient, hidden, 0, 1, a, aRows, inputs, b, bRows, Sgns.TARGETS, length);
            } else {
                kernels.rowGradients(a, aRows, inputs, b, bRows, Sgns.TARGETS, length, labels, Sgns.RATE, scratch, gradient);
                kernels.rowUpdate(gradient, a, aRows, inputs, b, bRows, Sgns.TARGETS, length, scratch);
            }
        }

        @Override
        public float[][] output() {
            return new float[][] {a.clone(), b.clone()};
        }
    }

    /** A whole epoch, from the numbered text on. */
    static final class Epoch implements Contestant {
        private final Corpus corpus;
        private final TrainingOptions options;

        Epoch(Words task) {
            corpus = Corpus.reader().of(task.sentences());
            TrainingOptions defaults = TrainingOptions.defaults().withEpochs(1).withDimension(task.dimension());
            options = switch (task.update()) {
                case "window" -> defaults.withUpdate(TrainingOptions.Update.WINDOW);
                case "pair" -> defaults.withUpdate(TrainingOptions.Update.PAIR);
                case "cbow" -> defaults.withModel(TrainingOptions.Model.CBOW);
                default -> throw new IllegalArgumentException("update: got " + task.update() + ", wanted window, pair or cbow");
            };
        }

        @Override
        public void run() {
            Word2VecTrainer.start(options, corpus).run();
        }

        /** Nobody to compare it with: no other engine here draws the same random numbers. */
        @Override
        public float[][] output() {
            return new float[0][];
        }

        @Override
        public void close() {
            corpus.close();
        }
    }
}
