package io.github.lanewise.io;

import io.github.lanewise.word2vec.Embeddings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Rows of word2vec's binary format. */
final class BinaryVectors {
    private BinaryVectors() {}

    static Embeddings read(ByteInput input, ReadOptions options, long fileBytes) throws IOException {
        VectorHeader header = VectorHeader.read(input, true, fileBytes);
        int rows = Math.min(header.words(), options.maxWords());
        int dimension = header.dimension();
        VectorsBuilder vectors = new VectorsBuilder(input, rows, dimension, options.lenient());
        byte[] word = new byte[256];
        byte[] bytes = new byte[4 * dimension];
        FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] vector = new float[dimension];
        for (int row = 0; row < rows; row++) {
            if (input.peek() == '\n') {
                input.read();
            }
            long start = input.position();
            word = input.readUntil((byte) ' ', word, VectorHeader.LARGEST_WORD, "word");
            int length = input.length();
            if (!input.found() || input.read(bytes, bytes.length) < bytes.length) {
                throw input.malformed(input.position(), "the file ends inside word " + (row + 1) + ", wanted " + header.words() + " words");
            }
            if (length == 0) {
                throw input.malformed(start, "got an empty word, wanted a word and a space");
            }
            floats.get(0, vector);
            for (int i = 0; i < dimension; i++) {
                if (!Float.isFinite(vector[i])) {
                    throw input.malformed(start + length + 1 + 4L * i,
                            "got " + vector[i] + " as value " + (i + 1) + " of word " + (row + 1) + ", wanted a finite number");
                }
            }
            vectors.add(word, 0, length, start, vector);
        }
        if (rows == header.words()) {
            if (input.peek() == '\n') {
                input.read();
            }
            if (input.peek() >= 0) {
                throw input.malformed(input.position(), "got more bytes, wanted the end after " + rows + " words, as the header says");
            }
        }
        return vectors.build();
    }

    /** The bytes of one row, ready to be written. */
    static byte[] row(byte[] word, float[] vector, boolean newline) {
        ByteBuffer row = ByteBuffer.allocate(word.length + 1 + 4 * vector.length + (newline ? 1 : 0)).order(ByteOrder.LITTLE_ENDIAN);
        row.put(word).put((byte) ' ');
        for (float value : vector) {
            row.putFloat(value);
        }
        if (newline) {
            row.put((byte) '\n');
        }
        return row.array();
    }
}
