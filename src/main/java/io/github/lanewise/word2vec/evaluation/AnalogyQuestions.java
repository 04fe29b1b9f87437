package io.github.lanewise.word2vec.evaluation;

import io.github.lanewise.word2vec.Embeddings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions of the kind "a is to b as c is to what?", in sections, as in the file questions-words.txt (Mikolov et al., "Efficient Estimation
 * of Word Representations in Vector Space", 2013).
 *
 * @param sections the sections, in the order of the file
 */
public record AnalogyQuestions(List<Section> sections) {
    /** Sections before this one are semantic, the others syntactic: so counts compute-accuracy.c. */
    static final int SEMANTIC_SECTIONS = 5;

    /** Copies the list. */
    public AnalogyQuestions {
        sections = List.copyOf(sections);
    }

    /**
     * A named list of questions.
     *
     * @param name the name
     * @param questions its questions
     */
    public record Section(String name, List<Question> questions) {
        /** Copies the list. */
        public Section {
            questions = List.copyOf(questions);
        }
    }

    /**
     * A question: {@code a} is to {@code b} as {@code c} is to {@code d}.
     *
     * @param a first word
     * @param b what belongs to it
     * @param c second word
     * @param d the right answer
     */
    public record Question(String a, String b, String c, String d) {}

    /**
     * Reads a file of lines ": section" and "a b c d" in UTF-8. Empty lines are passed over.
     *
     * @param file the file
     * @return the questions
     * @throws IOException if reading fails or a line is neither; the message names the line
     */
    public static AnalogyQuestions read(Path file) throws IOException {
        List<Section> sections = new ArrayList<>();
        String name = "";
        List<Question> questions = null;
        long number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.strip();
                if (text.startsWith(":")) {
                    if (questions != null) {
                        sections.add(new Section(name, questions));
                    }
                    name = text.substring(1).strip();
                    questions = new ArrayList<>();
                } else if (!text.isEmpty()) {
                    String[] words = text.split("\\s+", -1);
                    if (words.length != 4 || questions == null) {
                        throw new IOException(file + ":" + number + ": got " + words.length + " words"
                                + (questions == null ? " before the first section" : "") + ", wanted a line \": section\" or four words");
                    }
                    questions.add(new Question(words[0], words[1], words[2], words[3]));
                }
            }
        } catch (CharacterCodingException broken) {
            throw new IOException(file + ":" + (number + 1) + " or later: got bytes that are not UTF-8, wanted UTF-8", broken);
        }
        if (questions == null) {
            throw new IOException(file + ": got no section, wanted lines \": section\" and lines of four words");
        }
        sections.add(new Section(name, questions));
        return new AnalogyQuestions(sections);
    }

    /**
     * Answers the questions by the protocol of compute-accuracy.c: only the first {@code limit} words take part, upper and lower case are the
     * same (the first such word counts), a question with a word that is missing is skipped, the answer is the word with the largest product
     * of its unit vector and b - a + c of unit vectors, a, b and c left out; a product of 0 or less is no answer. The first five sections are
     * semantic, the others syntactic.
     *
     * <p>The products are those of {@link io.github.lanewise.kernel.MatrixKernels#matmul}, many questions at once: the same answers on every backend and vector width.
     *
     * @param embeddings the vectors
     * @param limit only so many words take part, at least 1; 30,000 by custom
     * @return right answers for each section and in total
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public AnalogyReport evaluate(Embeddings embeddings, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit of words: got " + limit + ", wanted >= 1");
        }
        AnalogySolver solver = new AnalogySolver(embeddings.first(limit).normalized());
        List<AnalogyReport.Score> scores = new ArrayList<>();
        for (Section section : sections) {
            scores.add(solver.score(section));
        }
        return AnalogyReport.of(scores);
    }
}
