package io.github.lanewise.cli.wave;

import io.github.lanewise.cli.UserError;
import io.github.lanewise.io.AtomicFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Wav files: RIFF chunks with PCM of 8 bits (unsigned), 16, 24 or 32 (signed), plain or with the extensible header.
 *
 * <p>Not {@code javax.sound.sampled}: it refuses sound files with a large chunk, such as a picture, before the samples (measured on JDK 25: 200 kB,
 * "Resetting to invalid mark"), says of every other file only that it is unsupported, and does not notice missing samples.
 */
final class WavFile {
    private static final String WANTED = "a wav file with PCM of 8, 16, 24 or 32 bits";
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xfffe;
    private static final int EXTENSIBLE_LENGTH = 40;
    private static final int SHORTEST_FORMAT = 16;
    /** What follows the format's number in an extensible header. */
    private static final byte[] GUID_TAIL = {0, 0, 0, 0, 16, 0, (byte) 128, 0, 0, (byte) 170, 0, 56, (byte) 155, 113};
    private static final long HIGHEST_RATE = 1_000_000;
    /** Length of the samples when a program wrote them into a pipe: to the end of the file. */
    private static final long OPEN_END = 0xffffffffL;
    private static final int BUFFER = 1 << 16;

    private WavFile() {}

    /** How the samples are stored. */
    private record Format(int channels, long rate, int bits) {
        int frameSize() {
            return channels * bits / 8;
        }
    }

