package io.github.lanewise.rnn;

import io.github.lanewise.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Turns one sequence of tokens into another: an LSTM reads the source, a second one starts from its last state and writes the target token by
 * token (Sutskever, Vinyals and Le, "Sequence to Sequence Learning with Neural Networks", 2014). Both look their tokens up in one
 * {@link Embedding}; a {@link Dense} layer scores the next token.
 *
 * <p>Batches of tokens are laid out {@code [steps][batch]}, each row with a length of its own; tokens after the end of a row must be numbers
 * of tokens, too, and have no effect. Weights are only read here; each thread holds its own {@link EncoderDecoderTape}, gradients and
 * {@link TokenStream}. After warm-up nothing is allocated. A call that is refused has written nothing.
 *
 * @see TokenStream
 */
public final class EncoderDecoder {
    private final Kernels kernels;
    private final Embedding embedding;
    private final Lstm encoder;
    private final Lstm decoder;
    private final Dense output;

    private EncoderDecoder(Embedding embedding, Lstm encoder, Lstm decoder, Dense output, Kernels kernels) {
        this.embedding = embedding.on(kernels);
        this.encoder = encoder.on(kernels);
        this.decoder = decoder.on(kernels);
        this.output = output.on(kernels);
        this.kernels = kernels;
    }

    /**
     * Puts layers together, on the fastest backend. The weights are shared.
     *
     * @param embedding the vectors of the tokens
     * @param encoder reads; as many inputs as a vector has floats
     * @param decoder writes; of the shape of the encoder
     * @param output scores the next token: from the units of the decoder to the tokens of the embedding, without an activation
     * @return the whole
     * @throws IllegalArgumentException if the shapes do not fit or the output has an activation
     */
    public static EncoderDecoder of(Embedding embedding, Lstm encoder, Lstm decoder, Dense output) {
        require("inputs of the encoder", encoder.inputs(), embedding.dimension());
        require("inputs of the decoder", decoder.inputs(), embedding.dimension());
        require("units of the decoder", decoder.units(), encoder.units());
        require("inputs of the output layer", output.weights().inputs(), decoder.units());
        require("units of the output layer", output.weights().units(), embedding.tokens());
        if (output.activation() != OutputActivation.IDENTITY) {
            throw new IllegalArgumentException("activation of the output layer: got " + output.activation() + ", wanted " + OutputActivation.IDENTITY
                    + ": the loss takes the softmax");
        }
        return new EncoderDecoder(embedding, encoder, decoder, output, Kernels.best());
    }

    /**
     * Creates a model with random weights.
     *
     * @param tokens size of the vocabulary, at least 1
     * @param dimension floats in the vector of a token, at least 1
     * @param units hidden units of encoder and decoder, at least 1
     * @param random source of the weights; the same source gives the same bits on every machine
     * @return a new model
     * @throws IllegalArgumentException if a size is out of range
     */
    public static EncoderDecoder create(int tokens, int dimension, int units, RandomGenerator random) {
        return of(Embedding.create(tokens, dimension, random), Lstm.create(dimension, units, random), Lstm.create(dimension, units, random),
                Dense.create(units, tokens, OutputActivation.IDENTITY, random));
    }

    private static void require(String what, int got, int wanted) {
        if (got != wanted) {
            throw new IllegalArgumentException(what + ": got " + got + ", wanted " + wanted);
        }
    }

    /**
     * Returns this model on another backend. The weights are shared.
     *
     * @param other the kernels to run on
     * @return a model with the same weights and the same results
     */
    public EncoderDecoder on(Kernels other) {
        return new EncoderDecoder(embedding, encoder, decoder, output, Objects.requireNonNull(other, "kernels"));
    }

    /**
     * Returns the vectors of the tokens.
     *
     * @return the layer that both sides look tokens up in
     */
    public Embedding embedding() {
        return embedding;
    }

    /**
     * Returns the layer that reads.
     *
     * @return the encoder
     */
    public Lstm encoder() {
        return encoder;
    }

    /**
     * Returns the layer that writes.
     *
     * @return the decoder
     */
    public Lstm decoder() {
        return decoder;
    }

    /**
     * Returns the layer that scores the next token.
     *
     * @return the output layer, whose outputs are logits
     */
    public Dense output() {
        return output;
    }

