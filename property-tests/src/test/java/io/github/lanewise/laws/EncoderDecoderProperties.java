package io.github.lanewise.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.oracle.BallTranslator;
import io.github.lanewise.oracle.Translator;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.DenseTape;
import io.github.lanewise.rnn.Embedding;
import io.github.lanewise.rnn.EncoderDecoder;
import io.github.lanewise.rnn.EncoderDecoderGradients;
import io.github.lanewise.rnn.EncoderDecoderTape;
import io.github.lanewise.rnn.Gradients;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.TokenStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Embedding and encoder-decoder: gradients against a double reference, which is held to finite differences; bits across backends and call patterns. */
class EncoderDecoderProperties {
    private static final String[] NAMES = {"vectors", "encoder W", "encoder R", "encoder b", "decoder W", "decoder R", "decoder b", "output W", "output b"};

    @Property(tries = 100)
    void anEmbeddingIsADenseLayerOfOneHotRows(@ForAll @IntRange(min = 1, max = 40) int tokens, @ForAll @IntRange(min = 1, max = 150) int dimension,
                                              @ForAll @IntRange(min = 1, max = 12) int count, @ForAll long seed) {
        Random random = new Random(seed);
        Embedding embedding = Embedding.create(tokens, dimension, new SplitMix64(seed));
        Dense dense = Dense.zero(tokens, dimension, OutputActivation.IDENTITY);
        dense.weights().setInputWeights(embedding.weights().inputWeights());
        int[] numbers = random.ints(count, 0, tokens).toArray();
        float[] oneHot = new float[count * tokens];
        for (int i = 0; i < count; i++) {
            oneHot[i * tokens + numbers[i]] = 1;
        }
        float[] got = new float[count * dimension];
        float[] want = new float[count * dimension];
        DenseTape tape = dense.newTape(count);
        embedding.forward(numbers, 0, count, got, 0);
        dense.forward(oneHot, 0, count, tape, want, 0);
        assertArrayEquals(want, positiveZeros(got));
        float[] dys = new float[got.length];
        for (int i = 0; i < dys.length; i++) {
            dys[i] = random.nextFloat() - .5f;
        }
        Gradients gradients = embedding.newGradients();
        Gradients dDense = dense.newGradients();
        embedding.backward(numbers, 0, count, dys, 0, gradients);
        dense.backward(dys, 0, tape, dDense);
        assertArrayEquals(dDense.inputWeights(), positiveZeros(gradients.inputWeights()));
        float[] twice = gradients.inputWeights();
        for (int i = 0; i < dys.length; i++) {
            twice[i % dimension * tokens + numbers[i / dimension]] += dys[i];
        }
        embedding.backward(numbers, 0, count, dys, 0, gradients);
        assertArrayEquals(twice, gradients.inputWeights());
        assertArrayEquals(new float[dimension], gradients.bias());
        Embedding copy = Embedding.zero(tokens, dimension);
        copy.setVectors(embedding.vectors());
        assertArrayEquals(embedding.weights().inputWeights(), copy.weights().inputWeights());
        assertEquals(embedding.vectors()[(tokens - 1) * dimension], copy.weights().inputWeights()[tokens - 1]);
    }

    @Property(tries = 60)
    void gradientsAgreeWithTheDoubleReferenceAndItsFiniteDifferences(
            @ForAll @IntRange(min = 2, max = 70) int tokens, @ForAll @IntRange(min = 1, max = 20) int dimension, @ForAll @IntRange(min = 1, max = 20) int units,
            @ForAll @IntRange(min = 1, max = 6) int sourceSteps, @ForAll @IntRange(min = 1, max = 50) int targetSteps,
            @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll long seed) {
        Random random = new Random(seed);
        EncoderDecoder model = EncoderDecoder.create(tokens, dimension, units, new SplitMix64(seed));
        Translator.Sequences s = sequences(random, tokens, sourceSteps, targetSteps, batch);
        EncoderDecoderTape tape = model.newTape(sourceSteps + 1, targetSteps + 1, batch);
        EncoderDecoderGradients gradients = model.newGradients();
        double loss = model.lossAndGradients(s.source(), sourceSteps, s.sourceLengths(), s.target(), targetSteps, s.targetLengths(), tape, gradients);
        assertEquals(loss, model.loss(s.source(), sourceSteps, s.sourceLengths(), s.target(), targetSteps, s.targetLengths(), tape));

        Translator reference = new Translator(tokens, dimension, units);
        double[][] parameters = Arrays.stream(floats(model)).map(Experiment::doubles).toArray(double[][]::new);
        Translator.Result exact = reference.run(parameters, s);
        BallTranslator.Result balls = new BallTranslator(tokens, dimension, units).run(floats(model), s);
        double error = Math.abs(loss - exact.loss());
        assertTrue(error <= balls.loss().radius(), () -> "loss " + loss + ", wanted " + exact.loss() + " +- " + balls.loss().radius());
        float[][] got = gradients(gradients, tokens, dimension);
        for (int i = 0; i < got.length; i++) {
            Within.assertWithin(NAMES[i], got[i], exact.gradients()[i], balls.gradients()[i]);
        }

        double[][] direction = moved(parameters, p -> 2 * random.nextDouble() - 1);
        double slope = 0;
        double size = 1;
        for (int i = 0; i < got.length; i++) {
            slope += inner(exact.gradients()[i], direction[i]);
            size += Math.sqrt(inner(exact.gradients()[i], exact.gradients()[i]) * inner(direction[i], direction[i]));
        }
        double step = 1e-3;
        double coarse = difference(reference, parameters, direction, step, s);
        double fine = difference(reference, parameters, direction, step / 2, s);
        double apart = Math.abs((4 * fine - coarse) / 3 - slope) / size;
        assertTrue(apart <= 1e-8, "directional derivative: error " + apart);
    }