    /** Reads at most the first seconds of a file and mixes its channels down. */
    static Sound read(Path file, double seconds) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return read(file, in, seconds);
        } catch (NoSuchFileException e) {
            throw UserError.in(file, "no such file", WANTED);
        } catch (EOFException e) {
            throw UserError.in(file, "the end of the file before its samples", WANTED);
        } catch (IOException e) {
            throw UserError.in(file, String.valueOf(e.getMessage()), WANTED);
        }
    }

    private static Sound read(Path file, InputStream in, double seconds) throws IOException {
        byte[] start = in.readNBytes(12);
        if (start.length < 12 || !name(start, 0).equals("RIFF") || !name(start, 8).equals("WAVE")) {
            throw UserError.in(file, start.length == 0 ? "an empty file" : "something else", WANTED);
        }
        Format format = new Format(0, 0, 0);
        while (true) {
            byte[] chunk = bytes(in, 8);
            long length = Integer.toUnsignedLong(littleEndian(chunk).getInt(4));
            switch (name(chunk, 0)) {
                case "fmt " -> format = format(file, in, length);
                case "data" -> {
                    if (format.channels == 0) {
                        throw UserError.in(file, "samples before their format", WANTED);
                    }
                    return samples(file, in, format, length, seconds);
                }
                default -> in.skipNBytes(padded(length));
            }
        }
    }

    private static Format format(Path file, InputStream in, long length) throws IOException {
        if (length < SHORTEST_FORMAT) {
            throw UserError.in(file, "a format of " + length + " bytes", "one of at least " + SHORTEST_FORMAT);
        }
        int used = (int) Math.min(length, EXTENSIBLE_LENGTH);
        byte[] bytes = bytes(in, used);
        ByteBuffer header = littleEndian(bytes);
        in.skipNBytes(padded(length) - used);
        int kind = header.getShort(0) & 0xffff;
        if (kind == EXTENSIBLE && used == EXTENSIBLE_LENGTH && Arrays.equals(bytes, 26, EXTENSIBLE_LENGTH, GUID_TAIL, 0, GUID_TAIL.length)) {
            kind = header.getShort(24) & 0xffff;
        }
        Format format = new Format(header.getShort(2) & 0xffff, Integer.toUnsignedLong(header.getInt(4)), header.getShort(14) & 0xffff);
        if (kind != PCM) {
            throw UserError.in(file, kindName(kind) + " of " + format.bits + " bits", WANTED);
        }
        if (format.bits == 0 || format.bits % 8 != 0 || format.bits > 32) {
            throw UserError.in(file, "PCM of " + format.bits + " bits", WANTED);
        }
        int frameSize = header.getShort(12) & 0xffff;
        if (format.channels == 0 || frameSize != format.frameSize()) {
            throw UserError.in(file, format.channels + " channels of " + format.bits + " bits in " + frameSize + " bytes", "sizes that agree");
        }
        if (format.rate < 1 || format.rate > HIGHEST_RATE) {
            throw UserError.in(file, format.rate + " samples per second", "1 to " + HIGHEST_RATE);
        }
        return format;
    }

    private static Sound samples(Path file, InputStream in, Format format, long length, double seconds) throws IOException {
        int frameSize = format.frameSize();
        long stored = length / frameSize;
        int most = (int) Math.min(Math.min(stored, (long) Math.ceil(seconds * format.rate)), Integer.MAX_VALUE - 8);
        byte[] buffer = new byte[Math.max(1, BUFFER / frameSize) * frameSize];
        // Grows with what is really there: a damaged header may promise gigabytes.
        float[] samples = new float[Math.min(most, BUFFER)];
        int count = 0;
        boolean ended = false;
        while (count < most && !ended) {
            int frames = Math.min(buffer.length / frameSize, most - count);
            int got = in.readNBytes(buffer, 0, frames * frameSize) / frameSize;
            if (count + got > samples.length) {
                samples = Arrays.copyOf(samples, (int) Math.min(most, 2L * (count + got)));
            }
            for (int frame = 0; frame < got; frame++) {
                samples[count + frame] = mixed(buffer, frame * frameSize, format);
            }
            count += got;
            ended = got < frames;
        }
        if (ended && length != OPEN_END) {
            throw UserError.in(file, count + " samples before the file ends", "the " + stored + " that its header says");
        }
        return new Sound(format.rate, format.channels, Arrays.copyOf(samples, count));
    }

    /** The mean over the channels of one frame. */
    private static float mixed(byte[] buffer, int at, Format format) {
        int bytes = format.bits / 8;
        double sum = 0;
        for (int channel = 0; channel < format.channels; channel++) {
            // The bytes become the upper ones of an int, which carries the sign.
            int value = 0;
            for (int i = 0; i < bytes; i++) {
                value |= (buffer[at + channel * bytes + i] & 0xff) << (8 * (4 - bytes + i));
            }
            sum += bytes == 1 ? value ^ 0x80000000 : value;
        }
        return (float) (sum * 0x1p-31 / format.channels);
    }

    /** Writes 16 bits, one channel; the file appears whole or not at all. Samples beyond -1 to 1 are clipped. */
    static void write(Path file, Sound sound) throws IOException {
        float[] samples = sound.samples();
        int length = Math.multiplyExact(2, samples.length);
        byte[] content = new byte[44 + length];
        ByteBuffer bytes = littleEndian(content);
        int rate = (int) sound.rate();
        bytes.put(ascii("RIFF")).putInt(36 + length).put(ascii("WAVE"));
        bytes.put(ascii("fmt ")).putInt(SHORTEST_FORMAT).putShort((short) PCM).putShort((short) 1).putInt(rate).putInt(2 * rate)
                .putShort((short) 2).putShort((short) 16);
        bytes.put(ascii("data")).putInt(length);
        for (float sample : samples) {
            bytes.putShort((short) Math.clamp(Math.rint(sample * 0x1p15), Short.MIN_VALUE, Short.MAX_VALUE));
        }
        try (AtomicFile target = AtomicFile.create(file)) {
            target.out().write(content);
            target.commit();
        }
    }

    private static String kindName(int kind) {
        return switch (kind) {
            case 3 -> "floating point";
            case 2, 0x11 -> "compressed sound (ADPCM)";
            case 6 -> "compressed sound (A-law)";
            case 7 -> "compressed sound (mu-law)";
            case 0x55 -> "compressed sound (MP3)";
            default -> "sound in format " + kind;
        };
    }

    /** Chunks begin at even places. */
    private static long padded(long length) {
        return length + length % 2;
    }

    private static byte[] bytes(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String name(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
