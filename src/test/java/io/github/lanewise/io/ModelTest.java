package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.Bfloat16;
import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Bfloat16Cell;
import io.github.lanewise.rnn.CellState;
import io.github.lanewise.rnn.Dense;
import io.github.lanewise.rnn.Layer;
import io.github.lanewise.rnn.Lstm;
import io.github.lanewise.rnn.OutputActivation;
import io.github.lanewise.rnn.Rnn;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was saved and loaded is the same model, to the bit. */
class ModelTest {
    @TempDir Path folder;

    private static Model model() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        SplitMix64 random = new SplitMix64(5);
        layers.put("z encoder", Lstm.create(3, 17, random));
        layers.put("rnn.1", Rnn.create(17, 5, Activation.RELU, random));
        layers.put("head", Dense.create(5, 4, OutputActivation.SOFTMAX, random));
        ((Dense) layers.get("head")).weights().setBias(new float[] {-0f, Float.MIN_VALUE, 0, 7});
        Tensor odd = new Tensor(ElementType.I64, new long[] {1}, MemorySegment.ofArray(new long[] {42}));
        return new Model(layers, Map.of("embedding", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3), "i64", odd),
                Map.of("words", "one\ntwo", "epochs", "7"));
    }

    @Test
    void aLoadedModelIsTheSame() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Model saved = model();
        saved.save(file);
        Model loaded = Model.load(file);
        assertEquals(List.copyOf(saved.layers().keySet()), List.copyOf(loaded.layers().keySet()), "names, in order");
        assertEquals(saved.metadata(), loaded.metadata());
        assertEquals(saved.tensors().keySet(), loaded.tensors().keySet());
        assertEquals("F32 [2, 3]", String.valueOf(loaded.tensors().get("embedding")));
        for (String name : saved.layers().keySet()) {
            assertBits(parameters(saved, name), parameters(loaded, name));
        }
        assertEquals(Activation.RELU, loaded.rnn("rnn.1").activation());
        assertEquals(OutputActivation.SOFTMAX, loaded.dense("head").activation());
        assertBits(run(saved), run(loaded));
        Path again = folder.resolve("again.safetensors");
        loaded.save(again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    /** The file of this model, on every machine and in every later version that does not change the format. */
    @Test
    void theFileIsAlwaysTheSame() throws IOException {
        Path file = folder.resolve("model.safetensors");
        model().save(file);
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(file));
        assertEquals("1b79ab17", HexFormat.of().toHexDigits((int) crc.getValue()));
    }

    @Test
    void halfOfTheFileKeepsEightBitsOfTheWeights() throws IOException {
        Path file = folder.resolve("model.safetensors");
        model().save(file, ElementType.BF16);
        float[] wanted = parameters(model(), "z encoder");
        float[] got = parameters(Model.load(file), "z encoder");
        for (int i = 0; i < got.length; i++) {
            assertEquals(Bfloat16.toFloat(Bfloat16.nearest(wanted[i])), got[i]);
            assertEquals(wanted[i], got[i], Math.abs(wanted[i]) * 0x1p-8);
        }
        assertThrows(UnsupportedOperationException.class, () -> model().save(file, ElementType.F16));
    }

    /** Rounding twice is rounding once, so the smaller file and the smaller layer go together. */
    @Test
    void halfOfTheFileGivesTheSameBfloat16Layers() throws IOException {
        Path file = folder.resolve("model.safetensors");
        model().save(file, ElementType.BF16);
        // Biases stay floats in such layers, and become bfloat16 in such files.
        Model saved = Model.load(file);
        Lstm before = model().lstm("z encoder");
        before.weights().setBias(saved.lstm("z encoder").weights().bias());
        Bfloat16Cell wanted = before.toBfloat16();
        Bfloat16Cell got = saved.lstm("z encoder").toBfloat16();
        CellState wantedState = wanted.newState();
        CellState gotState = got.newState();
        float[] wantedH = new float[17];
        float[] gotH = new float[17];
        for (int step = 0; step < 5; step++) {
            float[] x = {step, 0.5f, -1};
            wanted.step(x, 0, wantedState);
            got.step(x, 0, gotState);
            wantedState.copyH(wantedH, 0);
            gotState.copyH(gotH, 0);
            assertBits(wantedH, gotH);
        }
    }

    @Test
    void namesThatCannotBeToldApartAreRefused() {
        Dense dense = Dense.zero(1, 1, OutputActivation.IDENTITY);
        assertMessage("layer name: got \"\", wanted a text in one line", () -> Model.of(Map.of("", dense)));
        assertMessage("layer name: got \"a\nb\", wanted a text in one line", () -> Model.of(Map.of("a\nb", dense)));
        assertMessage("tensor name: got \"a.bias\" twice, wanted distinct names",
                () -> new Model(Map.of("a", dense), Map.of("a.bias", Tensor.of(new float[1], 1)), Map.of()));
        assertMessage("metadata key: got \"lanewise.x\", wanted none that begins with \"lanewise.\"",
                () -> new Model(Map.of(), Map.of(), Map.of("lanewise.x", "")));
        assertMessage("layer \"a\": got dense:identity, wanted Lstm", () -> Model.of(Map.of("a", dense)).lstm("a"));
        assertMessage("layer \"b\": got none among [a], wanted Dense", () -> Model.of(Map.of("a", dense)).dense("b"));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        PyTorchWeights.put(Lstm.zero(2, 3), "a", tensors);
        assertRefused("lanewise.version: got none, wanted 1", tensors, Map.of());
        assertRefused("lanewise.version: got 2, wanted 1", tensors, Map.of("lanewise.version", "2", "lanewise.layers", "lstm a"));
        assertRefused("got the kind \"gru\", wanted lstm", tensors, Map.of("lanewise.version", "1", "lanewise.layers", "gru a"));
        assertRefused("got \"lstm\", wanted a kind of layer, a space", tensors, Map.of("lanewise.version", "1", "lanewise.layers", "lstm"));
        assertRefused("got the name \"a\" twice", tensors, Map.of("lanewise.version", "1", "lanewise.layers", "lstm a\nlstm a"));
        assertRefused("got no \"b.weight_ih_l0\" among [a.", tensors, Map.of("lanewise.version", "1", "lanewise.layers", "lstm b"));
        assertRefused("a.weight_ih_l0: got F32 [12, 2], wanted the shape [3, 2]", tensors,
                Map.of("lanewise.version", "1", "lanewise.layers", "rnn:tanh a"));
    }

    private void assertRefused(String message, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("refused.safetensors");
        Safetensors.write(file, tensors, metadata);
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> Model.load(file));
        assertTrue(String.valueOf(e.getMessage()).contains(message), () -> "got " + e.getMessage() + ", wanted " + message);
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static float[] parameters(Model model, String name) {
        Layer layer = model.layers().get(name);
        if (layer == null) {
            throw new IllegalArgumentException(name);
        }
        List<Float> all = new ArrayList<>();
        for (float[] part : List.of(layer.weights().inputWeights(), layer.weights().recurrentWeights(), layer.weights().bias())) {
            for (float value : part) {
                all.add(value);
            }
        }
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }

    private static float[] run(Model model) {
        CellState state = model.lstm("z encoder").newState();
        CellState second = model.rnn("rnn.1").newState();
        float[] h = new float[17];
        float[] y = new float[5];
        float[] out = new float[4];
        for (int step = 0; step < 5; step++) {
            model.lstm("z encoder").step(new float[] {step, 0.5f, -1}, 0, state);
            state.copyH(h, 0);
            model.rnn("rnn.1").step(h, 0, second);
        }
        second.copyH(y, 0);
        model.dense("head").forward(y, 0, 1, model.dense("head").newTape(1), out, 0);
        return out;
    }

    private static void assertBits(float[] wanted, float[] got) {
        assertEquals(wanted.length, got.length);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(Float.floatToRawIntBits(wanted[i]), Float.floatToRawIntBits(got[i]), "value " + i);
        }
    }
}
