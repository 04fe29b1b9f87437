package io.github.lanewise.word2vec;

/**
 * Where a thread of training stands between two sentences.
 *
 * @param epoch passes over its part of the text that are over
 * @param position of the next token
 * @param wordsDone words taken from the text in all epochs
 * @param random state of its random numbers
 */
record WorkerState(int epoch, long position, long wordsDone, long random) {}
