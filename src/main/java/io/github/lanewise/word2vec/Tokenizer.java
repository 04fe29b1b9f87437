package io.github.lanewise.word2vec;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Cuts UTF-8 text into words at white space and control characters, and into sentences at line ends, in bounded memory.
 *
 * <p>White space is what Unicode calls so (no-break spaces too); line ends are LF, CR, NEL and the line and paragraph separators. Words of more than
 * {@link #LONGEST_WORD} bytes are cut there, at the start of a character, as word2vec.c cuts them; the rest is skipped.
 */
final class Tokenizer {
    static final int LONGEST_WORD = 100;
    /** Bytes that must be readable after a word. */
    private static final int SLACK = 8;
    private static final int BUFFER = 1 << 16;

    /** Receives the words. */
    interface Sink {
        /** A word of {@code length} bytes; 8 more bytes may be read after it. */
        void word(byte[] bytes, int from, int length);

        /** The end of a line. */
        void line();
    }

    private static final byte OTHER = 0;
    private static final byte SPACE = 1;
    private static final byte LINE = 2;
    /** First byte of a character that may be a space of more than one byte. */
    private static final byte LEAD = 3;
    private static final byte[] KINDS = new byte[256];

    static {
        for (int b = 0; b <= ' '; b++) {
            KINDS[b] = SPACE;
        }
        KINDS['\n'] = LINE;
        KINDS['\r'] = LINE;
        KINDS[0xC2] = LEAD;
        KINDS[0xE1] = LEAD;
        KINDS[0xE2] = LEAD;
        KINDS[0xE3] = LEAD;
    }

    private Tokenizer() {}

    /** Reads to the end of the stream; {@code progress} is told the bytes read so far, after every block. */
    static void read(InputStream in, Sink sink, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[BUFFER + SLACK];
        // Bytes at the front of the buffer that belong to a word or character that is not over yet.
        int held = 0;
        boolean skipping = false;
        long total = 0;
        while (true) {
            int read = in.readNBytes(buffer, held, BUFFER - held);
            total += read;
            boolean atEnd = held + read < BUFFER;
            int limit = held + read;
            int at = 0;
            int start = 0;
            held = 0;
            while (at < limit) {
                int kind = KINDS[buffer[at] & 0xff];
                int width = 1;
                if (kind == LEAD) {
                    width = (buffer[at] & 0xff) == 0xC2 ? 2 : 3;
                    if (at + width > limit && !atEnd) {
                        break;
                    }
                    kind = at + width > limit ? OTHER : kindOf(buffer, at);
                    width = kind == OTHER ? 1 : width;
                }
                if (kind != OTHER) {
                    if (at > start && !skipping) {
                        sink.word(buffer, start, shortened(buffer, start, at));
                    }
                    skipping = false;
                    if (kind == LINE) {
                        sink.line();
                    }
                    start = at + width;
                }
                at += width;
            }
            if (atEnd) {
                if (at > start && !skipping) {
                    sink.word(buffer, start, shortened(buffer, start, at));
                }
                progress.accept(total);
                return;
            }
            if (!skipping && at - start > LONGEST_WORD) {
                sink.word(buffer, start, shortened(buffer, start, at));
                skipping = true;
            }
            if (skipping) {
                start = at;
            }
            held = limit - start;
            System.arraycopy(buffer, start, buffer, 0, held);
            progress.accept(total);
        }
    }

    private static int shortened(byte[] buffer, int start, int end) {
        if (end - start <= LONGEST_WORD) {
            return end - start;
        }
        int cut = LONGEST_WORD;
        // At most three bytes of a character continue it.
        for (int back = 0; back < 3 && (buffer[start + cut] & 0xC0) == 0x80; back++) {
            cut--;
        }
        return cut;
    }

    private static int kindOf(byte[] b, int at) {
        int second = b[at + 1] & 0xff;
        if ((b[at] & 0xff) == 0xC2) {
            return second == 0x85 ? LINE : second == 0xA0 ? SPACE : OTHER;
        }
        int rest = second << 8 | (b[at + 2] & 0xff);
        return switch (b[at] & 0xff) {
            case 0xE1 -> rest == 0x9A80 ? SPACE : OTHER;
            case 0xE2 -> switch (rest) {
                case 0x80A8, 0x80A9 -> LINE;
                case 0x80AF, 0x819F -> SPACE;
                default -> rest >= 0x8080 && rest <= 0x808A ? SPACE : OTHER;
            };
            default -> rest == 0x8080 ? SPACE : OTHER;
        };
    }
}
