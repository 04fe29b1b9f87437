package io.github.lanewise.word2vec;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The characters of a reader as UTF-8 bytes; half a surrogate pair becomes a question mark. */
final class Utf8Stream extends InputStream {
    private final Reader in;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chars = CharBuffer.allocate(1 << 13).flip();
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 15).flip();
    private boolean atEnd;

    Utf8Stream(Reader in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (!bytes.hasRemaining()) {
            if (atEnd) {
                return -1;
            }
            chars.compact();
            atEnd = in.read(chars) < 0;
            chars.flip();
            bytes.clear();
            encoder.encode(chars, bytes, atEnd);
            if (atEnd) {
                encoder.flush(bytes);
            }
            bytes.flip();
        }
        int n = Math.min(length, bytes.remaining());
        bytes.get(into, offset, n);
        return n;
    }
}
