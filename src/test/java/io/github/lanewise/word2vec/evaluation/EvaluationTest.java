package io.github.lanewise.word2vec.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Matrix;
import io.github.lanewise.word2vec.Vocabulary;
import io.github.lanewise.word2vec.evaluation.AnalogyReport.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    private Path folder = Path.of("");

    /** Axes: man-woman, royal, plural. "Queens" is there in two spellings; "zero" has no direction. */
    private static final Embeddings MINIATURE = of(
            List.of("man", "woman", "king", "Queen", "kings", "queens", "QUEENS", "zero", "rare"),
            new float[][] {{1, 0, 0}, {-1, 0, 0}, {1, 2, 0}, {-1, 2, 0}, {1, 2, 2}, {-1, 2, 1.9f}, {-1, 2, 2}, {0, 0, 0}, {-1, 2, 0.01f}});

    private static Embeddings of(List<String> words, float[][] vectors) {
        Matrix matrix = Matrix.create(vectors.length, vectors[0].length);
        for (int row = 0; row < vectors.length; row++) {
            matrix.setRow(row, vectors[row], 0);
        }
        return Embeddings.of(Vocabulary.of(words), matrix);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file.txt"), text);
    }

    private AnalogyReport evaluate(String questions, int limit) throws IOException {
        return AnalogyQuestions.read(file(questions)).evaluate(MINIATURE, limit);
    }

    @Test
    void sectionsAndTotalsAreCountedAsComputeAccuracyDoes() throws IOException {
        AnalogyReport report = evaluate("""
                : royal
                man king woman queen
                MAN KING WOMAN QUEEN
                man king woman kings
                man king woman unknown
                nobody king woman queen

                : plural
                king kings queen queens
                : three
                : four
                : five
                : six
                man king woman queen
                """, 8);
        assertEquals(List.of("royal", "plural", "three", "four", "five", "six"), report.sections().stream().map(Score::name).toList());
        assertEquals(new Score("royal", 2, 3, 2), report.sections().get(0));
        // The answer is QUEENS, whose vector fits best; it is the wanted word but for its case.
        assertEquals(new Score("plural", 1, 1, 0), report.sections().get(1));
        assertEquals(new Score("semantic", 3, 4, 2), report.semantic());
        assertEquals(new Score("syntactic", 1, 1, 0), report.syntactic());
        assertEquals(new Score("total", 4, 5, 2), report.total());
        assertEquals(0.8, report.total().accuracy(), 1e-12);
    }

    @Test
    void onlyTheFirstWordsTakePart() throws IOException {
        assertEquals(new Score("s", 0, 0, 1), evaluate(": s\nman king woman rare\n", 8).sections().get(0));
        assertEquals(new Score("s", 0, 1, 0), evaluate(": s\nman king woman rare\n", 9).sections().get(0));
    }

    @Test
    void aZeroVectorGivesNoAnswerAndNoWordLeftNeither() throws IOException {
        // Without the rule for zeros, kings would be nearest to king.
        assertEquals(new Score("s", 0, 1, 0), evaluate(": s\nzero king zero kings\n", 8).sections().get(0));
        assertEquals(new Score("s", 0, 1, 0), evaluate(": s\nman woman man woman\n", 2).sections().get(0));
    }

    /** In the second section the only word left, the right answer, has a negative product; it was the answer just before. */
    @Test
    void anAnswerIsNotCarriedToTheNextSection() throws IOException {
        Embeddings cross = of(List.of("east", "north", "south", "west"), new float[][] {{1, 0}, {0, 1}, {0, -1}, {-1, 0}});
        AnalogyReport report = AnalogyQuestions.read(file(": one\neast north south west\n: two\nnorth east south west\n")).evaluate(cross, 4);
        assertEquals(new Score("one", 1, 1, 0), report.sections().get(0));
        assertEquals(new Score("two", 0, 1, 0), report.sections().get(1));
    }

    /** More questions than a batch, more words than a block, against the definition in double. */
    @Test
    void manyQuestionsGiveWhatTheDefinitionGives() {
        int words = 700;
        int dimension = 37;
        Random random = new Random(11);
        float[][] vectors = new float[words][dimension];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        Embeddings embeddings = of(IntStream.range(0, words).mapToObj(i -> "w" + i).toList(), vectors);
        List<AnalogyQuestions.Question> questions = IntStream.range(0, 1300).mapToObj(i -> {
            int[] in = random.ints(3, 0, words).toArray();
            int best = bestInDouble(vectors, in);
            // Every third question gets the wrong answer.
            return new AnalogyQuestions.Question("w" + in[0], "W" + in[1], "w" + in[2], "w" + (i % 3 == 0 ? (best + 1) % words : best));
        }).toList();
        AnalogyReport report = new AnalogyQuestions(List.of(new AnalogyQuestions.Section("all", questions))).evaluate(embeddings, words);
        assertEquals(new Score("all", 1300 - 434, 1300, 0), report.sections().get(0));
    }

    private static int bestInDouble(float[][] vectors, int[] in) {
        int best = -1;
        double score = 0;
        for (int row = 0; row < vectors.length; row++) {
            int candidate = row;
            if (IntStream.of(in).noneMatch(i -> i == candidate)) {
                double s = cosine(vectors[row], vectors[in[1]]) - cosine(vectors[row], vectors[in[0]]) + cosine(vectors[row], vectors[in[2]]);
                if (s > score) {
                    score = s;
                    best = row;
                }
            }
        }
        return best;
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** Cosines 1, 0, -1 and people 9, 4, 5: ranks 3, 2, 1 and 3, 1, 2, so 0.5; means 0 and 6, so 4 / sqrt(2 * 14). */
    @Test
    void pairsAreComparedWithPeople() throws IOException {
        Embeddings plane = of(List.of("east", "right", "north", "west"), new float[][] {{1, 0}, {2, 0}, {0, 1}, {-3, 0}});
        WordPairs pairs = WordPairs.read(file("# a comment\nEast\tright\t9\neast\tnorth\t4.0\n\neast\twest\t5\neast\tup\t7\n"));
        WordPairs.Report report = pairs.evaluate(plane);
        assertEquals(0.5, report.spearman(), 1e-9);
        assertEquals(4 / Math.sqrt(28), report.pearson(), 1e-6);
        assertEquals(3, report.used());
        assertEquals(1, report.skipped());
    }

    @Test
    void wrongLinesAreNamed() throws IOException {
        assertMessage(":2: got 3 words, wanted a line \": section\" or four words", () -> AnalogyQuestions.read(file(": s\na b c\n")));
        assertMessage(":1: got 4 words before the first section, wanted a line \": section\" or four words",
                () -> AnalogyQuestions.read(file("a b c d\n")));
        assertMessage(": got no section, wanted lines \": section\" and lines of four words", () -> AnalogyQuestions.read(file("\n")));
        assertMessage(":2: got 2 fields, wanted two words and a number", () -> WordPairs.read(file("a\tb\t1\na\t2\n")));
        assertMessage(":1: got \"x\", wanted a number", () -> WordPairs.read(file("a b x\n")));
        assertMessage(": got no pair, wanted lines of two words and a number", () -> WordPairs.read(file("# nothing\n")));
        Path latin = Files.write(folder.resolve("latin.txt"), "a\tb\u00e9\t1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertMessage(":1 or later: got bytes that are not UTF-8, wanted UTF-8", () -> WordPairs.read(latin));
        assertThrows(IllegalArgumentException.class, () -> evaluate(": s\n", 0));
    }

    private static void assertMessage(String end, org.junit.jupiter.api.function.Executable call) {
        String message = String.valueOf(assertThrows(IOException.class, call).getMessage());
        assertEquals(end, message.substring(Math.max(0, message.length() - end.length())));
    }
}
