/** How good word vectors are: analogy questions and similarity of word pairs. */
@NullMarked
package io.github.lanewise.word2vec.evaluation;

import org.jspecify.annotations.NullMarked;