    /** More scored tokens than the output layer takes at once. */
    @Property(tries = 3)
    void gradientsAgreeForLongTargets(@ForAll long seed) {
        gradientsAgreeWithTheDoubleReferenceAndItsFiniteDifferences(5, 3, 3, 2, 140, 4, seed);
    }

    @Property(tries = 40)
    void backendsBatchesAndStreamsGiveTheSameBits(@ForAll @IntRange(min = 2, max = 70) int tokens, @ForAll @IntRange(min = 1, max = 70) int dimension,
                                                  @ForAll @IntRange(min = 1, max = 20) int units, @ForAll @IntRange(min = 1, max = 6) int sourceSteps,
                                                  @ForAll @IntRange(min = 1, max = 40) int targetSteps, @ForAll @IntRange(min = 1, max = 5) int batch,
                                                  @ForAll long seed) {
        EncoderDecoder model = EncoderDecoder.create(tokens, dimension, units, new SplitMix64(seed));
        Translator.Sequences s = sequences(new Random(seed), tokens, sourceSteps, targetSteps, batch);
        float[][][] gradients = new float[2][][];
        double[] loss = new double[2];
        for (int i = 0; i < 2; i++) {
            EncoderDecoder on = model.on(i == 0 ? Kernels.scalar() : Kernels.best());
            EncoderDecoderGradients d = on.newGradients();
            loss[i] = on.lossAndGradients(s.source(), sourceSteps, s.sourceLengths(), s.target(), targetSteps, s.targetLengths(),
                    on.newTape(sourceSteps, targetSteps, batch), d);
            gradients[i] = gradients(d, tokens, dimension);
        }
        assertEquals(loss[0], loss[1]);
        assertTrue(Arrays.deepEquals(gradients[0], gradients[1]));

        // Token by token, a row alone, in the order of the sum above.
        TokenStream[] streams = new TokenStream[batch];
        for (int row = 0; row < batch; row++) {
            streams[row] = model.newStream();
            CellState moved = model.encoder().newState();
            for (int step = 0; step < s.sourceLengths()[row]; step++) {
                streams[row].read(s.source()[step * batch + row]);
            }
            moved.copyFrom(streams[row].state());
            streams[row].state().reset();
            streams[row].state().copyFrom(moved);
        }
        double sum = 0;
        int count = 0;
        float[] logits = new float[tokens + 3];
        float[] dLogits = new float[tokens];
        for (int step = 0; step < targetSteps; step++) {
            for (int row = 0; row < batch; row++) {
                if (step < s.targetLengths()[row]) {
                    streams[row].write(s.target()[step * batch + row], logits, 3);
                    sum += Kernels.scalar().softmaxCrossEntropy(logits, 3, s.target()[(step + 1) * batch + row], dLogits, 0, tokens);
                    count++;
                }
            }
        }
        assertEquals(loss[0], sum / count);
    }

