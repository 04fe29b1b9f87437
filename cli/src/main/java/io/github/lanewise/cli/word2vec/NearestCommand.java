package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.Neighbour;
import io.github.lanewise.word2vec.UnknownWordException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise word2vec nearest}: the words most similar to others. */
@Command(name = "nearest", description = "Prints the words most similar to each of the given words.", mixinStandardHelpOptions = true)
final class NearestCommand implements Callable<Integer> {
    @Mixin
    private VectorFile file = new VectorFile();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORD", description = "Words to look up.")
    private List<String> words = List.of();

    @Option(names = {"-n", "--count"}, paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 10;

    @Mixin
    private Output output = new Output();

    private record Nearest(String word, List<Neighbour> nearest) {}

    private record Result(String file, List<Nearest> results) {}

    @Override
    public Integer call() {
        Output.requireAtLeast("--count", count, 1);
        return Output.run(() -> {
            Embeddings embeddings = file.read(output.err());
            List<Nearest> results = new ArrayList<>();
            try {
                for (String word : words) {
                    results.add(new Nearest(word, embeddings.nearest(word, count)));
                }
            } catch (UnknownWordException unknown) {
                throw new UserError(file.path() + ": " + unknown.getMessage());
            }
            output.print(new Result(file.path().toString(), results), out -> {
                for (Nearest result : results) {
                    out.println(result.word);
                    result.nearest.forEach(n -> out.println(Output.format("  %-30s %.4f", n.word(), n.score())));
                }
            });
        });
    }
}
