package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.word2vec.Corpus;
import io.github.lanewise.word2vec.Matrix;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.TrainingState;
import io.github.lanewise.word2vec.Vocabulary;
import io.github.lanewise.word2vec.Word2VecModel;
import io.github.lanewise.word2vec.Word2VecTrainer;
import io.github.lanewise.word2vec.WorkerState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
    /** Offset of the number of words: 12 bytes of head, 70 of options, 16 of the text, 28 for one thread. */
    private static final int WORDS = 12 + 70 + 16 + 28;

    @TempDir
    Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("checkpoint");
    }

    @ParameterizedTest
    @EnumSource
    void goingOnFromAFileGivesTheBitsOfAnUninterruptedRun(TrainingOptions.Update update) throws IOException {
        TrainingOptions options = TrainingOptions.defaults().withDimension(100).withUpdate(update).withSample(1e-2);
        try (Corpus corpus = corpus(20_000)) {
            Word2VecTrainer straight = Word2VecTrainer.start(options, corpus);
            Word2VecTrainer stopped = Word2VecTrainer.start(options, corpus);
            boolean finished = stopped.run(progress -> false);
            assertFalse(finished, "too fast to be stopped; give it more text");
            Checkpoint.save(stopped.state(), file);
            Word2VecTrainer resumed = Word2VecTrainer.resume(Checkpoint.load(file), corpus);
            assertEquals(stopped.state().workers(), resumed.state().workers());
            assertArrayEquals(bits(straight.run()), bits(resumed.run()));
        }
    }

    @Test
    void refusesAnotherText() throws IOException {
        try (Corpus corpus = corpus(50); Corpus other = corpus(51)) {
            TrainingState state = Word2VecTrainer.start(TrainingOptions.defaults().withDimension(3), corpus).state();
            var problem = assertThrows(IllegalArgumentException.class, () -> Word2VecTrainer.resume(state, other));
            assertTrue(problem.toString().contains("wanted the text that training began with"), problem.toString());
        }
    }

    @Test
    void trainsFurtherOnNewTextWithNewWords() throws IOException {
        TrainingOptions options = TrainingOptions.defaults().withDimension(7).withSample(0);
        try (Corpus first = Corpus.reader().minCount(1).of(List.of(List.of("a", "b", "a", "c")));
                Corpus second = Corpus.reader().minCount(1).of(List.of(List.of("d", "a", "d", "d", "d")))) {
            Word2VecModel old = Word2VecTrainer.start(options, first).run();
            int[] before = bits(old);
            Word2VecTrainer trainer = Word2VecTrainer.extend(options, second, old);
            Word2VecModel extended = trainer.model();
            assertEquals(List.of("d", "a", "b", "c"), extended.vocabulary().words());
            assertEquals(3, extended.vocabulary().count(1));
            assertArrayEquals(row(old.input(), 0), row(extended.input(), 1));
            assertArrayEquals(row(old.output(), 0), row(extended.output(), 1));
            Checkpoint.save(trainer.state(), file);
            Word2VecModel resumed = Word2VecTrainer.resume(Checkpoint.load(file), second).run();
            assertArrayEquals(bits(trainer.run()), bits(resumed));
            assertArrayEquals(row(old.input(), 1), row(extended.input(), 2), "a word that the new text does not have");
            assertFalse(Arrays.equals(row(old.input(), 0), row(extended.input(), 1)), "a word that it has");
            assertArrayEquals(before, bits(old), "the old model");
            assertThrows(IllegalArgumentException.class, () -> Word2VecTrainer.extend(options.withDimension(8), second, old));
        }
    }

    @Test
    void everyTruncationAndEveryFlippedBitIsNoticed() throws IOException {
        byte[] whole = saved();
        for (int length = 0; length < whole.length; length++) {
            refuse(Arrays.copyOf(whole, length));
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            refuse(bytes);
        }
        refuse(Arrays.copyOf(whole, whole.length + 1));
    }

    /** With a right checksum: made on purpose. */
    @Test
    void absurdNumbersAreRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] whole = saved();
        for (int at : new int[] {12, 16, 20, 24, 52, WORDS, WORDS + 4}) {
            for (int value : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x10000000}) {
                refuse(sealed(ByteBuffer.wrap(whole.clone()).putInt(at, value).array()));
            }
        }
        // No words, and rows of nearly 2^31 floats.
        refuse(sealed(ByteBuffer.allocate(WORDS + 4 + 8).put(whole, 0, WORDS).putInt(12, Integer.MAX_VALUE - 100).putInt(WORDS, 0).array()));
        Random random = new Random(2);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = whole.clone();
            for (int k = 0; k < 3; k++) {
                bytes[12 + random.nextInt(bytes.length - 20)] = (byte) random.nextInt();
            }
            Files.write(file, sealed(bytes));
            try {
                assertEquals(3, Checkpoint.load(file).model().vocabulary().size());
            } catch (MalformedFileException noticed) {
                assertTrue(noticed.position() <= whole.length);
            }
        }
    }

    @Test
    void aFailedSaveLeavesTheOldFile() throws IOException {
        byte[] whole = saved();
        assertThrows(IOException.class, () -> Checkpoint.save(Checkpoint.load(file), folder.resolve("absent").resolve("x")));
        assertArrayEquals(whole, Files.readAllBytes(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void wordsAreKeptWhateverTheirCharacters() throws IOException {
        List<String> words = List.of("", " ", "a b", "\n", "\u0000", "\ud83d\ude00", "e\u0301", "\u00e9", "\ufeff", "\uffff", "\udbff\udfff", "\u202e", "x".repeat(70_000));
        try (Corpus corpus = Corpus.reader().minCount(1).of(List.of(words))) {
            TrainingState state = Word2VecTrainer.start(TrainingOptions.defaults().withDimension(2), corpus).state();
            Checkpoint.save(state, file);
            assertEquals(state.model().vocabulary(), Checkpoint.load(file).model().vocabulary());
        }
        byte[] old = Files.readAllBytes(file);
        Word2VecModel half = new Word2VecModel(Vocabulary.of(List.of("\ud800")), Matrix.create(1, 2), Matrix.create(1, 2));
        TrainingState state = new TrainingState(TrainingOptions.defaults().withDimension(2), half, 1, 1, List.of(new WorkerState(0, 0, 0, 1)));
        var problem = assertThrows(IllegalArgumentException.class, () -> Checkpoint.save(state, file));
        assertTrue(problem.toString().contains("half of a surrogate pair"), problem.toString());
        assertArrayEquals(old, Files.readAllBytes(file));
    }

    private byte[] saved() throws IOException {
        try (Corpus corpus = Corpus.reader().minCount(1).of(List.of(List.of("a", "b", "\u00e9"), List.of("a", "b", "a")))) {
            Word2VecTrainer trainer = Word2VecTrainer.start(TrainingOptions.defaults().withDimension(3), corpus);
            trainer.run();
            Checkpoint.save(trainer.state(), file);
            return Files.readAllBytes(file);
        }
    }

    private void refuse(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        long before = allocated();
        assertThrows(MalformedFileException.class, () -> Checkpoint.load(file));
        assertTrue(allocated() - before < 1 << 20, (allocated() - before) + " bytes allocated for a file of " + bytes.length);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, crc.getValue());
        return bytes;
    }

    private static Corpus corpus(int sentences) {
        Random random = new Random(8);
        List<List<Integer>> text = new ArrayList<>();
        for (int s = 0; s < sentences; s++) {
            text.add(IntStream.range(0, 15).mapToObj(i -> random.nextInt(1 + random.nextInt(300))).toList());
        }
        return Corpus.reader().minCount(1).of(text);
    }

    private static float[] row(Matrix m, int row) {
        float[] copy = new float[m.dimension()];
        m.copyRow(row, copy, 0);
        return copy;
    }

    private static int[] bits(Word2VecModel model) {
        List<Integer> bits = new ArrayList<>();
        for (Matrix m : List.of(model.input(), model.output())) {
            for (int i = 0; i < m.rows(); i++) {
                for (float x : row(m, i)) {
                    bits.add(Float.floatToIntBits(x));
                }
            }
        }
        return bits.stream().mapToInt(b -> b).toArray();
    }
}
