package io.github.lanewise.io;

import io.github.lanewise.word2vec.Matrix;
import io.github.lanewise.word2vec.TrainingOptions;
import io.github.lanewise.word2vec.TrainingState;
import io.github.lanewise.word2vec.Vocabulary;
import io.github.lanewise.word2vec.Word2VecModel;
import io.github.lanewise.word2vec.WorkerState;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Files that hold half-trained word vectors, so that training can go on in another process.
 *
 * <p>Version 2, numbers big-endian: {@code "LWW2VCKP"}, int version; the options, enums by name; tokens and checksum of the text; for each thread epoch, position, words
 * and random state; int number of words, each as int bytes, UTF-8, long count; the rows of the input matrix, then those of the output matrix,
 * without padding; CRC-32C of all that as a long. A file is written whole or not at all.
 */
public final class Checkpoint {
    private static final byte[] MAGIC = "LWW2VCKP".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int WORD_BYTES = Integer.BYTES + Long.BYTES;

    private Checkpoint() {}

    /**
     * Writes a checkpoint.
     *
     * @param state what to write
     * @param file its name; an older file is replaced when the new one is complete
     * @throws IOException if writing fails; an older file is still there then
     * @throws IllegalArgumentException if a word has half of a surrogate pair: UTF-8 cannot hold it; an older file is still there then
     */
    public static void save(TrainingState state, Path file) throws IOException {
        try (AtomicFile target = AtomicFile.create(file)) {
            CRC32C crc = new CRC32C();
            DataOutputStream out = new DataOutputStream(new CheckedOutputStream(target.out(), crc));
            out.write(MAGIC);
            out.writeInt(VERSION);
            writeOptions(state.options(), out);
            out.writeLong(state.tokens());
            out.writeLong(state.checksum());
            for (WorkerState worker : state.workers()) {
                out.writeInt(worker.epoch());
                out.writeLong(worker.position());
                out.writeLong(worker.wordsDone());
                out.writeLong(worker.random());
            }
            Vocabulary vocabulary = state.model().vocabulary();
            out.writeInt(vocabulary.size());
            for (int i = 0; i < vocabulary.size(); i++) {
                byte[] word = utf8(vocabulary.word(i));
                out.writeInt(word.length);
                out.write(word);
                out.writeLong(vocabulary.count(i));
            }
            writeRows(state.model().input(), out);
            writeRows(state.model().output(), out);
            out.writeLong(crc.getValue());
            out.flush();
            target.commit();
        }
    }

