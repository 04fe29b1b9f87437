package io.github.lanewise.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.word2vec.TrainingOptions.Model;
import io.github.lanewise.word2vec.TrainingOptions.Sigmoid;
import io.github.lanewise.word2vec.TrainingOptions.Update;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training with one thread gives the same bits on both backends, at every vector width, and on the machine where these
 * checksums were noted. A change of what is drawn or in which order changes them, and what users get for a seed.
 */
class TrainingBitsTest {
    static Stream<Arguments> rules() {
        TrainingOptions small = TrainingOptions.defaults().withDimension(40).withEpochs(2).withSample(1e-2);
        return Stream.of(
                Arguments.of("window", small, 3701350326L),
                Arguments.of("window of 3, 12 negatives, dimension 100", small.withWindow(3).withNegatives(12).withDimension(100), 1001612049L),
                Arguments.of("window, negatives used again", small.withNegativeReuse(4), 2279499025L),
                Arguments.of("window of 3, 12 negatives, dimension 100, used again",
                        small.withWindow(3).withNegatives(12).withDimension(100).withNegativeReuse(4), 2261407890L),
                Arguments.of("pair", small.withUpdate(Update.PAIR), 211382831L),
                Arguments.of("pair, table", small.withUpdate(Update.PAIR).withSigmoid(Sigmoid.TABLE), 423092727L),
                Arguments.of("CBOW", small.withModel(Model.CBOW), 2191472101L),
                Arguments.of("corrected CBOW", small.withModel(Model.CORRECTED_CBOW).withAlpha(0.075f), 3076229653L));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void areTheSameEverywhere(String name, TrainingOptions options, long checksum) {
        try (Corpus corpus = Corpus.reader().minCount(1).of(text())) {
            for (Kernels kernels : List.of(Kernels.scalar(), Kernels.best())) {
                assertEquals(checksum, checksum(Word2VecTrainer.start(options, corpus, kernels).run()), name + " on " + kernels);
            }
        }
    }

    /** 3000 words of 60, the frequent ones often twice in a window. */
    private static List<List<Integer>> text() {
        Random random = new Random(12);
        return IntStream.range(0, 200).mapToObj(s -> IntStream.range(0, 15).mapToObj(i -> random.nextInt(1 + random.nextInt(60))).toList()).toList();
    }

    private static long checksum(Word2VecModel model) {
        CRC32 crc = new CRC32();
        for (Matrix m : List.of(model.input(), model.output())) {
            float[] row = new float[m.dimension()];
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * row.length);
            for (int i = 0; i < m.rows(); i++) {
                m.copyRow(i, row, 0);
                bytes.asFloatBuffer().put(row);
                crc.update(bytes.array());
            }
        }
        return crc.getValue();
    }
}
