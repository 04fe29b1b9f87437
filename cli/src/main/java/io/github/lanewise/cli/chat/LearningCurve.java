package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.Picture;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Perplexity of training and validation, epoch by epoch. */
final class LearningCurve {
    private static final Color TRAINING = new Color(0x1f77c8);
    private static final Color VALIDATION = new Color(0xd1495b);

    private LearningCurve() {}

    /** Draws into a file whose name tells the kind of picture. */
    static void write(List<BotTrainer.Epoch> curve, Path file) throws IOException {
        XYChart chart = new XYChartBuilder().width(900).height(500).title("Learning curve of the chat-bot")
                .xAxisTitle("epoch").yAxisTitle("perplexity (logarithmic)").build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern("0");
        line(chart, "training", curve, BotTrainer.Epoch::loss, TRAINING);
        line(chart, "validation", curve, BotTrainer.Epoch::validation, VALIDATION);
        Picture.write(chart, file);
    }

    private static void line(XYChart chart, String name, List<BotTrainer.Epoch> curve, ToDoubleFunction<BotTrainer.Epoch> loss, Color color) {
        List<Double> epochs = new ArrayList<>();
        List<Double> perplexities = new ArrayList<>();
        for (int i = 0; i < curve.size(); i++) {
            double perplexity = Math.exp(loss.applyAsDouble(curve.get(i)));
            if (Double.isFinite(perplexity)) {
                epochs.add(i + 1.0);
                perplexities.add(perplexity);
            }
        }
        if (!epochs.isEmpty()) {
            chart.addSeries(name, epochs, perplexities).setMarker(SeriesMarkers.NONE).setLineColor(color);
        }
    }
}
