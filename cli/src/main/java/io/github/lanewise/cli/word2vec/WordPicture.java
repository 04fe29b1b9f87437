package io.github.lanewise.cli.word2vec;

import io.github.lanewise.cli.Output;
import io.github.lanewise.cli.Picture;
import io.github.lanewise.word2vec.Embeddings;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Words as points of a plane, with the parallelograms of analogies between them. */
final class WordPicture {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 800;
    private static final Color POINTS = new Color(0x1f5fa8);
    private static final Color[] SIDES = {new Color(0xc0392b), new Color(0x2e8b57), new Color(0x8e44ad), new Color(0xb8860b)};
    /** Room around the points, as a share of their extent: labels stand above them. */
    private static final double MARGIN = 0.12;
    /** Pixels that the axes and titles take, about. */
    private static final int AXES = 75;
    /** Width of a letter in pixels, about. */
    private static final double LETTER = 8.5;

    private final List<String> words;
    private final Projection projection;
    private final double[] xs;
    private final double[] ys;
    private final XYChart chart;
    private int sides;

    /** Draws words; a parallelogram is four indices of words a, b, c, d, where a is to b as c is to d. */
    WordPicture(Embeddings embeddings, List<String> words, List<int[]> parallelograms, String title) {
        this.words = words;
        Embeddings units = embeddings.normalized();
        projection = Projection.of(words.stream().map(units::vector).toArray(float[][]::new));
        xs = projection.points().stream().mapToDouble(Projection.Point::x).toArray();
        ys = projection.points().stream().mapToDouble(Projection.Point::y).toArray();
        chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title)
                .xAxisTitle(Output.format("first component, %.0f %% of the variance", 100 * projection.shareX()))
                .yAxisTitle(Output.format("second component, %.0f %%", 100 * projection.shareY()))
                .build();
        style();
        for (int i = 0; i < parallelograms.size(); i++) {
            int[] p = parallelograms.get(i);
            Color color = SIDES[i % SIDES.length];
            side(p[0], p[1], color, true);
            side(p[2], p[3], color, true);
            side(p[0], p[2], color, false);
            side(p[1], p[3], color, false);
        }
        points();
    }

    private void style() {
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getStyler().setAnnotationTextFontColor(Color.BLACK);
        chart.getStyler().setPlotGridLinesColor(new Color(0xe8e8e8));
        chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.##");
        double extentX = extent(xs);
        double extentY = extent(ys);
        chart.getStyler().setXAxisMin(min(xs) - MARGIN * extentX).setXAxisMax(max(xs) + MARGIN * extentX);
        chart.getStyler().setYAxisMin(min(ys) - MARGIN * extentY).setYAxisMax(max(ys) + MARGIN * extentY);
    }

    private void side(int from, int to, Color color, boolean solid) {
        sides++;
        XYSeries line = chart.addSeries("side " + sides, new double[] {xs[from], xs[to]},
                new double[] {ys[from], ys[to]});
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(color);
        line.setLineStyle(solid ? new BasicStroke(2) : SeriesLines.DASH_DASH);
    }

    private void points() {
        XYSeries points = chart.addSeries("words", xs, ys);
        points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        points.setMarker(SeriesMarkers.CIRCLE);
        points.setMarkerColor(POINTS);
        labels();
    }

    /** Each label goes above, below, right or left of its point: where it hits the fewest points and labels that are there already. */
    private void labels() {
        double pixelX = extent(xs) * (1 + 2 * MARGIN) / (WIDTH - AXES);
        double pixelY = extent(ys) * (1 + 2 * MARGIN) / (HEIGHT - AXES);
        List<double[]> taken = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            taken.add(new double[] {xs[i] / pixelX, ys[i] / pixelY, 5, 5});
        }
        for (int i = 0; i < words.size(); i++) {
            double half = LETTER * words.get(i).length() / 2;
            double x = taken.get(i)[0];
            double y = taken.get(i)[1];
            double[] best = Stream.of(new double[] {x, y + 18, half, 9}, new double[] {x, y - 18, half, 9},
                            new double[] {x + half + 10, y, half, 9}, new double[] {x - half - 10, y, half, 9})
                    .min(Comparator.comparingLong(box -> taken.stream().filter(other -> overlap(box, other)).count())).orElseThrow();
            taken.add(best);
            chart.addAnnotation(new AnnotationText(words.get(i), best[0] * pixelX, best[1] * pixelY, false));
        }
    }

    /** Whether two boxes, given by their middle and half their sizes, overlap. */
    private static boolean overlap(double[] a, double[] b) {
        return Math.abs(a[0] - b[0]) < a[2] + b[2] && Math.abs(a[1] - b[1]) < a[3] + b[3];
    }

    /** Writes a picture; the name tells the kind, {@code .png} or {@code .svg}. */
    void write(Path file) throws IOException {
        Picture.write(chart, file);
    }

    /** Where the words lie. */
    Projection projection() {
        return projection;
    }

    private static double extent(double[] values) {
        double extent = max(values) - min(values);
        return extent > 0 ? extent : 1;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }
}