    /**
     * Creates zero gradients for all layers.
     *
     * @return new gradients
     */
    public EncoderDecoderGradients newGradients() {
        return new EncoderDecoderGradients(embedding.newGradients(), encoder.newGradients(), decoder.newGradients(), output.newGradients());
    }

    /**
     * Pairs the weights of all layers with gradients, for an {@link Optimizer}.
     *
     * @param gradients gradients of this model
     * @return embedding, encoder, decoder, output
     * @throws IllegalArgumentException if the gradients are those of another shape
     */
    public List<Trainable> trainables(EncoderDecoderGradients gradients) {
        return List.of(new Trainable(embedding.weights(), gradients.embedding()), new Trainable(encoder.weights(), gradients.encoder()),
                new Trainable(decoder.weights(), gradients.decoder()), new Trainable(output.weights(), gradients.output()));
    }

    /**
     * Creates the memory for training.
     *
     * @param maxSourceSteps longest source, at least 1
     * @param maxTargetSteps longest target, the start not counted, at least 1
     * @param batch rows of a batch, at least 1; a smaller batch has rows of length 0
     * @return a new tape
     * @throws IllegalArgumentException if a number is less than 1
     * @throws ArithmeticException if an array would need 2^31 floats or more
     */
    public EncoderDecoderTape newTape(int maxSourceSteps, int maxTargetSteps, int batch) {
        return new EncoderDecoderTape(this, maxSourceSteps, maxTargetSteps, Layout.require("batch", batch, 1));
    }

    /**
     * Creates the memory for reading and writing token by token.
     *
     * @return a new stream, at the beginning
     */
    public TokenStream newStream() {
        return new TokenStream(this);
    }

    /**
     * The loss of a batch, with teacher forcing: the mean of {@code -log softmax(logits)[wanted token]} over all tokens of all targets, in nats.
     *
     * @param source tokens to read [sourceSteps][batch]; read only
     * @param sourceSteps steps of the source, 1 to that of the tape
     * @param sourceLengths tokens of each row, 0 to {@code sourceSteps}
     * @param target tokens to write [targetSteps + 1][batch]: the first of a row starts it and is not scored; read only
     * @param targetSteps steps of the target, 1 to that of the tape
     * @param targetLengths tokens of each row that are scored, 0 to {@code targetSteps}, not all 0
     * @param tape memory of the pass; overwritten
     * @return the loss
     * @throws IllegalArgumentException if a size or length is out of range, or the tape belongs to a model of another shape
     * @throws IndexOutOfBoundsException if an array is too short or a number is not one of a token
     */
    public double loss(int[] source, int sourceSteps, int[] sourceLengths, int[] target, int targetSteps, int[] targetLengths, EncoderDecoderTape tape) {
        int count = forward(source, sourceSteps, sourceLengths, target, targetSteps, targetLengths, tape);
        return score(tape, count, null);
    }

    /**
     * The loss of a batch as {@link #loss} has it, and its gradients: {@code gradients +=}.
     *
     * @param source tokens to read [sourceSteps][batch]; read only
     * @param sourceSteps steps of the source, 1 to that of the tape
     * @param sourceLengths tokens of each row, 0 to {@code sourceSteps}
     * @param target tokens to write [targetSteps + 1][batch]: the first of a row starts it and is not scored; read only
     * @param targetSteps steps of the target, 1 to that of the tape
     * @param targetLengths tokens of each row that are scored, 0 to {@code targetSteps}, not all 0
     * @param tape memory of the pass; overwritten
     * @param gradients gradients of all weights; added to
     * @return the loss
     * @throws IllegalArgumentException if a size or length is out of range, or tape or gradients belong to a model of another shape
     * @throws IndexOutOfBoundsException if an array is too short or a number is not one of a token
     */
    public double lossAndGradients(int[] source, int sourceSteps, int[] sourceLengths, int[] target, int targetSteps, int[] targetLengths,
                                   EncoderDecoderTape tape, EncoderDecoderGradients gradients) {
        gradients.embedding().requireLayout(embedding.weights().layout);
        gradients.encoder().requireLayout(encoder.weights().layout);
        gradients.decoder().requireLayout(decoder.weights().layout);
        gradients.output().requireLayout(output.weights().layout);
        int count = forward(source, sourceSteps, sourceLengths, target, targetSteps, targetLengths, tape);
        Arrays.fill(tape.dHidden, 0, targetSteps * tape.batch * decoder.units(), 0);
        double loss = score(tape, count, gradients.output());
        tape.dState.reset();
        decoder.backward(tape.dHidden, 0, tape.decoder, tape.dState, gradients.decoder(), tape.target, 0);
        encoder.backward(tape.noGradients, 0, tape.encoder, tape.dState, gradients.encoder(), tape.source, 0);
        embedding.backward(source, 0, sourceSteps * tape.batch, tape.source, 0, gradients.embedding());
        embedding.backward(target, 0, targetSteps * tape.batch, tape.target, 0, gradients.embedding());
        return loss;
    }

