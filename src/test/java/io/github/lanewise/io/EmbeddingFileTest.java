package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.SplitMix64;
import io.github.lanewise.rnn.Embedding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingFileTest {
    @TempDir
    private Path folder;

    @Test
    void anEmbeddingIsSavedAsPyTorchHasItAndLoadedWithTheSameBits() throws IOException {
        Embedding embedding = Embedding.create(5, 70, new SplitMix64(1));
        Path file = folder.resolve("model.safetensors");
        Model.of(Map.of("words", embedding)).save(file);
        try (Safetensors in = Safetensors.open(file)) {
            Tensor tensor = in.tensors().getOrDefault("words.weight", Tensor.of(new float[0], 0));
            assertArrayEquals(new long[] {5, 70}, tensor.shape());
            float[] second = new float[70];
            embedding.forward(new int[] {1}, 0, 1, second, 0);
            float[] row = new float[70];
            tensor.copyTo(70, row, 0, 70);
            assertArrayEquals(second, row);
        }
        assertArrayEquals(embedding.vectors(), Model.load(file).embedding("words").vectors());
        assertEquals("layer \"words\": got embedding, wanted Lstm",
                assertThrows(IllegalArgumentException.class, () -> Model.load(file).lstm("words")).getMessage());
        Map<String, Tensor> tensors = new HashMap<>();
        PyTorchWeights.put(embedding, "", tensors);
        assertArrayEquals(embedding.vectors(), PyTorchWeights.embedding(tensors, "").vectors());
        assertThrows(IllegalArgumentException.class, () -> PyTorchWeights.embedding(tensors, "other"));
    }
}
