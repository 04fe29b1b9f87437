package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.UserError;
import io.github.lanewise.word2vec.AnalogyMethod;
import io.github.lanewise.word2vec.Embeddings;
import io.github.lanewise.word2vec.UnknownWordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise word2vec plot}: words as points of a plane. */
@Command(
        name = "plot",
        description = "Draws words as points of a plane (principal components of their unit vectors), as PNG and SVG.",
        footer = {"", "For example: plot vectors.bin --analogy man,king,woman,queen boy girl prince princess"},
        mixinStandardHelpOptions = true)
final class PlotCommand implements Callable<Integer> {
    private static final int MOST_WORDS = 500;

    @Mixin
    private VectorFile file = new VectorFile();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORD", description = "Words to draw.")
    private List<String> words = List.of();

    @Option(names = "--analogy", paramLabel = "A,B,C[,D]",
            description = "Draw the parallelogram of \"A is to B as C is to D\"; D is looked for if left out. May be repeated.")
    private List<String> analogies = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Picture to write, .png or .svg; both if it ends with neither (default: ${DEFAULT-VALUE}).")
    private Path target = Path.of("words");

    @Mixin
    private Output output = new Output();

    private record Point(String word, double x, double y) {}

    private record Result(String file, List<String> pictures, List<Point> points, double shareX, double shareY) {}

    @Override
    public Integer call() {
        if (words.isEmpty() && analogies.isEmpty()) {
            throw new UserError("got no word, wanted at least two, or --analogy A,B,C");
        }
        List<Path> pictures = pictures();
        pictures.forEach(picture -> Output.requireWritable("--output", picture));
        return Output.run(() -> {
            Embeddings embeddings = file.read(output.err());
            Set<String> shown = new LinkedHashSet<>();
            List<List<String>> corners = new ArrayList<>();
            try {
                for (String analogy : analogies) {
                    corners.add(corners(analogy, embeddings));
                    shown.addAll(corners.getLast());
                }
                for (String word : words) {
                    embeddings.vector(word);
                    shown.add(word);
                }
            } catch (UnknownWordException unknown) {
                throw new UserError(file.path() + ": " + unknown.getMessage());
            }
            draw(embeddings, List.copyOf(shown), corners, pictures);
        });
    }

    private void draw(Embeddings embeddings, List<String> shown, List<List<String>> corners, List<Path> pictures) throws IOException {
        if (shown.size() < 2 || shown.size() > MOST_WORDS) {
            throw new UserError("words to draw: got " + shown.size() + ", wanted 2 to " + MOST_WORDS);
        }
        List<int[]> parallelograms = corners.stream().map(four -> four.stream().mapToInt(shown::indexOf).toArray()).toList();
        WordPicture picture = new WordPicture(embeddings, shown, parallelograms, "Words of " + file.path().getFileName());
        for (Path each : pictures) {
            picture.write(each);
        }
        Projection at = picture.projection();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            points.add(new Point(shown.get(i), at.points().get(i).x(), at.points().get(i).y()));
        }
        output.print(new Result(file.path().toString(), pictures.stream().map(Path::toString).toList(), points, at.shareX(), at.shareY()), out ->
                out.println(Output.format("%d words drawn to %s; the plane holds %.0f %% of their variance", shown.size(),
                        String.join(" and ", pictures.stream().map(Path::toString).toList()), 100 * (at.shareX() + at.shareY()))));
    }

    private List<String> corners(String analogy, Embeddings embeddings) {
        List<String> corners = new ArrayList<>(List.of(analogy.split(",", -1)));
        if (corners.size() == 3) {
            corners.add(embeddings.analogy(corners.get(0), corners.get(1), corners.get(2), 1, AnalogyMethod.COS_ADD).stream().findFirst()
                    .orElseThrow(() -> new UserError(file.path() + ": got " + embeddings.size() + " words, wanted a fourth for " + analogy)).word());
        }
        if (corners.size() != 4) {
            throw new UserError("--analogy: got '" + analogy + "', wanted three or four words with commas between them");
        }
        corners.forEach(embeddings::vector);
        return corners;
    }

    private List<Path> pictures() {
        String name = target.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".svg") ? List.of(target)
                : List.of(target.resolveSibling(target.getFileName() + ".png"), target.resolveSibling(target.getFileName() + ".svg"));
    }
}
