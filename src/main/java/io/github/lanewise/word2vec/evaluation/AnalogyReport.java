package io.github.lanewise.word2vec.evaluation;

import java.util.List;

/**
 * Result of an evaluation with analogy questions.
 *
 * @param sections one score for each section
 * @param semantic sum of the first five sections
 * @param syntactic sum of the other sections
 * @param total sum of all sections
 */
public record AnalogyReport(List<Score> sections, Score semantic, Score syntactic, Score total) {
    /** Copies the list. */
    public AnalogyReport {
        sections = List.copyOf(sections);
    }

    /**
     * Counts of a section or a sum of sections.
     *
     * @param name name of the section or sum
     * @param correct questions answered rightly
     * @param answered questions whose four words are all known
     * @param skipped questions with a word that is missing
     */
    public record Score(String name, int correct, int answered, int skipped) {
        /**
         * Returns the share of right answers among those given.
         *
         * @return 0 to 1, NaN if none were given
         */
        public double accuracy() {
            return answered == 0 ? Double.NaN : (double) correct / answered;
        }
    }

    static AnalogyReport of(List<Score> sections) {
        int split = Math.min(AnalogyQuestions.SEMANTIC_SECTIONS, sections.size());
        return new AnalogyReport(sections, sum("semantic", sections.subList(0, split)),
                sum("syntactic", sections.subList(split, sections.size())), sum("total", sections));
    }

    private static Score sum(String name, List<Score> scores) {
        return new Score(name, scores.stream().mapToInt(Score::correct).sum(), scores.stream().mapToInt(Score::answered).sum(),
                scores.stream().mapToInt(Score::skipped).sum());
    }
}
