package io.github.lanewise.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;

/** Time against units, on logarithmic axes with the line of the memory's bandwidth, and time against the length of a sequence with the fitted line. */
final class ScaleCharts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;

    private ScaleCharts() {}

    static void write(List<Row> rows, Path folder) throws IOException {
        List<Scale.Step> steps = Scale.Step.of(rows);
        if (steps.size() > 1) {
            Charts.write(units(steps), folder.resolve(Scale.GROUP + "-units.png"));
        }
        List<Scale.Length> lengths = Scale.Length.of(rows);
        if (lengths.size() > 1) {
            Charts.write(length(lengths), folder.resolve(Scale.GROUP + "-length.png"));
        }
    }

    private static XYChart units(List<Scale.Step> steps) {
        XYChart chart = chart("A step of an LSTM with H inputs and H units", "H", "nanoseconds");
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        double[] units = Scale.values(steps, Scale.Step::units);
        chart.addSeries("step", units, Scale.values(steps, step -> step.kernel().time().median()));
        chart.addSeries("reading 32 H² bytes of weights, the roof", units, Scale.values(steps, step -> step.read().time().median()));
        return chart;
    }

    private static XYChart length(List<Scale.Length> lengths) {
        Fit line = Scale.Length.fit(lengths);
        XYChart chart = chart("A sequence of T steps, " + Scale.kind(lengths.getFirst().row()), "T", "microseconds");
        double[] steps = Scale.values(lengths, Scale.Length::steps);
        chart.addSeries("measured", steps, Scale.values(lengths, length -> length.nanos() / 1e3)).setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.addSeries(String.format(Locale.ROOT, "%.1f ns a step, R² %.6f", line.slope(), line.r2()), steps,
                Scale.values(lengths, length -> (line.slope() * length.steps() + line.intercept()) / 1e3));
        return chart;
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).yAxisTitle(y).build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.InsideNW)
                .setMarkerSize(8)
                .setChartBackgroundColor(Color.WHITE);
        return chart;
    }
}
