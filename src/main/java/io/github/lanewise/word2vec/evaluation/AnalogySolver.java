package io.github.lanewise.word2vec.evaluation;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.kernel.Panels;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers many analogy questions at once. A batch of questions is packed into panels; the product of a block of word rows with it gives a
 * block of scores that stays in the cache while the best are picked.
 */
final class AnalogySolver {
    private static final int BATCH_PANELS = 8;
    private static final int BATCH = BATCH_PANELS * Panels.WIDTH;
    /** 128 rows x 512 scores are 256 KiB, a quarter of a usual L2 cache. */
    private static final int BLOCK_ROWS = 128;

    private final Kernels kernels = Kernels.best();
    private final Embeddings embeddings;
    private final Matrix units;
    private final FoldedWords words;
    private final float[] queries;
    private final float[] scores = new float[BLOCK_ROWS * BATCH];
    private final int[][] inputs = new int[BATCH][];
    private final float[] best = new float[BATCH];
    private final int[] answer = new int[BATCH];

    /** All vectors have length 1 or 0. */
    AnalogySolver(Embeddings embeddings) {
        this.embeddings = embeddings;
        units = embeddings.vectors();
        words = new FoldedWords(embeddings.vocabulary());
        queries = new float[BATCH * embeddings.dimension()];
    }

    AnalogyReport.Score score(AnalogyQuestions.Section section) {
        List<AnalogyQuestions.Question> known = new ArrayList<>();
        for (AnalogyQuestions.Question q : section.questions()) {
            if (words.row(q.a()) >= 0 && words.row(q.b()) >= 0 && words.row(q.c()) >= 0 && words.row(q.d()) >= 0) {
                known.add(q);
            }
        }
        int correct = 0;
        for (int from = 0; from < known.size(); from += BATCH) {
            correct += correct(known.subList(from, Math.min(known.size(), from + BATCH)));
        }
        return new AnalogyReport.Score(section.name(), correct, known.size(), section.questions().size() - known.size());
    }

    private int correct(List<AnalogyQuestions.Question> batch) {
        pack(batch);
        Arrays.fill(best, 0);
        Arrays.fill(answer, -1);
        int row = 0;
        while (row < units.rows()) {
            int rows = Math.min(BLOCK_ROWS, units.run(row));
            multiply(row, rows, batch.size());
            pick(row, rows, batch.size());
            row += rows;
        }
        int correct = 0;
        for (int q = 0; q < batch.size(); q++) {
            // Words are compared, not rows: a word may be there in several spellings, and any of them is right.
            boolean right = answer[q] >= 0 && !hasZeroInput(q)
                    && FoldedWords.fold(embeddings.vocabulary().word(answer[q])).equals(FoldedWords.fold(batch.get(q).d()));
            correct += right ? 1 : 0;
        }
        return correct;
    }

    /** Questions become columns b - a + c. */
    private void pack(List<AnalogyQuestions.Question> batch) {
        Arrays.fill(queries, 0);
        int dimension = units.dimension();
        for (int q = 0; q < batch.size(); q++) {
            int a = words.row(batch.get(q).a());
            int b = words.row(batch.get(q).b());
            int c = words.row(batch.get(q).c());
            inputs[q] = new int[] {a, b, c};
            int to = q / Panels.WIDTH * dimension * Panels.WIDTH + q % Panels.WIDTH;
            for (int k = 0; k < dimension; k++) {
                queries[to + k * Panels.WIDTH] =
                        units.array(b)[units.offset(b) + k] - units.array(a)[units.offset(a) + k] + units.array(c)[units.offset(c) + k];
            }
        }
    }

    private void multiply(int row, int rows, int questions) {
        int columns = Panels.padded(questions);
        int dimension = units.dimension();
        Arrays.fill(scores, 0, rows * BATCH, 0);
        kernels.matmul(units.array(row), units.offset(row), units.stride(), 1,
                queries, 0, dimension * Panels.WIDTH, Panels.WIDTH,
                scores, 0, BATCH, Panels.WIDTH, rows, columns, dimension);
    }

    private void pick(int firstRow, int rows, int questions) {
        for (int q = 0; q < questions; q++) {
            for (int input : inputs[q]) {
                if (input >= firstRow && input < firstRow + rows) {
                    scores[(input - firstRow) * BATCH + q] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            int from = r * BATCH;
            for (int q = 0; q < questions; q++) {
                if (scores[from + q] > best[q]) {
                    best[q] = scores[from + q];
                    answer[q] = firstRow + r;
                }
            }
        }
    }

    /** compute-accuracy.c divides such a vector by its length 0 and gets no answer. */
    private boolean hasZeroInput(int q) {
        for (int row : inputs[q]) {
            if (kernels.sumOfSquares(units.array(row), units.offset(row), units.dimension()) == 0) {
                return true;
            }
        }
        return false;
    }
}
