/** The command {@code lanewise word2vec}: trains word vectors, asks them, measures, converts and draws them. */
@NullMarked
package io.github.lanewise.cli.word2vec;

import org.jspecify.annotations.NullMarked;
