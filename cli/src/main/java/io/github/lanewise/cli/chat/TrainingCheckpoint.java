package io.github.lanewise.cli.chat;

import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.Model;
import io.github.lanewise.io.Tensor;
import io.github.lanewise.rnn.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Half-trained bots in a file: going on from it gives the same bits as not having stopped. */
final class TrainingCheckpoint {
    private static final String BEST = "best.";
    private static final String MOMENTS = "adam.";
    private static final String SETTINGS = "chat.settings";
    private static final String CURVE = "chat.curve";
    private static final String BEST_EPOCH = "chat.best";
    private static final String STEPS = "chat.steps";

    private TrainingCheckpoint() {}

    /** Saves a trainer after whole epochs; an older file is replaced when all is written. */
    static void save(BotTrainer trainer, Plan plan, Path file) throws IOException {
        Map<String, Layer> layers = new LinkedHashMap<>(trainer.current().layers());
        trainer.best().layers().forEach((name, layer) -> layers.put(BEST + name, layer));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<float[]> moments = trainer.adam().moments();
        for (int i = 0; i < moments.size(); i++) {
            tensors.put(MOMENTS + i, Tensor.of(moments.get(i), moments.get(i).length));
        }
        Map<String, String> texts = new LinkedHashMap<>(trainer.current().metadata());
        texts.put(SETTINGS, plan.settings().toString());
        texts.put(CURVE, trainer.curve().stream().map(epoch -> epoch.loss() + " " + epoch.validation()).collect(Collectors.joining("\n")));
        texts.put(BEST_EPOCH, Integer.toString(trainer.bestEpoch()));
        texts.put(STEPS, Long.toString(trainer.adam().steps()));
        new Model(layers, tensors, texts).save(file);
    }

    /** Puts a new trainer where the saved one was. */
    static void restore(BotTrainer trainer, Plan plan, Path file) throws IOException {
        Model saved = Model.load(file);
        Map<String, String> wanted = new LinkedHashMap<>(trainer.current().metadata());
        wanted.put(SETTINGS, plan.settings().toString());
        wanted.forEach((key, value) -> {
            String got = saved.metadata().getOrDefault(key, "none");
            if (!got.equals(value)) {
                throw UserError.in(file, "a checkpoint with " + key + " " + brief(got), brief(value) + ", as the dialogue and the options say");
            }
        });
        try {
            List<float[]> moments = new ArrayList<>();
            for (Tensor moment = saved.tensors().get(MOMENTS + 0); moment != null; moment = saved.tensors().get(MOMENTS + moments.size())) {
                moments.add(moment.toFloats());
            }
            List<BotTrainer.Epoch> curve = new ArrayList<>();
            for (String line : saved.metadata().getOrDefault(CURVE, "").split("\n", -1)) {
                String[] losses = line.split(" ", -1);
                curve.add(new BotTrainer.Epoch(Double.parseDouble(losses[0]), Double.parseDouble(losses[1])));
            }
            int best = Integer.parseInt(saved.metadata().getOrDefault(BEST_EPOCH, ""));
            long steps = Long.parseLong(saved.metadata().getOrDefault(STEPS, ""));
            if (best < 1 || best > curve.size() || steps > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("best epoch " + best + " of " + curve.size() + ", " + steps + " steps");
            }
            copy(saved, "", trainer.current());
            copy(saved, BEST, trainer.best());
            trainer.adam().restore(steps, moments);
            trainer.resume(curve, best);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw UserError.in(file, "a file that is no checkpoint (" + e.getMessage() + ")", "one that this command wrote");
        }
    }

    private static void copy(Model saved, String prefix, Bot to) {
        to.layers().forEach((name, layer) -> {
            Layer from = saved.layers().get(prefix + name);
            if (from == null) {
                throw new IllegalArgumentException("no layer " + prefix + name);
            }
            layer.weights().copyFrom(from.weights());
        });
    }

    private static String brief(String text) {
        return text.length() <= 300 ? text : text.substring(0, 60) + "...";
    }
}
