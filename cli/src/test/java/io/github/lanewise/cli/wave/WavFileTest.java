package io.github.lanewise.cli.wave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.cli.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@link WavFile} to the JDK's own reader and writer, and to damaged files. */
class WavFileTest {
    private static final double ALL = 1e4;
    private static final byte[] NO_SAMPLES = {};

    @TempDir
    private Path folder;

    @Test
    void everyWidthAndNumberOfChannelsIsReadAsTheJdkWritesIt() throws Exception {
        for (int bits : new int[] {8, 16, 24, 32}) {
            for (int channels : new int[] {1, 2, 6}) {
                int frames = 1000 * channels + 1;
                byte[] bytes = new byte[frames * channels * bits / 8];
                new Random(bits).nextBytes(bytes);
                Path file = folder.resolve("sound.wav");
                AudioFormat format = new AudioFormat(11025, bits, channels, bits > 8, false);
                try (AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(bytes), format, frames)) {
                    AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
                }
                Sound sound = WavFile.read(file, ALL);
                assertEquals(11025, sound.rate());
                assertEquals(channels, sound.channels());
                assertArrayEquals(decoded(bytes, channels, bits), sound.samples(), 1e-7f, bits + " bits, " + channels + " channels");
            }
        }
    }

    @Test
    void whatIsWrittenIsReadByTheJdk() throws Exception {
        float[] samples = {0, 0.5f, -0.5f, 1, -1, 7, -7, Float.NaN, 0x1p-15f, 0.4f * 0x1p-15f};
        Path file = folder.resolve("out.wav");
        WavFile.write(file, new Sound(44100, 1, samples));
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            assertEquals(new AudioFormat(44100, 16, 1, true, false).toString(), in.getFormat().toString());
            assertEquals(samples.length, in.getFrameLength());
            short[] wanted = {0, 16384, -16384, 32767, -32768, 32767, -32768, 0, 1, 0};
            short[] got = new short[wanted.length];
            ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(got);
            assertArrayEquals(wanted, got);
        }
    }

    @Test
    void writingLeavesNothingBesidesTheFileAndReplacesAnOlderOne() throws IOException {
        Path file = Files.writeString(folder.resolve("out.wav"), "older");
        WavFile.write(file, new Sound(8000, 1, new float[10]));
        assertEquals(64, Files.size(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theExtensibleHeaderAndForeignChunksAreUnderstood() throws IOException {
        byte[] data = {0, 64, 0, -64};
        byte[] picture = chunk("LIST", new byte[300_001]);
        assertArrayEquals(new float[] {0.5f, -0.5f}, read(riff(picture, chunk("fmt ", plain(1, 1, 8000, 16)), chunk("fact", new byte[4]), chunk("data", data))).samples());
        byte[] extensible = extensible(1);
        assertArrayEquals(new float[] {0.5f, -0.5f}, read(riff(chunk("fmt ", extensible), chunk("data", data))).samples());
        byte[] other = extensible.clone();
        other[30] = 1;
        assertRefused("sound in format 65534 of 16 bits", riff(chunk("fmt ", other), chunk("data", data)));
        // The length that programs give who write into a pipe.
        byte[] piped = riff(chunk("fmt ", plain(1, 1, 8000, 16)), chunk("data", data));
        Arrays.fill(piped, piped.length - 8, piped.length - 4, (byte) -1);
        assertArrayEquals(new float[] {0.5f, -0.5f}, read(piped).samples());
    }

    @Test
    void onlyTheFirstSecondsAreRead() throws IOException {
        byte[] file = riff(chunk("fmt ", plain(1, 1, 8000, 16)), chunk("data", new byte[400_000]));
        assertEquals(12_000, read(file, 1.5).samples().length);
        assertEquals(200_000, read(file, 1e6).samples().length);
    }

    @Test
    void otherFilesAreRefusedWithWhatTheyAre() throws IOException {
        byte[] data = chunk("data", new byte[64]);
        assertRefused("floating point of 32 bits", riff(chunk("fmt ", plain(3, 1, 8000, 32)), data));
        assertRefused("floating point of 16 bits", riff(chunk("fmt ", extensible(3)), data));
        assertRefused("compressed sound (ADPCM) of 4 bits", riff(chunk("fmt ", plain(2, 1, 8000, 4)), data));
        assertRefused("compressed sound (mu-law) of 8 bits", riff(chunk("fmt ", plain(7, 1, 8000, 8)), data));
        assertRefused("PCM of 12 bits", riff(chunk("fmt ", plain(1, 1, 8000, 12)), data));
        assertRefused("PCM of 0 bits", riff(chunk("fmt ", plain(1, 1, 8000, 0)), data));
        assertRefused("PCM of 64 bits", riff(chunk("fmt ", plain(1, 1, 8000, 64)), data));
        assertRefused("0 samples per second", riff(chunk("fmt ", plain(1, 1, 0, 16)), data));
        assertRefused("4294967295 samples per second", riff(chunk("fmt ", plain(1, 1, -1, 16)), data));
        assertRefused("0 channels of 16 bits in 0 bytes", riff(chunk("fmt ", plain(1, 0, 8000, 16)), data));
        byte[] misfit = plain(1, 2, 8000, 16);
        misfit[12] = 3;
        assertRefused("2 channels of 16 bits in 3 bytes", riff(chunk("fmt ", misfit), data));
        assertRefused("a format of 14 bytes", riff(chunk("fmt ", new byte[14]), data));
        assertRefused("samples before their format", riff(data, chunk("fmt ", plain(1, 1, 8000, 16))));
        assertRefused("an empty file", NO_SAMPLES);
        assertRefused("something else", "hello, this is text".getBytes(StandardCharsets.US_ASCII));
        assertRefused("no such file", () -> WavFile.read(folder.resolve("none.wav"), ALL));
        assertRefused("Is a directory", () -> WavFile.read(folder, ALL));
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = riff(chunk("LIST", new byte[7]), chunk("fmt ", plain(1, 2, 8000, 24)), chunk("data", new byte[60]));
        assertEquals(10, read(whole).samples().length);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            String message = message(assertThrows(UserError.class, () -> read(cut), "cut to " + length));
            assertTrue(message.startsWith(folder.resolve("test.wav") + ": got ") && message.contains(", wanted "), message);
        }
        byte[] promising = riff(chunk("fmt ", plain(1, 1, 8000, 16)), chunk("data", new byte[64]));
        promising[promising.length - 65] = 0x7f;
        assertRefused("32 samples before the file ends", promising);
    }

    @Test
    void damagedHeadersNeverFailInAnotherWay() throws IOException {
        byte[] whole = riff(chunk("LIST", new byte[6]), chunk("fmt ", extensible(1)), chunk("data", new byte[64]));
        Random random = new Random(5);
        int read = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(whole.length - 64)] = (byte) (random.nextInt(4) == 0 ? -1 : random.nextInt(256));
            }
            try {
                Sound sound = WavFile.read(write(damaged), ALL);
                assertTrue(sound.samples().length <= 64 && sound.rate() >= 1);
                read++;
            } catch (UserError refused) {
                assertTrue(message(refused).contains(", wanted "), message(refused));
            }
        }
        assertTrue(read > 1000 && read < 19_000, "read " + read);
    }

    /** The samples in the plainest way, mixed down. */
    private static float[] decoded(byte[] bytes, int channels, int bits) {
        int size = bits / 8;
        float[] samples = new float[bytes.length / size / channels];
        for (int frame = 0; frame < samples.length; frame++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                int at = (frame * channels + channel) * size;
                sum += switch (bits) {
                    case 8 -> ((bytes[at] & 0xff) - 128) / 128.0;
                    case 16 -> ((bytes[at] & 0xff) + 256 * bytes[at + 1]) / 32768.0;
                    case 24 -> ((bytes[at] & 0xff) + 256 * (bytes[at + 1] & 0xff) + 65536 * bytes[at + 2]) / 8388608.0;
                    default -> ByteBuffer.wrap(bytes, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt() / 2147483648.0;
                };
            }
            samples[frame] = (float) (sum / channels);
        }
        return samples;
    }

    private Sound read(byte[] file) throws IOException {
        return read(file, ALL);
    }

    private Sound read(byte[] file, double seconds) throws IOException {
        return WavFile.read(write(file), seconds);
    }

    private Path write(byte[] file) throws IOException {
        return Files.write(folder.resolve("test.wav"), file);
    }

    private void assertRefused(String got, byte[] file) throws IOException {
        Path path = write(file);
        assertRefused(got, () -> WavFile.read(path, ALL));
    }

    private static void assertRefused(String got, Runnable reading) {
        String message = message(assertThrows(UserError.class, reading::run));
        assertTrue(message.contains(": got " + got) && message.contains(", wanted "), message);
    }

    private static String message(UserError error) {
        return String.valueOf(error.getMessage());
    }

    private static byte[] plain(int kind, int channels, int rate, int bits) {
        int frame = channels * bits / 8;
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putShort((short) kind).putShort((short) channels).putInt(rate)
                .putInt(rate * frame).putShort((short) frame).putShort((short) bits).array();
    }

    private static byte[] extensible(int kind) {
        return ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).put(plain(0xfffe, 1, 8000, 16)).putShort((short) 22).putShort((short) 16)
                .putInt(4).putInt(kind).putShort((short) 0).putShort((short) 16).put(new byte[] {(byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71})
                .array();
    }

    private static byte[] chunk(String name, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(content.length).put(content).array();
    }

    private static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int length = 4 + Arrays.stream(chunks).mapToInt(chunk -> chunk.length).sum();
        file.writeBytes(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(length)
                .put("WAVE".getBytes(StandardCharsets.US_ASCII)).array());
        for (byte[] chunk : chunks) {
            file.writeBytes(chunk);
        }
        return file.toByteArray();
    }
}
