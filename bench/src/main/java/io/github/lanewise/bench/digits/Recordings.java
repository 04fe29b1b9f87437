package io.github.lanewise.bench.digits;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The recordings of the free spoken digit dataset, {@code DIGIT_SPEAKER_NUMBER.wav}, from its folder or a tar.xz of it. */
final class Recordings {
    private static final Pattern NAME = Pattern.compile("(?:.*/)?(([0-9])_[a-z]+_([0-9]+))\\.wav");
    /** Recordings 0 to 4 of each speaker and digit are the published test set. */
    private static final int TEST_NUMBERS = 5;
    private static final float RATE = 8000;

    private Recordings() {}

    /** One recording: the frames of it and what was said. */
    static final class Recording {
        final String name;
        final int digit;
        final boolean test;
        final float[] frames;

        Recording(String name, int digit, boolean test, float[] frames) {
            this.name = name;
            this.digit = digit;
            this.test = test;
            this.frames = frames;
        }

        int length() {
            return frames.length / LogBands.BANDS;
        }
    }

    /** Reads all recordings, in the order of their names. */
    static List<Recording> read(Path source) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        LogBands bands = new LogBands();
        if (Files.isDirectory(source)) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Matcher name = NAME.matcher(file.toString());
                    if (name.matches()) {
                        recordings.add(recording(name, Files.readAllBytes(file), bands));
                    }
                }
            }
        } else {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(source));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Matcher name = NAME.matcher(entry.getName());
                    if (name.matches()) {
                        recordings.add(recording(name, tar.readAllBytes(), bands));
                    }
                }
            }
        }
        recordings.sort(Comparator.comparing((Recording recording) -> recording.name));
        return recordings;
    }

    private static Recording recording(Matcher name, byte[] wav, LogBands bands) throws IOException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            AudioFormat format = in.getFormat();
            if (!format.matches(new AudioFormat(RATE, 16, 1, true, false))) {
                throw new IOException(name.group() + ": got " + format + ", wanted 8000 Hz, 16 bits, mono");
            }
            ShortBuffer values = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
            float[] samples = new float[values.remaining()];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = values.get(i) * 0x1p-15f;
            }
            return new Recording(name.group(1), Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3)) < TEST_NUMBERS, bands.of(samples));
        } catch (UnsupportedAudioFileException e) {
            throw new IOException(name.group() + ": got something else, wanted a PCM wav file", e);
        }
    }
}
