package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.evaluation.AnalogyQuestions;
import io.github.lanewise.word2vec.evaluation.AnalogyReport;
import io.github.lanewise.word2vec.evaluation.WordPairs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise word2vec evaluate}: how good word vectors are. */
@Command(
        name = "evaluate",
        description = "Measures word vectors with analogy questions (by the protocol of compute-accuracy.c) and with word pairs.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private VectorFile file = new VectorFile();

    @Option(names = "--questions", paramLabel = "FILE", description = "Lines \"a b c d\" in sections \": name\", as questions-words.txt.")
    private Optional<Path> questions = Optional.empty();

    @Option(names = "--pairs", paramLabel = "FILE", description = "Lines of two words and a number, as WordSim-353 and SimLex-999; may be repeated.")
    private List<Path> pairs = List.of();

    @Option(names = "--limit", paramLabel = "N",
            description = "Only the first N words take part in analogy questions, 0 for all (default: ${DEFAULT-VALUE}).")
    private int limit = 30_000;

    @Mixin
    private Output output = new Output();

    private record Score(String name, int correct, int answered, int skipped, double accuracy) {
        static Score of(AnalogyReport.Score score) {
            return new Score(score.name(), score.correct(), score.answered(), score.skipped(), score.accuracy());
        }

        void print(PrintWriter out) {
            String percent = answered == 0 ? "-" : Output.format("%.2f %%", 100 * accuracy);
            out.println(Output.format("  %-30s %9s  (%d of %d, %d skipped)", name, percent, correct, answered, skipped));
        }
    }

    private record Analogies(String file, int limit, List<Score> sections, Score semantic, Score syntactic, Score total) {}

    private record Pairs(String file, double spearman, double pearson, int used, int skipped) {}

    private record Result(String file, int words, int dimension, @Nullable Analogies analogies, List<Pairs> pairs) {}

    @Override
    public Integer call() {
        Output.requireAtLeast("--limit", limit, 0);
        if (questions.isEmpty() && pairs.isEmpty()) {
            throw new UserError("got neither --questions nor --pairs, wanted at least one of them");
        }
        return Output.run(() -> {
            // Read first what is small: a mistake there shows before the vectors are read.
            Optional<AnalogyQuestions> asked = questions.isPresent() ? Optional.of(AnalogyQuestions.read(questions.get())) : Optional.empty();
            List<WordPairs> compared = new ArrayList<>();
            for (Path each : pairs) {
                compared.add(WordPairs.read(each));
            }
            Embeddings embeddings = file.read(output.err());
            List<Pairs> correlations = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                WordPairs.Report report = compared.get(i).evaluate(embeddings);
                correlations.add(new Pairs(pairs.get(i).toString(), report.spearman(), report.pearson(), report.used(), report.skipped()));
            }
            Analogies analogies = asked.map(all -> analogies(all.evaluate(embeddings, limit == 0 ? Integer.MAX_VALUE : limit))).orElse(null);
            output.print(new Result(file.path().toString(), embeddings.size(), embeddings.dimension(), analogies, correlations),
                    out -> print(out, embeddings, analogies, correlations));
        });
    }

    private Analogies analogies(AnalogyReport report) {
        return new Analogies(questions.orElseThrow().toString(), limit, report.sections().stream().map(Score::of).toList(),
                Score.of(report.semantic()), Score.of(report.syntactic()), Score.of(report.total()));
    }

    private void print(PrintWriter out, Embeddings embeddings, @Nullable Analogies analogies, List<Pairs> correlations) {
        out.println(Output.format("%s: %d words of dimension %d", file.path(), embeddings.size(), embeddings.dimension()));
        if (analogies != null) {
            out.println(analogies.file + (limit == 0 ? "" : ", first " + limit + " words"));
            analogies.sections.forEach(score -> score.print(out));
            analogies.semantic.print(out);
            analogies.syntactic.print(out);
            analogies.total.print(out);
        }
        for (Pairs each : correlations) {
            out.println(each.file);
            out.println(Output.format("  Spearman %.4f, Pearson %.4f (%d pairs, %d skipped)", each.spearman, each.pearson, each.used, each.skipped));
        }
    }
}
