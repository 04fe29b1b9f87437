package io.github.lanewise.cli.wave;

import io.github.lanewise.cli.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The sound from where training ended, with what the network predicts of it. */
final class WavePlot {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 500;
    /** More samples would be a band, not a line. */
    private static final int MOST_SAMPLES = 400;
    private static final Color TARGET = new Color(0x303030);
    private static final Color PREDICTED = new Color(0x1f77c8);
    private static final Color FREE = new Color(0xd1495b);

    private final XYChart chart;
    private final double[] millis;

    /** Draws signals that begin at sample {@code first} of the sound. */
    WavePlot(String title, double rate, int first, float[] target, float[] predicted, float[] free) {
        millis = new double[Math.min(target.length, MOST_SAMPLES)];
        Arrays.setAll(millis, i -> (first + i) * 1e3 / rate);
        chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title)
                .xAxisTitle("time, milliseconds").yAxisTitle("amplitude, 1 is the peak of the training part").build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        line("sound, not trained on", target, TARGET, SeriesLines.SOLID);
        line("predicted one sample ahead", predicted, PREDICTED, SeriesLines.DASH_DASH);
        line("running free", free, FREE, SeriesLines.SOLID);
    }

    private void line(String name, float[] signal, Color color, BasicStroke stroke) {
        double[] values = new double[Math.min(signal.length, millis.length)];
        Arrays.setAll(values, i -> signal[i]);
        XYSeries series = chart.addSeries(name, Arrays.copyOf(millis, values.length), values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(1.6f, stroke.getEndCap(), stroke.getLineJoin(), stroke.getMiterLimit(), stroke.getDashArray(), 0));
    }

    /** Writes the picture. */
    void write(Path file) throws IOException {
        Picture.write(chart, file);
    }
}
