package io.github.lanewise.word2vec;

/**
 * How far training is.
 *
 * @param wordsDone words of the text that were trained, over all epochs, since training began
 * @param wordsTotal words to train over all epochs
 * @param seconds time spent in this run
 * @param wordsPerSecond mean speed of this run
 * @param alpha present learning rate
 * @param remainingSeconds expected time to the end at that speed; infinite while unknown
 */
public record Progress(long wordsDone, long wordsTotal, double seconds, double wordsPerSecond, float alpha, double remainingSeconds) {}
