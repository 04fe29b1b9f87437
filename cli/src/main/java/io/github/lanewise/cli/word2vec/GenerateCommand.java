package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.io.AtomicFile;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise word2vec generate}: writes the text of the demo to a file. Hidden: for tests and for trying things out. */
@Command(name = "generate", description = "Writes the synthetic text of the demo.", hidden = true, mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Text to write, one sentence a line.")
    private Path target = Path.of("");

    @Option(names = "--questions", paramLabel = "FILE", description = "Also write analogy questions that fit the text.")
    private Optional<Path> questions = Optional.empty();

    @Option(names = "--sentences", paramLabel = "N", description = "How many sentences (default: ${DEFAULT-VALUE}).")
    private int sentences = SyntheticCorpus.SENTENCES;

    @Option(names = "--seed", description = "Seed; the same gives the same text (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private Output output = new Output();

    private record Result(String output, int sentences, long seed) {}

    @Override
    public Integer call() {
        Output.requireAtLeast("--sentences", sentences, 1);
        Output.requireWritable("--output", target);
        questions.ifPresent(file -> Output.requireWritable("--questions", file));
        return Output.run(() -> {
            SyntheticCorpus corpus = new SyntheticCorpus(seed);
            try (AtomicFile file = AtomicFile.create(target); Writer writer = new OutputStreamWriter(file.out(), StandardCharsets.UTF_8)) {
                for (int i = 0; i < sentences; i++) {
                    writer.append(corpus.sentence()).append('\n');
                }
                writer.flush();
                file.commit();
            }
            if (questions.isPresent()) {
                try (AtomicFile file = AtomicFile.create(questions.get())) {
                    file.out().write(SyntheticCorpus.questions().getBytes(StandardCharsets.UTF_8));
                    file.commit();
                }
            }
            output.print(new Result(target.toString(), sentences, seed), out -> out.println(target + ": " + sentences + " sentences"));
        });
    }
}
