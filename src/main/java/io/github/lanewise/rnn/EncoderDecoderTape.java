package io.github.lanewise.rnn;

/** The memory of {@link EncoderDecoder#loss} and {@link EncoderDecoder#lossAndGradients}. One per thread. */
public final class EncoderDecoderTape {
    /** Rows of the output layer that are done at once: its logits stay in the cache, whatever the size of the vocabulary. */
    private static final int OUTPUT_ROWS = 128;

    final int batch;
    final int sourceSteps;
    final int targetSteps;
    final CellState state;
    final CellState dState;
    final CellTape encoder;
    final CellTape decoder;
    final DenseTape output;
    /** Vectors of the tokens, then the gradients of these: of the source and of the target. */
    final float[] source;
    final float[] target;
    /** Hidden states of the encoder, which nothing reads, and their gradients, which are zero. */
    final float[] sourceHidden;
    final float[] noGradients;
    /** Hidden states of the decoder, and their gradients. */
    final float[] hidden;
    final float[] dHidden;
    /** The steps of the target that have a token to score, as numbers of rows of {@link #hidden}, and these tokens. */
    final int[] scored;
    final int[] wanted;
    final float[] chosen;
    final float[] dChosen;
    final float[] logits;
    final float[] dLogits;

    EncoderDecoderTape(EncoderDecoder model, int sourceSteps, int targetSteps, int batch) {
        this.batch = batch;
        this.sourceSteps = Layout.require("source steps", sourceSteps, 1);
        this.targetSteps = Layout.require("target steps", targetSteps, 1);
        int dimension = model.embedding().dimension();
        int units = model.decoder().units();
        int tokens = model.embedding().tokens();
        state = model.encoder().newState(batch);
        dState = model.encoder().newState(batch);
        encoder = model.encoder().newTape(sourceSteps, batch);
        decoder = model.decoder().newTape(targetSteps, batch);
        int rows = Math.min(OUTPUT_ROWS, Math.multiplyExact(targetSteps, batch));
        output = model.output().newTape(rows);
        source = new float[Math.multiplyExact(sourceSteps * batch, dimension)];
        target = new float[Math.multiplyExact(targetSteps * batch, dimension)];
        sourceHidden = new float[Math.multiplyExact(sourceSteps * batch, units)];
        noGradients = new float[sourceHidden.length];
        hidden = new float[Math.multiplyExact(targetSteps * batch, units)];
        dHidden = new float[hidden.length];
        scored = new int[targetSteps * batch];
        wanted = new int[scored.length];
        chosen = new float[rows * units];
        dChosen = new float[chosen.length];
        logits = new float[Math.multiplyExact(rows, tokens)];
        dLogits = new float[logits.length];
    }
}
