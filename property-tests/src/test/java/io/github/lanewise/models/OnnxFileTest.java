package io.github.lanewise.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.io.Direction;
import io.github.lanewise.io.MalformedFileException;
import io.github.lanewise.io.OnnxFile;
import io.github.lanewise.rnn.Bidirectional;
import io.github.lanewise.rnn.RecurrentCell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of the Python package {@code onnx} give here what ONNX Runtime gives; what cannot be computed here is refused by its name. */
@Timeout(120)
class OnnxFileTest {
    @TempDir Path folder;

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(GoldenModel.path("types").resolveSibling(name + ".onnx"));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("test.onnx"), bytes);
    }

    @ParameterizedTest
    @CsvSource({"onnx_lstm_bidirectional,LSTM", "onnx_rnn_relu_bidirectional,RNN"})
    void answersAreThoseOfTheRuntime(String name, String operator) throws IOException {
        try (OnnxFile file = OnnxFile.open(write(file(name))); GoldenModel model = GoldenModel.open(name)) {
            assertEquals(Set.of(operator), file.names());
            assertEquals(Set.of("W", "R", "B"), file.constants().keySet());
            assertEquals(Direction.FORWARD, file.direction(operator));
            List<RecurrentCell> layers = file.layers(operator);
            assertTrue(model.excess("y", model.run(new Bidirectional(layers.get(0), layers.get(1)), model.x())) <= 1);
        }
    }

    /** A file of a graph with one operator, with float_data instead of raw_data and a Constant for the recurrent weights. */
    private static byte[] graph(String type, byte[]... parts) {
        byte[] w = message(text(8, "W"), varint(2, 1), varint(1, 1), varint(1, "LSTM".equals(type) ? 4 : 1), varint(1, 1),
                field(4, new byte["LSTM".equals(type) ? 16 : 4]));
        byte[] r = message(field(1, new byte[] {1, (byte) ("LSTM".equals(type) ? 4 : 1), 1}), varint(2, 1),
                field(9, new byte["LSTM".equals(type) ? 16 : 4]));
        byte[] constant = message(text(4, "Constant"), text(2, "R"), field(5, message(text(1, "value"), field(5, r))));
        byte[] node = message(text(2, "y"), text(4, type), message(parts));
        return field(7, message(field(5, w), field(1, constant), field(1, node)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LSTM | x,W,R,,,,,P | | | got the input P (peepholes), wanted none
            LSTM | x,W,R,,lengths | | | got the input sequence_lens, wanted none: give the lengths to forward
            LSTM | x,W,R | clip | 5 | got the attribute clip [5], wanted none
            LSTM | x,W,R | input_forget | 1 | got the attribute input_forget [1], wanted none
            LSTM | x,W,R | layout | 1 | got the attribute layout [1], wanted none
            LSTM | x,W,R | new | 1 | got the attribute new [1], wanted none
            LSTM | x,W,R | activations | Sigmoid,Relu,Tanh | activations: got [Sigmoid, Relu, Tanh], wanted Sigmoid, Tanh, Tanh
            RNN | x,W,R | activations | Affine | activations: got Affine, wanted Tanh, Relu or Sigmoid
            RNN | x,W,R | direction | bidirectional | input W: got F32 [1, 1, 1], wanted 3 dimensions, the first 2
            LSTM | x,W,R | direction | sideways | direction: got sideways, wanted one of [forward, reverse, bidirectional]
            LSTM | x,V,R | | | input W: got "V", wanted the name of a constant of floats
            LSTM | x,W,R,V | | | input B: got "V", wanted the name of a constant of floats
            """)
    void whatCannotBeComputedIsRefused(String type, String inputs, String attribute, String value, String message) throws IOException {
        try (OnnxFile file = OnnxFile.open(write(graph(type, inputs(inputs), attribute(attribute, value))))) {
            String got = String.valueOf(assertThrows(IllegalArgumentException.class, () -> file.layers("y")).getMessage());
            assertTrue(got.contains(message), got);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LSTM | x,W,R | input_forget | 0
            LSTM | x,W,R,,,h0,c0 | layout | 0
            LSTM | x,W,R | activations | Sigmoid,Tanh,Tanh
            RNN | x,W,R | activations | Relu
            RNN | x,W,R | direction | reverse
            """)
    void whatIsTheDefaultIsAccepted(String type, String inputs, String attribute, String value) throws IOException {
        try (OnnxFile file = OnnxFile.open(write(graph(type, inputs(inputs), attribute(attribute, value))))) {
            assertEquals(1, file.layers("y").size());
            assertEquals("reverse".equals(value) ? Direction.REVERSE : Direction.FORWARD, file.direction("y"));
        }
    }

    @Test
    void damagedFilesAreRefusedOrRead() throws IOException {
        byte[] valid = graph("LSTM", inputs("x,W,R"), attribute("direction", "forward"));
        int refused = 0;
        for (int length = 0; length < valid.length; length++) {
            Path file = write(Arrays.copyOf(valid, length));
            assertThrows(MalformedFileException.class, () -> OnnxFile.open(file).close());
        }
        for (int bit = 0; bit < 8 * valid.length; bit++) {
            byte[] bytes = valid.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try (OnnxFile file = OnnxFile.open(write(bytes))) {
                for (String name : file.names()) {
                    file.layers(name);
                }
            } catch (MalformedFileException | IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > valid.length, "refused " + refused);
        assertThrows(MalformedFileException.class, () -> OnnxFile.open(GoldenModel.path("types")).close());
    }

    @Test
    void tensorsAreAsLongAsTheirShape() throws IOException {
        for (int length = 0; length < 10; length++) {
            Path file = write(field(7, message(field(5, message(text(8, "W"), varint(2, 1), varint(1, 1), field(9, new byte[length]))))));
            if (length == Float.BYTES) {
                OnnxFile.open(file).close();
            } else {
                assertThrows(MalformedFileException.class, () -> OnnxFile.open(file).close(), "length " + length);
            }
        }
    }

    /** As many as are allowed are read, one more is refused: no count in a file makes the reader keep without end. */
    @ParameterizedTest
    @CsvSource({"inputs, 8", "attributes, 16", "values, 8", "dimensions, 16", "packed dimensions, 16", "constants, 65536", "recurrent operators, 4096"})
    void whatAFileCanMakeTheReaderKeepIsBounded(String what, int most) throws IOException {
        OnnxFile.open(write(many(what, most))).close();
        Path file = write(many(what, most + 1));
        String message = String.valueOf(assertThrows(MalformedFileException.class, () -> OnnxFile.open(file).close()).getMessage());
        assertTrue(message.contains("got more than " + most + " " + what.replace("packed ", "")), message);
    }

    private static byte[] many(String what, int count) {
        byte[][] parts = new byte[count][];
        for (int i = 0; i < count; i++) {
            parts[i] = switch (what) {
                case "inputs" -> text(1, "x");
                case "attributes" -> attribute("a" + i, "1");
                case "values" -> varint(3, 1);
                case "dimensions" -> varint(1, 0);
                case "packed dimensions" -> new byte[1];
                case "constants" -> field(5, message(text(8, "c" + i), varint(1, 0), varint(2, 1), field(9, new byte[0])));
                default -> field(1, message(text(3, "n" + i), text(4, "RNN")));
            };
        }
        byte[] all = message(parts);
        return field(7, switch (what) {
            case "inputs", "attributes" -> field(1, message(text(4, "LSTM"), all));
            case "values" -> field(1, message(text(4, "LSTM"), field(5, message(text(1, "a"), all))));
            case "dimensions" -> field(5, message(all, varint(2, 1), field(9, new byte[0])));
            case "packed dimensions" -> field(5, message(field(1, all), varint(2, 1), field(9, new byte[0])));
            default -> all;
        });
    }

    @Test
    void longNamesAreRefused() throws IOException {
        OnnxFile.open(write(field(7, field(1, message(text(4, "RNN"), text(3, "n".repeat(4096))))))).close();
        Path file = write(field(7, field(1, message(text(4, "RNN"), text(3, "n".repeat(4097))))));
        String message = String.valueOf(assertThrows(MalformedFileException.class, () -> OnnxFile.open(file).close()).getMessage());
        assertTrue(message.contains("got a name of 4097 bytes, wanted at most 4096"), message);
    }

    private static byte[] inputs(String names) {
        byte[] all = {};
        for (String name : names.split(",", -1)) {
            all = message(all, text(1, name));
        }
        return all;
    }

    private static byte[] attribute(String name, String value) {
        if (name == null) {
            return new byte[0];
        }
        byte[] values = {};
        for (String part : value.split(",", -1)) {
            boolean number = part.matches("\\d+");
            values = message(values, number ? varint(3, Integer.parseInt(part)) : text(name.equals("direction") ? 4 : 9, part));
        }
        return field(5, message(text(1, name), values));
    }

    private static byte[] text(int field, String text) {
        return field(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] field(int field, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((field << 3) | 2);
        for (int rest = bytes.length; ; rest >>>= 7) {
            out.write(rest < 128 ? rest : (rest & 127) | 128);
            if (rest < 128) {
                out.writeBytes(bytes);
                return out.toByteArray();
            }
        }
    }

    private static byte[] varint(int field, int value) {
        return new byte[] {(byte) (field << 3), (byte) value};
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
