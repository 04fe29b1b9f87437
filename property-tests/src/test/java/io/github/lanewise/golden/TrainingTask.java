package io.github.lanewise.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * One of the training runs of training_trace.tsv: a recurrent layer, a linear output layer, a loss, an optimizer. Weights and data are made
 * here the way make_golden.py makes them. All tensors are row-major, x is [steps][batch][inputs].
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
public record TrainingTask(String name, boolean lstm, int inputs, int hidden, int outputs, int seed, Optimizer optimizer, double rate,
                           int iterations, double clip, boolean carry, Data data) {
    /** Update rule, with PyTorch's default constants; momentum is 0.9. */
    public enum Optimizer { SGD, MOMENTUM, ADAGRAD, ADAM, ADAMW }

    /** What is learned: count 0,1,2,3,4 -> 5 (mean squared error of the last step), the next sample of two tones, the next character. */
    public enum Data { COUNT, SINE, CHARS }

    /** One iteration's input and target; for CHARS the targets are class indices. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of tensors, never compared
    public record Window(int steps, int batch, double[] x, double[] target) {
    }

    private static final String TEXT = "the king and the queen; the man and the woman. ";
    private static final List<Integer> ALPHABET = new ArrayList<>(new TreeSet<>(TEXT.chars().boxed().toList()));

    /** Returns all runs. */
    public static List<TrainingTask> all() {
        List<TrainingTask> tasks = new ArrayList<>();
        for (boolean lstm : new boolean[] {false, true}) {
            String kind = lstm ? "lstm" : "rnn";
            for (Optimizer o : Optimizer.values()) {
                double rate = switch (o) {
                    case SGD -> .1;
                    case MOMENTUM, ADAGRAD -> .05;
                    case ADAM, ADAMW -> .01;
                };
                tasks.add(new TrainingTask("count_" + kind + "_" + o.name().toLowerCase(Locale.ROOT), lstm, 1, 8, 1, 42, o, rate, 300,
                        Double.POSITIVE_INFINITY, false, Data.COUNT));
            }
        }
        tasks.add(new TrainingTask("sine_lstm_adam_tbptt", true, 1, 12, 1, 7, Optimizer.ADAM, .01, 320, Double.POSITIVE_INFINITY, true, Data.SINE));
        tasks.add(new TrainingTask("sine_rnn_sgd_tbptt", false, 1, 12, 1, 7, Optimizer.SGD, .05, 320, Double.POSITIVE_INFINITY, true, Data.SINE));
        int size = ALPHABET.size();
        tasks.add(new TrainingTask("chars_lstm_adam_clip", true, size, 16, size, 11, Optimizer.ADAM, .02, 200, 1, false, Data.CHARS));
        tasks.add(new TrainingTask("chars_rnn_sgd_clip", false, size, 16, size, 11, Optimizer.SGD, .5, 200, 1, false, Data.CHARS));
        return tasks;
    }

    /** Rows of the recurrent weights: 4 or 1 times hidden. */
    public int rows() {
        return (lstm ? 4 : 1) * hidden;
    }

    /** Returns the initial W_ih, W_hh, b (one bias), W_hy, b_y: uniform in +-1/sqrt(hidden), exact in float. */
    public double[][] initialWeights() {
        double bound = 1 / Math.sqrt(hidden);
        double[][] weights = {new double[rows() * inputs], new double[rows() * hidden], new double[rows()], new double[outputs * hidden],
            new double[outputs]};
        long state = seed;
        for (double[] w : weights) {
            for (int i = 0; i < w.length; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                double uniform = (state >>> 40) / (double) (1 << 24);
                w[i] = (float) ((2 * uniform - 1) * bound);
            }
        }
        return weights;
    }

    /** Returns the data of an iteration. */
    public Window window(int iteration) {
        return switch (data) {
            case COUNT -> count();
            case SINE -> sine(iteration % 160 * 20);
            case CHARS -> chars();
        };
    }

    private static Window count() {
        double[] x = new double[5 * 6];
        double[] target = new double[6];
        for (int s = 0; s < 6; s++) {
            for (int t = 0; t < 5; t++) {
                x[t * 6 + s] = (s + t) / 10.0;
            }
            target[s] = (s + 5) / 10.0;
        }
        return new Window(5, 6, x, target);
    }

    private static Window sine(int start) {
        double[] wave = new double[21];
        Arrays.setAll(wave, i -> 0.6 * StrictMath.sin(2 * Math.PI * (start + i) * 5 / 160) + 0.3 * StrictMath.sin(2 * Math.PI * (start + i) * 13 / 160));
        return new Window(20, 1, Arrays.copyOf(wave, 20), Arrays.copyOfRange(wave, 1, 21));
    }

    private static Window chars() {
        int steps = TEXT.length() - 1;
        int size = ALPHABET.size();
        double[] x = new double[steps * size];
        double[] target = new double[steps];
        for (int t = 0; t < steps; t++) {
            x[t * size + ALPHABET.indexOf((int) TEXT.charAt(t))] = 1;
            target[t] = ALPHABET.indexOf((int) TEXT.charAt(t + 1));
        }
        return new Window(steps, 1, x, target);
    }

    @Override
    public String toString() {
        return name;
    }
}
