package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.word2vec.Embeddings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What is written is what is read. */
class WordVectorsProperties {
    private static final List<String> TRICKY = List.of("\u00a0", "\u3000", "\ufeff", "\u0000", "\u0085", "\u2028", "\u200b", "e\u0301", "1.5", "-3",
            "nan", "#", ":", "\u202e", "\ud83d\ude00", "\uffff", "</s>", "\"", "\\n", "\u001f", "\u000b", "\udbff\udfff");

    @Property(tries = 400)
    void savedAndLoadedIsTheSame(@ForAll("words") List<String> words, @ForAll @IntRange(min = 1, max = 40) int dimension, @ForAll long seed,
                                 @ForAll VectorFormat format) throws IOException {
        Embeddings model = Models.random(words, dimension, seed);
        byte[] bytes = Models.bytes(model, format);
        Models.assertSame(model, read(bytes, ReadOptions.DEFAULT.withFormat(format)));
    }

    @Property(tries = 400)
    void theFormatIsToldFromTheContent(@ForAll("words") List<String> words, @ForAll @IntRange(min = 4, max = 40) int dimension, @ForAll long seed,
                                       @ForAll VectorFormat format) throws IOException {
        byte[] bytes = Models.bytes(Models.random(words, dimension, seed), format);
        VectorFormat told = Models.withFile(bytes, WordVectors::detect);
        assertEquals(format == VectorFormat.BINARY_WITHOUT_NEWLINES ? VectorFormat.BINARY : format, told);
    }

    @Property(tries = 100)
    void gzipIsRead(@ForAll("words") List<String> words, @ForAll @IntRange(min = 4, max = 40) int dimension, @ForAll long seed,
                    @ForAll VectorFormat format) throws IOException {
        Embeddings model = Models.random(words, dimension, seed);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(Models.bytes(model, format));
        }
        Models.assertSame(model, read(packed.toByteArray(), ReadOptions.DEFAULT));
    }

    @Property(tries = 100)
    void aLimitGivesTheFirstWords(@ForAll("words") List<String> words, @ForAll @IntRange(min = 1, max = 30) int limit, @ForAll long seed,
                                  @ForAll VectorFormat format) throws IOException {
        Embeddings model = Models.random(words, 5, seed);
        Embeddings first = read(Models.bytes(model, format), ReadOptions.DEFAULT.withFormat(format).withMaxWords(limit));
        Models.assertSame(model.first(limit), first);
        assertEquals(Math.min(limit, words.size()), first.size());
    }

    @Property(tries = 20_000)
    void decimalsAreRoundedAsJavaRoundsThem(@ForAll("decimals") String text) {
        float wanted = Float.parseFloat(text);
        float got = DecimalFloat.parse(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
        if (Float.isInfinite(wanted)) {
            assertTrue(Float.isNaN(got), text);
        } else {
            assertEquals(Float.floatToRawIntBits(wanted), Float.floatToRawIntBits(got), text);
        }
    }

    private static Embeddings read(byte[] bytes, ReadOptions options) throws IOException {
        return Models.withFile(bytes, file -> WordVectors.read(file, options));
    }

    @Provide
    Arbitrary<List<String>> words() {
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(12)
                .filter(s -> s.chars().noneMatch(c -> " \t\r\n".indexOf(c) >= 0) && s.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000));
        return Arbitraries.frequencyOf(Tuple.of(3, any), Tuple.of(1, Arbitraries.of(TRICKY)))
                .list().ofMinSize(1).ofMaxSize(20).uniqueElements();
    }

    /** Decimals of all lengths, and such as lie exactly between two floats or a hair beside. */
    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> free = Combinators.combine(Arbitraries.of("", "-", "+"), digits, digits, Arbitraries.integers().between(-60, 60))
                .as((sign, a, b, e) -> sign + a + "." + b + (e % 3 == 0 ? "e" + e : ""));
        Arbitrary<String> middle = Combinators.combine(Arbitraries.integers(), Arbitraries.of("", "1", "000000000001")).as((bits, tail) -> {
            float a = Float.intBitsToFloat(bits & 0x7fffffff);
            float b = Math.nextUp(a);
            return !Float.isFinite(b) ? "1" : new BigDecimal(((double) a + b) / 2).toPlainString() + (b < 1 ? tail : "");
        });
        // 15 digits beside a middle: the nearest double often is the middle itself, and rounding that to even would be wrong.
        Arbitrary<String> nearMiddle = Arbitraries.integers().between(Float.floatToIntBits(1e-4f), Float.floatToIntBits(1e4f)).map(bits -> {
            float a = Float.intBitsToFloat(bits);
            return new BigDecimal(((double) a + Math.nextUp(a)) / 2).round(new MathContext(15)).toPlainString();
        });
        Arbitrary<String> written = Arbitraries.integers().map(Float::intBitsToFloat).filter(Float::isFinite).map(String::valueOf);
        Arbitrary<String> shortMiddle = Arbitraries.integers().between(1 << 24, 1 << 26).map(i -> i % 2 == 0 ? i + 1 + "e-0" : i + ".0");
        return Arbitraries.oneOf(free, middle, nearMiddle, written, shortMiddle);
    }
}
