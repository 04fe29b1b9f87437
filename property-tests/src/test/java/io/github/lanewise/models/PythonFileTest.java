package io.github.lanewise.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.io.Safetensors;
import io.github.lanewise.io.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the Python package {@code safetensors}: read to the bit, and written to the byte. */
class PythonFileTest {
    private static final String ODD_NAME = "a \"b\"\\\n\t\u0001 \u00e9 \u6f22 \ud83d\ude00";
    private static final String NOTE = "line \"1\"\nline 2\\ \u007f\u001f \u00e9 \ud83d\ude00";

    @TempDir Path folder;

    @Test
    void everyFloatTypeIsWhatPyTorchSees() throws IOException {
        try (Safetensors in = Safetensors.open(GoldenModel.path("types"))) {
            for (String type : List.of("f16", "bf16", "f64")) {
                assertArrayEquals(bits(tensor(in, type + " as f32")), bits(tensor(in, type)), type);
            }
            assertEquals(12, tensor(in, "f16").size());
            assertArrayEquals(new long[0], tensor(in, "scalar").shape());
            assertArrayEquals(new float[] {7}, tensor(in, "scalar").toFloats());
            assertArrayEquals(new long[] {0, 4}, tensor(in, "none").shape());
            assertArrayEquals(new float[] {1, 1}, tensor(in, ODD_NAME).toFloats());
            assertEquals(Map.of("note", NOTE), in.metadata());
            assertEquals("tensor: got I64 [3], wanted F32, F64, F16 or BF16",
                    assertThrows(UnsupportedOperationException.class, () -> tensor(in, "i64").toFloats()).getMessage());
        }
    }

    @Test
    void whatIsReadIsWrittenToTheSameBytes() throws IOException {
        for (String name : List.of("types", "torch_lstm", "keras_lstm", "onnx_lstm_bidirectional")) {
            Path copy = folder.resolve(name);
            try (Safetensors in = Safetensors.open(GoldenModel.path(name))) {
                Safetensors.write(copy, new HashMap<>(in.tensors()), in.metadata());
            }
            assertArrayEquals(Files.readAllBytes(GoldenModel.path(name)), Files.readAllBytes(copy), name);
        }
    }

    private static Tensor tensor(Safetensors in, String name) {
        return Objects.requireNonNull(in.tensors().get(name), name);
    }

    private static int[] bits(Tensor tensor) {
        float[] values = tensor.toFloats();
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
