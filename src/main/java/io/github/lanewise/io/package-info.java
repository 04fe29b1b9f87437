/** Files: word vectors in the formats of word2vec, gensim, fastText and GloVe; models in safetensors, and weights of PyTorch, Keras and ONNX. */
@NullMarked
package io.github.lanewise.io;

import org.jspecify.annotations.NullMarked;
