package io.github.lanewise.rnn;

/**
 * Gradients for the layers of an {@link EncoderDecoder}.
 *
 * @param embedding of the vectors of the tokens
 * @param encoder of the layer that reads
 * @param decoder of the layer that writes
 * @param output of the layer that scores the next token
 */
public record EncoderDecoderGradients(Gradients embedding, Gradients encoder, Gradients decoder, Gradients output) {
    /** Sets all gradients to zero. Allocates nothing. */
    public void zero() {
        embedding.zero();
        encoder.zero();
        decoder.zero();
        output.zero();
    }
}
