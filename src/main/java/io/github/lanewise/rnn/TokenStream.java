package io.github.lanewise.rnn;

import java.util.Objects;

/**
 * An {@link EncoderDecoder} token by token: reads what it is given, then writes an answer. One per thread; after warm-up nothing is allocated.
 *
 * <p>Reading and writing move one state along, which may be copied away and back: to go on from one place in several ways (beam search), or to
 * begin with what was read before.
 */
public final class TokenStream {
    private final EncoderDecoder model;
    private final CellState state;
    private final DenseTape tape;
    private final int[] token = new int[1];
    private final float[] vector;
    private final float[] hidden;

    TokenStream(EncoderDecoder model) {
        this.model = model;
        state = model.encoder().newState();
        tape = model.output().newTape(1);
        vector = new float[model.embedding().dimension()];
        hidden = new float[model.decoder().units()];
    }

    /**
     * Returns where the stream is; {@link CellState#reset} goes to the beginning, {@link CellState#copyFrom} to another place.
     *
     * @return the live state
     */
    public CellState state() {
        return state;
    }

    /**
     * Reads a token: a step of the encoder.
     *
     * @param number the token
     * @throws IndexOutOfBoundsException if it is not the number of a token
     */
    public void read(int number) {
        lookUp(number);
        model.encoder().step(vector, 0, state);
    }

    /**
     * Writes a token, a step of the decoder, and scores what comes after it: {@code logits =}.
     *
     * @param number the token; at first the one that starts a target
     * @param logits scores before softmax [tokens]; written
     * @param offset index of the first element
     * @throws IndexOutOfBoundsException if it is not the number of a token or the range falls outside the array
     */
    public void write(int number, float[] logits, int offset) {
        Objects.checkFromIndexSize(offset, model.embedding().tokens(), logits.length);
        lookUp(number);
        model.decoder().step(vector, 0, state);
        state.copyH(hidden, 0);
        model.output().forward(hidden, 0, 1, tape, logits, offset);
    }

    private void lookUp(int number) {
        token[0] = number;
        model.embedding().forward(token, 0, 1, vector, 0);
    }
}