    private static byte[] utf8(String word) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
            throw new IllegalArgumentException("word \"" + word + "\": got half of a surrogate pair, wanted valid Unicode");
        }
        return word.getBytes(StandardCharsets.UTF_8);
    }

    private static void writeOptions(TrainingOptions o, DataOutputStream out) throws IOException {
        out.writeInt(o.dimension());
        out.writeInt(o.window());
        out.writeInt(o.negatives());
        out.writeInt(o.negativeReuse());
        out.writeDouble(o.sample());
        out.writeFloat(o.alpha());
        out.writeInt(o.epochs());
        out.writeLong(o.seed());
        out.writeInt(o.threads());
        out.writeUTF(o.model().name());
        out.writeUTF(o.update().name());
        out.writeUTF(o.sigmoid().name());
    }

    private static void writeRows(Matrix m, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(m.dimension(), Float.BYTES));
        for (int row = 0; row < m.rows(); row++) {
            bytes.asFloatBuffer().put(m.array(row), m.offset(row), m.dimension());
            out.write(bytes.array());
        }
    }

    /**
     * Reads a checkpoint. Never allocates more than a small multiple of the size of the file.
     *
     * @param file a checkpoint
     * @return what was saved
     * @throws MalformedFileException if it is not a checkpoint, damaged, cut off, or of another version
     * @throws IOException if reading fails
     */
    public static TrainingState load(Path file) throws IOException {
        long size = Files.size(file);
        checkWhole(file, size);
        try (In in = new In(file, size - Long.BYTES)) {
            in.data.skipNBytes(MAGIC.length + Integer.BYTES);
            return read(in);
        } catch (EOFException e) {
            throw new MalformedFileException(file, size, "got the end of the file, wanted more");
        }
    }

    private static void checkWhole(Path file, long size) throws IOException {
        CRC32C crc = new CRC32C();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] head = in.readNBytes(MAGIC.length + Integer.BYTES);
            if (head.length < MAGIC.length || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new MalformedFileException(file, 0, "got something else, wanted a checkpoint of word vectors (it begins with LWW2VCKP)");
            }
            int version = head.length < MAGIC.length + Integer.BYTES ? 0 : ByteBuffer.wrap(head).getInt(MAGIC.length);
            if (version != VERSION) {
                throw new MalformedFileException(file, MAGIC.length, "got version " + version + ", wanted " + VERSION);
            }
            crc.update(head);
            byte[] buffer = new byte[1 << 16];
            long left = size - head.length - Long.BYTES;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (n < 0) {
                    break;
                }
                crc.update(buffer, 0, n);
                left -= n;
            }
            byte[] sum = in.readNBytes(Long.BYTES);
            if (left != 0 || sum.length < Long.BYTES || ByteBuffer.wrap(sum).getLong() != crc.getValue()) {
                throw new MalformedFileException(file, size, "got another checksum than its content has, wanted an undamaged file that was not cut off");
            }
        }
    }

    /** The checksum is right, so a fault here was made on purpose; still nothing is allocated that the file could not fill. */
    private static TrainingState read(In in) throws IOException {
        try {
            TrainingOptions options = new TrainingOptions(in.data.readInt(), in.data.readInt(), in.data.readInt(), in.data.readInt(), in.data.readDouble(),
                    in.data.readFloat(), in.data.readInt(), in.data.readLong(), in.data.readInt(), TrainingOptions.Model.valueOf(in.data.readUTF()),
                    TrainingOptions.Update.valueOf(in.data.readUTF()), TrainingOptions.Sigmoid.valueOf(in.data.readUTF()));
            long tokens = in.data.readLong();
            long checksum = in.data.readLong();
            List<WorkerState> workers = new ArrayList<>();
            for (int i = 0; i < options.threads(); i++) {
                workers.add(new WorkerState(in.data.readInt(), in.data.readLong(), in.data.readLong(), in.data.readLong()));
            }
            int words = in.data.readInt();
            in.require(words, 1, WORD_BYTES + 2L * Float.BYTES * options.dimension(), "words");
            List<String> texts = new ArrayList<>();
            long[] counts = new long[words];
            for (int i = 0; i < words; i++) {
                int length = in.data.readInt();
                in.require(length, 0, 1, "bytes of a word");
                texts.add(new String(in.data.readNBytes(length), StandardCharsets.UTF_8));
                counts[i] = in.data.readLong();
            }
            in.require(2L * words, 0, (long) Float.BYTES * options.dimension(), "rows");
            Word2VecModel model = new Word2VecModel(Vocabulary.of(texts, counts), in.rows(words, options.dimension()), in.rows(words, options.dimension()));
            if (in.counter.position != in.end) {
                throw in.malformed("got " + (in.end - in.counter.position) + " bytes more, wanted the end of the file");
            }
            return new TrainingState(options, model, tokens, checksum, workers);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        } catch (UTFDataFormatException e) {
            throw in.malformed("got the name of an option that is not UTF-8");
        }
    }

    /** The content of a file, and how much of it is left. */
    private static final class In implements AutoCloseable {
        final DataInputStream data;
        private final Path file;
        private final Counter counter;
        private final long end;

        In(Path file, long end) throws IOException {
            this.file = file;
            this.end = end;
            counter = new Counter(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            data = new DataInputStream(counter);
        }

        void require(long count, int least, long bytesEach, String what) throws MalformedFileException {
            if (count < least || count > (end - counter.position) / bytesEach) {
                throw malformed("got " + count + " " + what + ", wanted " + least + " to " + (end - counter.position) / bytesEach + ", which is what the file has room for");
            }
        }

        Matrix rows(int rows, int dimension) throws IOException {
            Matrix matrix = Matrix.create(rows, dimension);
            float[] row = new float[dimension];
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(dimension, Float.BYTES));
            for (int i = 0; i < rows; i++) {
                data.readFully(bytes.array());
                bytes.asFloatBuffer().get(row);
                matrix.setRow(i, row, 0);
            }
            return matrix;
        }

        MalformedFileException malformed(String problem) {
            return new MalformedFileException(file, counter.position, problem);
        }

        @Override
        public void close() throws IOException {
            data.close();
        }
    }

    /** Counts the bytes that were taken. */
    private static final class Counter extends FilterInputStream {
        long position;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            position += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            position += Math.max(0, n);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            position += skipped;
            return skipped;
        }
    }
}
