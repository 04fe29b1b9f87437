package io.github.lanewise.io;

import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Matrix;
import io.github.lanewise.word2vec.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the words and vectors of a file. Its creator has made sure that the file is long enough for so many rows. */
final class VectorsBuilder {
    private final ByteInput input;
    private final boolean lenient;
    private final CharsetDecoder decoder;
    private final List<String> words = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Matrix matrix;

    VectorsBuilder(ByteInput input, int rows, int dimension, boolean lenient) {
        this.input = input;
        this.lenient = lenient;
        CodingErrorAction action = lenient ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
        decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
        matrix = Matrix.create(rows, dimension);
    }

    /** Adds a word in UTF-8 with its vector of finite numbers. A word that was there before is left out if lenient, else malformed. */
    void add(byte[] bytes, int from, int to, long position, float[] vector) throws MalformedFileException {
        String word;
        try {
            word = decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException broken) {
            throw input.malformed(position, "got a word that is not UTF-8, wanted UTF-8 (a lenient reader replaces broken characters)");
        }
        if (seen.add(word)) {
            matrix.setRow(words.size(), vector, 0);
            words.add(word);
        } else if (!lenient) {
            throw input.malformed(position, "got word \"" + word + "\" a second time, wanted distinct words (a lenient reader keeps the first)");
        }
    }

    Embeddings build() {
        Matrix full = matrix;
        if (words.size() < matrix.rows()) {
            full = Matrix.create(words.size(), matrix.dimension());
            for (int row = 0; row < words.size(); row++) {
                full.setRow(row, matrix.array(row), matrix.offset(row));
            }
        }
        return Embeddings.of(Vocabulary.of(words), full);
    }
}