    /** Both recurrent passes; returns how many steps have a token to score and notes them. */
    private int forward(int[] source, int sourceSteps, int[] sourceLengths, int[] target, int targetSteps, int[] targetLengths, EncoderDecoderTape tape) {
        int batch = tape.batch;
        requireBatch("source", source, sourceSteps, tape.sourceSteps, sourceSteps, sourceLengths, batch);
        requireBatch("target", target, targetSteps, tape.targetSteps, targetSteps + 1, targetLengths, batch);
        encoder.requireTape(tape.encoder, tape.state);
        require("tokens of the tape", tape.output.layout.units(), embedding.tokens());
        int count = 0;
        for (int step = 0; step < targetSteps; step++) {
            for (int row = 0; row < batch; row++) {
                if (step < targetLengths[row]) {
                    tape.scored[count] = step * batch + row;
                    tape.wanted[count++] = target[(step + 1) * batch + row];
                }
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("target lengths: got 0 in every row, wanted a token to score");
        }
        embedding.forward(source, 0, sourceSteps * batch, tape.source, 0);
        embedding.forward(target, 0, targetSteps * batch, tape.target, 0);
        tape.state.reset();
        encoder.forward(tape.source, 0, sourceSteps, sourceLengths, tape.state, tape.encoder, tape.sourceHidden, 0);
        decoder.forward(tape.target, 0, targetSteps, targetLengths, tape.state, tape.decoder, tape.hidden, 0);
        return count;
    }

    private void requireBatch(String what, int[] tokens, int steps, int maxSteps, int rows, int[] lengths, int batch) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException(what + " steps: got " + steps + ", wanted 1 to " + maxSteps);
        }
        Objects.checkFromIndexSize(0, rows * batch, tokens.length);
        for (int i = 0; i < rows * batch; i++) {
            Objects.checkIndex(tokens[i], embedding.tokens());
        }
        if (lengths.length != batch) {
            throw new IllegalArgumentException(what + " lengths: got " + lengths.length + ", wanted " + batch);
        }
        for (int length : lengths) {
            if (length < 0 || length > steps) {
                throw new IllegalArgumentException(what + " length: got " + length + ", wanted 0 to " + steps);
            }
        }
    }

    /** The output layer on the steps that are scored, some rows at a time; with gradients of its weights also those of the hidden states. */
    private double score(EncoderDecoderTape tape, int count, @Nullable Gradients gradients) {
        int units = decoder.units();
        int tokens = embedding.tokens();
        int steps = tape.hidden.length / units;
        int atOnce = tape.output.maxRows();
        double sum = 0;
        for (int first = 0; first < count; first += atOnce) {
            int rows = Math.min(atOnce, count - first);
            kernels.gatherRows(tape.hidden, 0, units, steps, tape.scored, first, rows, tape.chosen, 0, units, units);
            output.forward(tape.chosen, 0, rows, tape.output, tape.logits, 0);
            for (int row = 0; row < rows; row++) {
                sum += kernels.softmaxCrossEntropy(tape.logits, row * tokens, tape.wanted[first + row], tape.dLogits, row * tokens, tokens);
            }
            if (gradients != null) {
                kernels.scale(1f / count, tape.dLogits, 0, rows * tokens);
                output.backward(tape.dLogits, 0, tape.output, gradients, tape.dChosen, 0);
                kernels.scatterAddRows(tape.dChosen, 0, units, tape.scored, first, rows, tape.dHidden, 0, units, steps, units);
            }
        }
        return sum / count;
    }
}
