package io.github.lanewise.word2vec;

/**
 * Where a thread of training stands between two sentences.
 *
 * @param epoch passes over its part of the text that are over
 * @param position of the next token of the text
 * @param wordsDone words taken from the text in all epochs
 * @param random state of its random numbers
 */
public record WorkerState(int epoch, long position, long wordsDone, long random) {
    /**
     * Checks that no number is negative.
     *
     * @throws IllegalArgumentException if one is
     */
    public WorkerState {
        if (epoch < 0 || position < 0 || wordsDone < 0) {
            throw new IllegalArgumentException(
                    "worker state: got epoch " + epoch + ", position " + position + ", words " + wordsDone + ", wanted all >= 0");
        }
    }
}
