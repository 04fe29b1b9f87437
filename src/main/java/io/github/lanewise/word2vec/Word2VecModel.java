package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.SplitMix64;

/**
 * A trained or half-trained model: the words, their vectors, and the vectors that predict them.
 *
 * @param vocabulary the words; word {@code i} owns row {@code i} of both matrices
 * @param input the word vectors (syn0 in word2vec.c), {@code [words, dimension]}
 * @param output the vectors of words as targets of prediction (syn1neg), {@code [words, dimension]}; needed to go on training
 */
public record Word2VecModel(Vocabulary vocabulary, Matrix input, Matrix output) {
    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    public Word2VecModel {
        if (input.rows() != vocabulary.size() || output.rows() != vocabulary.size() || input.dimension() != output.dimension()) {
            throw new IllegalArgumentException("model: got " + vocabulary.size() + " words, input " + shape(input) + ", output " + shape(output)
                    + ", wanted one row a word in both and equal dimensions");
        }
    }

    private static String shape(Matrix m) {
        return m.rows() + " x " + m.dimension();
    }

    /**
     * Creates an untrained model: inputs uniform in {@code [-0.5, 0.5) / sqrt(dimension)}, outputs zero.
     *
     * <p>word2vec.c divides by the dimension. Analogies of 100 MB of English Wikipedia with its range and with this one, dimension 100, 1 epoch, mean of seeds
     * 1, 2, 3: pairs 10.0 and 13.3 %, windows 11.8 and 15.4 %; after 5 epochs windows 38.0 and 38.4 %. Of other ranges, tried with pairs in a C++ program, a
     * third of this one is worse, 3 times no better, and 10 times much worse.
     */
    static Word2VecModel create(Vocabulary vocabulary, int dimension, SplitMix64 random) {
        Word2VecModel model = new Word2VecModel(vocabulary, Matrix.create(vocabulary.size(), dimension), Matrix.create(vocabulary.size(), dimension));
        for (int word = 0; word < vocabulary.size(); word++) {
            initialise(model.input, word, random);
        }
        return model;
    }

    private static void initialise(Matrix input, int word, SplitMix64 random) {
        float[] row = input.array(word);
        int at = input.offset(word);
        float range = (float) (1 / Math.sqrt(input.dimension()));
        for (int i = 0; i < input.dimension(); i++) {
            row[at + i] = ((random.nextLong() >>> 40) * 0x1p-24f - 0.5f) * range;
        }
    }

    /**
     * Returns this model with the words of another vocabulary added: known words keep their vectors and get the sum of both counts, new
     * words start untrained.
     */
    Word2VecModel extended(Vocabulary more, SplitMix64 random) {
        Vocabulary union = Vocabulary.union(vocabulary, more);
        Matrix in = Matrix.create(union.size(), input.dimension());
        Matrix out = Matrix.create(union.size(), input.dimension());
        for (int word = 0; word < union.size(); word++) {
            int old = vocabulary.index(union.word(word));
            if (old < 0) {
                initialise(in, word, random);
            } else {
                in.setRow(word, input.array(old), input.offset(old));
                out.setRow(word, output.array(old), output.offset(old));
            }
        }
        return new Word2VecModel(union, in, out);
    }
}
