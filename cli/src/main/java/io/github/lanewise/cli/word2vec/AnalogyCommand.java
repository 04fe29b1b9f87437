package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.word2vec.AnalogyMethod;
import io.github.lanewise.word2vec.Neighbour;
import io.github.lanewise.word2vec.UnknownWordException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise word2vec analogy}: what belongs to one word as another belongs to a third. */
@Command(
        name = "analogy",
        description = "Answers \"A is to B as C is to ?\", for example: analogy vectors.bin man king woman.",
        mixinStandardHelpOptions = true)
final class AnalogyCommand implements Callable<Integer> {
    @Mixin
    private VectorFile file = new VectorFile();

    @Parameters(index = "1", paramLabel = "A", description = "First word, for example man.")
    private String a = "";

    @Parameters(index = "2", paramLabel = "B", description = "What belongs to it, for example king.")
    private String b = "";

    @Parameters(index = "3", paramLabel = "C", description = "Second word, for example woman.")
    private String c = "";

    @Option(names = {"-n", "--count"}, paramLabel = "N", description = "How many answers (default: ${DEFAULT-VALUE}).")
    private int count = 5;

    @Option(names = "--method", paramLabel = "cos_add|cos_mul",
            description = "How answers are scored: 3CosAdd or 3CosMul (Levy and Goldberg 2014; default: cos_add).")
    private AnalogyMethod method = AnalogyMethod.COS_ADD;

    @Mixin
    private Output output = new Output();

    private record Result(String file, String a, String b, String c, AnalogyMethod method, List<Neighbour> answers) {}

    @Override
    public Integer call() {
        Output.requireAtLeast("--count", count, 1);
        return Output.run(() -> {
            List<Neighbour> answers;
            try {
                answers = file.read(output.err()).analogy(a, b, c, count, method);
            } catch (UnknownWordException unknown) {
                throw new UserError(file.path() + ": " + unknown.getMessage());
            }
            output.print(new Result(file.path().toString(), a, b, c, method, answers), out -> {
                out.println(a + " is to " + b + " as " + c + " is to");
                answers.forEach(n -> out.println(Output.format("  %-30s %.4f", n.word(), n.score())));
            });
        });
    }
}
