package io.github.lanewise.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Bars of each engine's time as a multiple of the first engine's, one picture per kind of task. */
final class Charts {
    private static final int HEIGHT = 560;
    /** Room for the longest size and time below the bars. */
    private static final int LABEL_WIDTH = 180;
    private static final int MOST_ENGINES = 5;
    private static final List<String> PLAIN = List.of("scalar", "naive");

    private Charts() {}

    static void write(String group, List<Row> all, Path folder) throws IOException {
        List<Row> rows = shown(all);
        if (group.equals(Roof.GROUP) || group.equals(ColdTable.GROUP)) {
            return;
        }
        if (group.equals(Scale.GROUP)) {
            ScaleCharts.write(all, folder);
            return;
        }
        for (Map.Entry<String, List<Row>> kind : byKind(rows).entrySet()) {
            if (Tables.engineNames(kind.getValue()).size() < 2) {
                continue;
            }
            write(chart(group + ": " + kind.getKey(), kind.getValue()), folder.resolve(group + "-" + kind.getKey() + ".png"));
        }
    }

    /** Writes a picture, under its name only when it is whole. */
    static void write(Chart<?, ?> chart, Path file) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(whole)) {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out);
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Beside peers the slow plain engines only take room; the tables have them. */
    private static List<Row> shown(List<Row> rows) {
        return Tables.engineNames(rows).size() <= MOST_ENGINES ? rows : rows.stream().filter(row -> !PLAIN.contains(row.engine())).toList();
    }

    /** Layers, kernels or functions: the first size that is a word. */
    private static Map<String, List<Row>> byKind(List<Row> rows) {
        Map<String, List<Row>> kinds = new LinkedHashMap<>();
        for (Row row : rows) {
            String kind = row.sizes().values().stream().filter(String.class::isInstance).map(Object::toString).findFirst().orElse("all");
            kinds.computeIfAbsent(kind, name -> new ArrayList<>()).add(row);
        }
        return kinds;
    }

    private static CategoryChart chart(String title, List<Row> rows) {
        Map<String, List<Row>> tasks = Tables.byTask(rows);
        List<String> names = new ArrayList<>();
        tasks.forEach((task, of) -> names.add(task.substring(task.indexOf(' ') + 1) + " (" + Tables.time(of.getFirst().time().median()) + ")"));
        Set<String> engines = Tables.engineNames(rows);
        String first = rows.getFirst().engine();
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(900, 60 + names.size() * Math.max(LABEL_WIDTH, 40 + 36 * engines.size())))
                .height(HEIGHT)
                .title(title + ", time as a multiple of " + first + "'s (lower is better, logarithmic)")
                .xAxisTitle("size (time of " + first + ")")
                .yAxisTitle("times as slow")
                .build();
        for (String engine : engines) {
            List<Double> values = new ArrayList<>();
            tasks.values().forEach(of -> values.add(of.stream().filter(row -> row.engine().equals(engine)).findFirst()
                    .map(row -> row.ratio().median()).orElse(Double.NaN)));
            chart.addSeries(engine, names, values);
        }
        double least = rows.stream().mapToDouble(row -> row.ratio().median()).min().orElse(1);
        chart.getStyler()
                // Without it bars start at 0, which has no logarithm.
                .setYAxisMin(Math.pow(10, Math.floor(Math.log10(0.5 * least))))
                .setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("#,##0.##");
        chart.getStyler()
                .setLabelsVisible(true)
                .setLabelsPosition(1.07)
                .setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setAvailableSpaceFill(0.92)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE);
        return chart;
    }
}