    @Property(tries = 20)
    void whatIsRefusedSaysWhatWasWanted(@ForAll @IntRange(min = 2, max = 9) int tokens, @ForAll long seed) {
        EncoderDecoder model = EncoderDecoder.create(tokens, 3, 4, new SplitMix64(seed));
        EncoderDecoderTape tape = model.newTape(2, 2, 2);
        int[] good = new int[6];
        int[] bad = {0, 0, 0, 0, 0, tokens};
        int[] two = {2, 2};
        assertMessage("source steps: got 3, wanted 1 to 2", () -> model.loss(good, 3, two, good, 2, two, tape));
        assertMessage("target steps: got 0, wanted 1 to 2", () -> model.loss(good, 2, two, good, 0, two, tape));
        assertMessage("source length: got 3, wanted 0 to 2", () -> model.loss(good, 2, new int[] {3, 1}, good, 2, two, tape));
        assertMessage("target lengths: got 1, wanted 2", () -> model.loss(good, 2, two, good, 2, new int[1], tape));
        assertMessage("target lengths: got 0 in every row, wanted a token to score", () -> model.loss(good, 2, two, good, 2, new int[2], tape));
        assertThrows(IndexOutOfBoundsException.class, () -> model.loss(good, 2, two, bad, 2, two, tape));
        assertThrows(IndexOutOfBoundsException.class, () -> model.loss(new int[3], 2, two, good, 2, two, tape));
        assertThrows(IndexOutOfBoundsException.class, () -> model.newStream().read(tokens));
        assertMessage("units of the decoder: got 5, wanted 4",
                () -> EncoderDecoder.of(model.embedding(), model.encoder(), Lstm.zero(3, 5), model.output()));
        assertMessage("activation of the output layer: got SOFTMAX, wanted IDENTITY: the loss takes the softmax",
                () -> EncoderDecoder.of(model.embedding(), model.encoder(), model.decoder(), Dense.zero(4, tokens, OutputActivation.SOFTMAX)));
        assertMessage("tokens: got 0, wanted >= 1", () -> Embedding.zero(0, 1));
        assertMessage("vectors: got 1 values, wanted " + 3 * tokens, () -> model.embedding().setVectors(new float[1]));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    /** Random tokens; lengths from 0, one of them full. */
    private static Translator.Sequences sequences(Random random, int tokens, int sourceSteps, int targetSteps, int batch) {
        int[] sourceLengths = random.ints(batch, 0, sourceSteps + 1).toArray();
        int[] targetLengths = random.ints(batch, 0, targetSteps + 1).toArray();
        sourceLengths[random.nextInt(batch)] = sourceSteps;
        targetLengths[random.nextInt(batch)] = targetSteps;
        return new Translator.Sequences(batch, sourceSteps, random.ints((long) sourceSteps * batch, 0, tokens).toArray(), sourceLengths,
                targetSteps, random.ints((targetSteps + 1L) * batch, 0, tokens).toArray(), targetLengths);
    }

    private static float[][] floats(EncoderDecoder m) {
        return new float[][] {m.embedding().vectors(), m.encoder().weights().inputWeights(), m.encoder().weights().recurrentWeights(),
            m.encoder().weights().bias(), m.decoder().weights().inputWeights(), m.decoder().weights().recurrentWeights(), m.decoder().weights().bias(),
            m.output().weights().inputWeights(), m.output().weights().bias()};
    }

    private static float[][] gradients(EncoderDecoderGradients d, int tokens, int dimension) {
        float[] transposed = d.embedding().inputWeights();
        float[] vectors = new float[transposed.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = transposed[i % dimension * tokens + i / dimension];
        }
        return new float[][] {vectors, d.encoder().inputWeights(), d.encoder().recurrentWeights(), d.encoder().bias(),
            d.decoder().inputWeights(), d.decoder().recurrentWeights(), d.decoder().bias(), d.output().inputWeights(), d.output().bias()};
    }

    private static double difference(Translator reference, double[][] at, double[][] direction, double step, Translator.Sequences s) {
        return (reference.run(moved(at, direction, step), s).loss() - reference.run(moved(at, direction, -step), s).loss()) / (2 * step);
    }

    private static double[][] moved(double[][] at, double[][] direction, double step) {
        double[][] to = new double[at.length][];
        for (int i = 0; i < at.length; i++) {
            to[i] = new double[at[i].length];
            for (int j = 0; j < to[i].length; j++) {
                to[i][j] = at[i][j] + step * direction[i][j];
            }
        }
        return to;
    }

    private static double[][] moved(double[][] at, DoubleUnaryOperator change) {
        return Arrays.stream(at).map(a -> Arrays.stream(a).map(change).toArray()).toArray(double[][]::new);
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** A chain of fused multiply-adds with zeros turns -0 into +0. */
    private static float[] positiveZeros(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }
}
