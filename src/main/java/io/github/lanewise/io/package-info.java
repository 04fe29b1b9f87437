/** Files: word vectors in the formats of word2vec, gensim, fastText and GloVe. */
@NullMarked
package io.github.lanewise.io;

import org.jspecify.annotations.NullMarked;
