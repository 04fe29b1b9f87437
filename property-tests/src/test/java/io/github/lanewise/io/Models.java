package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Matrix;
import io.github.lanewise.word2vec.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Small models of any finite floats, and their comparison. */
final class Models {
    private Models() {}

    /** Vectors of floats whose bits are drawn evenly: subnormals, zeros of both signs and huge ones included. */
    static Embeddings random(List<String> words, int dimension, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.create(words.size(), dimension);
        float[] vector = new float[dimension];
        for (int row = 0; row < words.size(); row++) {
            for (int i = 0; i < dimension; i++) {
                do {
                    vector[i] = random.nextInt(10) == 0 ? -0f : Float.intBitsToFloat(random.nextInt());
                } while (!Float.isFinite(vector[i]));
            }
            matrix.setRow(row, vector, 0);
        }
        return Embeddings.of(Vocabulary.of(words), matrix);
    }

    static void assertSame(Embeddings wanted, Embeddings got) {
        assertEquals(wanted.vocabulary().words(), got.vocabulary().words());
        assertEquals(wanted.dimension(), got.dimension());
        for (String word : wanted.vocabulary().words()) {
            float[] a = wanted.vector(word);
            float[] b = got.vector(word);
            for (int i = 0; i < a.length; i++) {
                assertEquals(Float.floatToRawIntBits(a[i]), Float.floatToRawIntBits(b[i]), word + " " + i);
            }
        }
    }

    /** A file of these bytes that is gone after its use. */
    static <T> T withFile(byte[] bytes, Use<T> use) throws IOException {
        Path file = Files.createTempFile("lanewise", ".vectors");
        try {
            Files.write(file, bytes);
            return use.of(file);
        } finally {
            Files.delete(file);
        }
    }

    static byte[] bytes(Embeddings model, VectorFormat format) {
        try {
            return withFile(new byte[0], file -> {
                WordVectors.write(model, file, format);
                return Files.readAllBytes(file);
            });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What to do with a file. */
    interface Use<T> {
        T of(Path file) throws IOException;
    }
}
