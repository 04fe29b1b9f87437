package io.github.lanewise.cli;

import io.github.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/** Charts as files; the name tells the kind, {@code .png} or {@code .svg}. */
public final class Picture {
    private Picture() {}

    /**
     * Checks the name of a picture: to be called before the work that it shows.
     *
     * @param file where the picture shall go
     * @throws UserError if the name tells no kind that we write
     */
    public static void requireName(Path file) {
        if (!kind(file).equals("png") && !kind(file).equals("svg")) {
            throw UserError.in(file, "a picture of another kind", "a name that ends in .png or .svg");
        }
    }

    /**
     * Writes a chart; it appears whole or not at all.
     *
     * @param chart what to draw
     * @param file where to, replaced if it exists
     * @throws IOException if writing fails
     */
    public static void write(IChart chart, Path file) throws IOException {
        // A server has no screen.
        System.setProperty("java.awt.headless", "true");
        try (AtomicFile target = AtomicFile.create(file)) {
            ChartEncoder.saveChart(chart, target.out(), kind(file));
            target.commit();
        }
    }

    private static String kind(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
