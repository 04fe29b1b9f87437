package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Sgns;
import java.util.Arrays;

/** One update of word vectors as the formulas say it, in plain loops; all gradients are taken at the old values. */
final class NaiveSgns implements Contestant {
    private final Sgns task;
    private final int length;
    private final int inputs;
    private final boolean mean;
    private final float[] a;
    private final float[] b;
    private final int[] aRows;
    private final int[] bRows = new int[Sgns.TARGETS];
    private final float[] left;
    private final float[] aChange;
    private final float[] bChange;
    private int turn;

    NaiveSgns(Sgns task) {
        this.task = task;
        length = task.length();
        inputs = task.inputs();
        mean = task.update().equals("cbow");
        a = task.vectors(1);
        b = task.vectors(2);
        aRows = new int[inputs];
        left = new float[inputs * length];
        aChange = new float[left.length];
        bChange = new float[Sgns.TARGETS * length];
    }

    @Override
    public void run() {
        turn = (turn + 1) % Sgns.WORDS;
        task.rows(turn, aRows, inputs);
        task.rows(turn + 1, bRows, Sgns.TARGETS);
        int lefts = mean ? 1 : inputs;
        Arrays.fill(left, 0);
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < length; j++) {
                left[(mean ? 0 : i) * length + j] += a[aRows[i] + j] / (mean ? inputs : 1);
            }
        }
        Arrays.fill(aChange, 0);
        Arrays.fill(bChange, 0);
        for (int i = 0; i < lefts; i++) {
            for (int t = 0; t < Sgns.TARGETS; t++) {
                float dot = 0;
                for (int j = 0; j < length; j++) {
                    dot += left[i * length + j] * b[bRows[t] + j];
                }
                float gradient = ((t == 0 ? 1 : 0) - (float) (1 / (1 + Math.exp(-dot)))) * Sgns.RATE;
                for (int j = 0; j < length; j++) {
                    aChange[i * length + j] += gradient * b[bRows[t] + j];
                    bChange[t * length + j] += gradient * left[i * length + j];
                }
            }
        }
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < length; j++) {
                a[aRows[i] + j] += aChange[(mean ? 0 : i) * length + j];
            }
        }
        for (int t = 0; t < Sgns.TARGETS; t++) {
            for (int j = 0; j < length; j++) {
                b[bRows[t] + j] += bChange[t * length + j];
            }
        }
    }

    @Override
    public float[][] output() {
        return new float[][] {a.clone(), b.clone()};
    }
}
