package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddingsTest {
    /** Two axes, royalty and gender, and a word of zeros. */
    private static final Embeddings FAMILY = of(List.of("man", "woman", "king", "queen", "nothing", "lamp"),
            new float[][] {{0, 2, 0}, {0, -2, 0}, {3, 3, 0}, {1, -1, 0}, {0, 0, 0}, {0, 0, 5}});

    private static Embeddings of(List<String> words, float[][] vectors) {
        Matrix matrix = Matrix.create(vectors.length, vectors[0].length);
        for (int row = 0; row < vectors.length; row++) {
            matrix.setRow(row, vectors[row], 0);
        }
        return Embeddings.of(Vocabulary.of(words), matrix);
    }

    private static List<String> words(List<Neighbour> neighbours) {
        return neighbours.stream().map(Neighbour::word).toList();
    }

    @Test
    void similarityIsTheCosine() {
        assertEquals(Math.sqrt(0.5), FAMILY.similarity("man", "king"), 1e-7);
        assertEquals(-1, FAMILY.similarity("man", "woman"), 1e-7);
        assertEquals(0, FAMILY.similarity("man", "lamp"));
        assertEquals(1, FAMILY.similarity("king", "king"), 1e-7);
        assertEquals(0, FAMILY.similarity("nothing", "king"));
        assertEquals(0, FAMILY.similarity("nothing", "nothing"));
    }

    @Test
    void nearestIsSortedAndLeavesTheWordOut() {
        List<Neighbour> nearest = FAMILY.nearest("man", 10);
        assertEquals(List.of("king", "nothing", "lamp", "queen", "woman"), words(nearest));
        assertEquals(Math.sqrt(0.5), nearest.get(0).score(), 1e-7);
        assertEquals(-1, nearest.get(4).score(), 1e-7);
        assertEquals(List.of("king", "nothing"), words(FAMILY.nearest("man", 2)));
    }

    @Test
    void nearestToAVectorDoesNotDependOnItsLength() {
        assertEquals(List.of("king", "man"), words(FAMILY.nearest(new float[] {1e-3f, 5e-4f, 0}, 2)));
        assertEquals(FAMILY.nearest(new float[] {1, 0.5f, 0}, 6), FAMILY.nearest(new float[] {1024, 512, 0}, 6));
        assertEquals(List.of("man", "woman"), words(FAMILY.nearest(new float[3], 2)));
    }

    @ParameterizedTest
    @EnumSource
    void analogyLeavesItsWordsOut(AnalogyMethod method) {
        assertEquals("queen", FAMILY.analogy("man", "king", "woman", 1, method).getFirst().word());
        List<String> all = words(FAMILY.analogy("man", "king", "woman", 10, method));
        assertEquals(3, all.size());
        assertFalse(all.contains("man") || all.contains("king") || all.contains("woman"), all.toString());
    }

    /** man = (0,1), king = (r,r), woman = (0,-1), queen = (r,-r) with r = sqrt(1/2): b - a + c = (r, r-2), of length sqrt(5 - 4r). */
    @Test
    void scoresOfAnalogiesAreThoseOfTheFormulas() {
        double r = Math.sqrt(0.5);
        assertEquals((r * r - r * (r - 2)) / Math.sqrt(5 - 4 * r), FAMILY.analogy("man", "king", "woman", 1, AnalogyMethod.COS_ADD).getFirst().score(), 1e-6);
        // cosines of queen: with king 0, with woman r, with man -r
        double expected = 0.5 * ((r + 1) / 2) / ((1 - r) / 2 + 0.001);
        assertEquals(expected, FAMILY.analogy("man", "king", "woman", 1, AnalogyMethod.COS_MUL).getFirst().score(), 1e-5);
    }

    @Test
    void equalScoresComeInTheOrderOfRows() {
        Embeddings equal = of(List.of("a", "b", "c", "d"), new float[][] {{1}, {2}, {3}, {4}});
        assertEquals(List.of("b", "c", "d"), words(equal.nearest("a", 3)));
        assertEquals(List.of("a", "b"), words(equal.nearest("d", 2)));
    }

    @Test
    void extremeLengthsAreHandled() {
        Embeddings extreme = of(List.of("huge", "tiny", "other"), new float[][] {{1e30f, 1e30f}, {1e-30f, 1e-30f}, {1, -1}});
        assertEquals(1, extreme.similarity("huge", "tiny"), 1e-6);
        assertEquals(0, extreme.similarity("huge", "other"), 1e-6);
        assertArrayEquals(new float[] {(float) Math.sqrt(0.5), (float) Math.sqrt(0.5)}, extreme.normalized().vector("tiny"), 1e-6f);
    }

    @Test
    void normalizedVectorsHaveLengthOneAndZerosStay() {
        Embeddings unit = FAMILY.normalized();
        for (String word : unit.vocabulary().words()) {
            float[] v = unit.vector(word);
            double length = Math.sqrt(IntStream.range(0, v.length).mapToDouble(i -> (double) v[i] * v[i]).sum());
            assertEquals(word.equals("nothing") ? 0 : 1, length, 1e-6, word);
        }
        assertEquals(3, FAMILY.vector("king")[0]);
    }

    /** The mean is (1, 2, 3). Around it the vectors lie 4 to both sides along (1, 0, 1), 3 along (0, 1, 0), 1 along (1, 0, -1). */
    @ParameterizedTest
    @CsvSource({"0,1 1 1", "1,0 1 1", "2,0 0 1", "3,0 0 0"})
    void allButTheTopTakesOutTheMeanAndTheStrongestDirections(int directions, String kept) {
        float[][] around = {{4, 0, 4}, {0, 3, 0}, {1, 0, -1}};
        float[][] vectors = new float[6][];
        for (int i = 0; i < 6; i++) {
            float sign = i % 2 == 0 ? 1 : -1;
            float[] away = around[i / 2];
            vectors[i] = new float[] {1 + sign * away[0], 2 + sign * away[1], 3 + sign * away[2]};
        }
        Embeddings rest = of(List.of("a", "b", "c", "d", "e", "f"), vectors).allButTheTop(directions);
        String[] factors = kept.split(" ", -1);
        for (int i = 0; i < 6; i++) {
            float factor = Float.parseFloat(factors[i / 2]) * (i % 2 == 0 ? 1 : -1);
            float[] away = around[i / 2];
            assertArrayEquals(new float[] {factor * away[0], factor * away[1], factor * away[2]}, rest.vector("abcdef".substring(i, i + 1)), 1e-5f);
        }
    }

    @Test
    void allButTheTopOfVectorsThatDifferInFewerDirectionsLeavesNothing() {
        Embeddings line = of(List.of("a", "b", "zero"), new float[][] {{1, 2, 3}, {2, 4, 6}, {0, 0, 0}}).allButTheTop(3);
        for (String word : line.vocabulary().words()) {
            assertArrayEquals(new float[3], line.vector(word), 1e-6f);
        }
        assertArrayEquals(new float[3], FAMILY.allButTheTop(0).vector("nothing"));
        assertArrayEquals(new float[3], of(List.of("a"), new float[][] {{2, 4, 6}}).allButTheTop(2).vector("a"));
    }

    /** 3000 words are several blocks of rows, in two arrays. They differ by small numbers, and by a large multiple of one direction. */
    @Test
    void allButTheTopFindsADirectionAmongManyWords() {
        int rows = 3000;
        int dimension = 70;
        Matrix matrix = Matrix.create(rows, dimension, 12 + 2048 * 80);
        java.util.Random random = new java.util.Random(3);
        float[] direction = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            direction[i] = i % 2 == 0 ? 1 : -1;
        }
        float[] vector = new float[dimension];
        for (int row = 0; row < rows; row++) {
            float strength = random.nextFloat() * 10;
            for (int i = 0; i < dimension; i++) {
                vector[i] = random.nextFloat() + strength * direction[i];
            }
            matrix.setRow(row, vector, 0);
        }
        assertTrue(matrix.run(0) < rows, "wanted several arrays");
        Embeddings rest = Embeddings.of(Vocabulary.of(IntStream.range(0, rows).mapToObj(i -> "w" + i).toList()), matrix).allButTheTop(1);
        double[] mean = new double[dimension];
        for (String word : rest.vocabulary().words()) {
            double[] v = doubles(rest.vector(word));
            assertEquals(0, cosine(v, doubles(direction)), 0.02, word);
            Arrays.setAll(mean, i -> mean[i] + v[i] / rows);
        }
        assertArrayEquals(new double[dimension], mean, 1e-5);
    }

    @Test
    void firstKeepsOnlyTheFirstWords() {
        Embeddings first = FAMILY.first(2);
        assertEquals(List.of("man", "woman"), first.vocabulary().words());
        assertArrayEquals(new float[] {0, -2, 0}, first.vector("woman"));
        assertSame(FAMILY, FAMILY.first(6));
    }

    @Test
    void vectorIsACopy() {
        FAMILY.vector("king")[0] = 99;
        assertArrayEquals(new float[] {3, 3, 0}, FAMILY.vector("king"));
    }

    @Test
    void anUnknownWordIsNamedWithWordsSpeltAlike() {
        UnknownWordException problem = assertThrows(UnknownWordException.class, () -> FAMILY.nearest("quen", 1));
        assertEquals("quen", problem.word());
        assertEquals(List.of("queen"), problem.similar());
        assertEquals("word: got \"quen\", wanted one of the vocabulary; spelt alike: queen", problem.getMessage());
        assertThrows(UnknownWordException.class, () -> FAMILY.similarity("king", "xyzzy"));
        assertThrows(UnknownWordException.class, () -> FAMILY.analogy("man", "king", "Woman", 1, AnalogyMethod.COS_MUL));
    }

    @ParameterizedTest
    @CsvSource({"king,king,0", "king,kin,1", "king,kign,1", "king,wing,1", "abc,'',3", "ca,abc,3", "kitten,sitting,3"})
    void editDistance(String a, String b, int distance) {
        assertEquals(distance, Spelling.distance(a, b));
        assertEquals(distance, Spelling.distance(b, a));
    }

    @Test
    void badArgumentsAreRefused() {
        assertMessage("number of words wanted: got 0, wanted >= 1", () -> FAMILY.nearest("man", 0));
        assertMessage("vector: got 2 numbers, wanted 3", () -> FAMILY.nearest(new float[2], 1));
        assertMessage("vector: got NaN or infinity, wanted finite numbers", () -> FAMILY.nearest(new float[] {Float.NaN, 0, 0}, 1));
        assertMessage("directions: got -1, wanted 0 to 3, the dimension", () -> FAMILY.allButTheTop(-1));
        assertMessage("directions: got 4, wanted 0 to 3, the dimension", () -> FAMILY.allButTheTop(4));
        assertMessage("vectors: got 3 rows for 2 words, wanted one for each",
                () -> Embeddings.of(Vocabulary.of(List.of("a", "b")), Matrix.create(3, 4)));
        assertMessage("vector of word \"b\": got NaN or infinity, wanted finite numbers (a lower alpha may help)",
                () -> of(List.of("a", "b"), new float[][] {{1, 2}, {1, Float.POSITIVE_INFINITY}}));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    /** Rows in several arrays, more words than one heap level, compared with a plain loop in double. */
    @Test
    void searchFindsTheSameAsAPlainLoop() {
        int rows = 500;
        int dimension = 20;
        Matrix matrix = Matrix.create(rows, dimension, 12 + 32 * 64);
        java.util.Random random = new java.util.Random(5);
        float[] vector = new float[dimension];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < dimension; i++) {
                vector[i] = random.nextFloat() - 0.5f;
            }
            matrix.setRow(row, vector, 0);
        }
        assertTrue(matrix.run(0) < rows, "wanted several arrays");
        Embeddings embeddings = Embeddings.of(Vocabulary.of(IntStream.range(0, rows).mapToObj(i -> "w" + i).toList()), matrix);
        double[] query = doubles(embeddings.vector("w7"));
        List<String> wanted = IntStream.range(0, rows).filter(i -> i != 7).boxed()
                .sorted((a, b) -> Double.compare(cosine(query, doubles(embeddings.vector("w" + b))), cosine(query, doubles(embeddings.vector("w" + a)))))
                .limit(25).map(i -> "w" + i).toList();
        assertEquals(wanted, words(embeddings.nearest("w7", 25)));
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double cosine(double[] a, double[] b) {
        double ab = IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        return ab / Math.sqrt(Arrays.stream(a).map(v -> v * v).sum() * Arrays.stream(b).map(v -> v * v).sum());
    }
}
