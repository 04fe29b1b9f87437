package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A matrix of more than 2^31 floats. It needs 9 GB of heap, so it runs only on request: CONTRIBUTING.md has the command. */
@EnabledIfSystemProperty(named = "lanewise.large", matches = "true")
class LargeMatrixTest {
    private static final int DIMENSION = 1 << 16;
    private static final int WORDS = 33_000;

    @Test
    void rowsBeyondTheLargestArrayAreFound() {
        Matrix matrix = Matrix.create(WORDS, DIMENSION);
        assertTrue((long) matrix.rows() * matrix.stride() > Integer.MAX_VALUE);
        assertFalse(matrix.isContiguous());
        // Each word has an axis of its own; word i leans towards word i + 1, the last one towards the first.
        float[] row = new float[DIMENSION];
        for (int i = 0; i < WORDS; i++) {
            int next = (i + 1) % WORDS;
            row[i] = 1;
            row[next] = 0.5f;
            matrix.setRow(i, row, 0);
            row[i] = 0;
            row[next] = 0;
        }
        Embeddings vectors = Embeddings.of(Vocabulary.of(IntStream.range(0, WORDS).mapToObj(i -> "w" + i).toList()), matrix);
        for (int i : List.of(0, 1, 16_383, 16_384, 32_767, 32_768, WORDS - 2, WORDS - 1)) {
            List<String> nearest = vectors.nearest("w" + i, 3).stream().map(Neighbour::word).toList();
            assertTrue(nearest.subList(0, 2).containsAll(List.of("w" + (i + 1) % WORDS, "w" + (i + WORDS - 1) % WORDS)), i + ": " + nearest);
            assertEquals(0.4, vectors.similarity("w" + i, "w" + (i + 1) % WORDS), 1e-6);
        }
        System.out.println("a matrix of " + (long) WORDS * matrix.stride() + " floats was searched, " + (1L << 31) + " are 2^31");
    }
}
