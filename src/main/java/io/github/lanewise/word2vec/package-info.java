/**
 * word2vec: skip-gram and CBOW with negative sampling, from text to word vectors.
 */
package io.github.lanewise.word2vec;
