package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.io.VectorFormat;
import io.github.lanewise.word2vec.Embeddings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise word2vec convert}: from one format of word vectors to another. */
@Command(name = "convert", description = "Writes word vectors in another format.", mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    @Mixin
    private VectorFile file = new VectorFile();

    @Parameters(index = "1", paramLabel = "OUTPUT", description = "File to write.")
    private Path target = Path.of("");

    @Option(names = "--format", paramLabel = "FORMAT",
            description = "binary, binary_without_newlines, text or glove; without it .bin means binary, .glove glove, all else text.")
    private Optional<VectorFormat> format = Optional.empty();

    @Option(names = "--normalize", description = "Scale every vector to length 1.")
    private boolean normalize;

    @Mixin
    private Output output = new Output();

    private record Result(String input, String output, VectorFormat format, int words, int dimension) {}

    @Override
    public Integer call() {
        Output.requireWritable("OUTPUT", target);
        return Output.run(() -> {
            Embeddings read = file.read(output.err());
            Embeddings embeddings = normalize ? read.normalized() : read;
            VectorFormat written = format.orElse(VectorFormat.ofName(target));
            VectorFile.write(embeddings, target, written, output.err());
            output.print(new Result(file.path().toString(), target.toString(), written, embeddings.size(), embeddings.dimension()),
                    out -> out.println(Output.format("%s: %d words of dimension %d, %s", target, embeddings.size(), embeddings.dimension(), written)));
        });
    }
}
