package io.github.lanewise.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads the tokens that a safetensors header is made of, strictly after RFC 8259: punctuation, strings, whole numbers from 0. Its caller knows
 * at every place what must follow, so nothing nests and no tree is built.
 */
final class JsonCursor {
    private final Path file;
    private final byte[] bytes;
    /** Where in the file the bytes begin. */
    private final long start;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private int next;

    JsonCursor(Path file, byte[] bytes, long start) {
        this.file = file;
        this.bytes = bytes;
        this.start = start;
    }

    /** Place in the file of the next byte that is no white space. */
    long position() {
        skipSpace();
        return start + next;
    }

    /** Whether all was read; white space may be left. */
    boolean atEnd() {
        skipSpace();
        return next == bytes.length;
    }

    /** Takes a sign if it is next. */
    boolean accept(char sign) {
        boolean found = !atEnd() && bytes[next] == sign;
        next += found ? 1 : 0;
        return found;
    }

    void expect(char sign) throws MalformedFileException {
        if (!accept(sign)) {
            throw malformed(position(), "got " + describeNext() + ", wanted '" + sign + "'");
        }
    }

    /** Takes a comma, which means that more follows, or the end of the list or object. */
    boolean more(char end) throws MalformedFileException {
        if (accept(',')) {
            return true;
        }
        if (accept(end)) {
            return false;
        }
        throw malformed(position(), "got " + describeNext() + ", wanted ',' or '" + end + "'");
    }

    /** Takes a whole number, 0 to 2^63 - 1. */
    long number() throws MalformedFileException {
        long position = position();
        int first = next;
        long value = 0;
        while (next < bytes.length && bytes[next] >= '0' && bytes[next] <= '9') {
            int digit = bytes[next] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw malformed(position, "got a number above 2^63 - 1, wanted a smaller one");
            }
            value = value * 10 + digit;
            next++;
        }
        if (next == first) {
            throw malformed(position, "got " + describeNext() + ", wanted a whole number >= 0");
        }
        if (next - first > 1 && bytes[first] == '0') {
            throw malformed(position, "got a number with a leading 0, wanted one without");
        }
        return value;
    }

    /** Takes a string. */
    String string() throws MalformedFileException {
        expect('"');
        long position = start + next - 1;
        int first = next;
        StringBuilder escaped = null;
        while (next < bytes.length && bytes[next] != '"') {
            if (bytes[next] >= 0 && bytes[next] < ' ') {
                throw malformed(start + next, "got " + describeNext() + " in a string, wanted it escaped");
            }
            if (bytes[next] == '\\') {
                escaped = escaped == null ? new StringBuilder() : escaped;
                escaped.append(decode(first, next));
                next++;
                escaped.append(escape());
                first = next;
            } else {
                next++;
            }
        }
        if (next == bytes.length) {
            throw malformed(position, "got a string without end, wanted '\"' after it");
        }
        String last = decode(first, next);
        next++;
        if (escaped == null) {
            return last;
        }
        String text = escaped.append(last).toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw malformed(position, "got half a surrogate pair in a string, wanted both");
        }
        return text;
    }

    private char escape() throws MalformedFileException {
        long position = start + next - 1;
        int letter = next < bytes.length ? bytes[next++] : -1;
        return switch (letter) {
            case '"', '\\', '/' -> (char) letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = next < bytes.length && bytes[next] > 0 ? Character.digit(bytes[next], 16) : -1;
                    if (digit < 0) {
                        throw malformed(position, "got an escape \\u without four hexadecimal digits, wanted them");
                    }
                    code = code << 4 | digit;
                    next++;
                }
                yield (char) code;
            }
            default -> throw malformed(position, "got an escape that is unknown, wanted \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u");
        };
    }

    private String decode(int first, int end) throws MalformedFileException {
        int ascii = first;
        while (ascii < end && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == end) {
            // A tenth of the memory that the decoder takes for a short text.
            return new String(bytes, first, end - first, StandardCharsets.ISO_8859_1);
        }
        ByteBuffer part = ByteBuffer.wrap(bytes, first, end - first);
        try {
            CharBuffer text = utf8.decode(part);
            return text.toString();
        } catch (CharacterCodingException invalid) {
            throw malformed(start + part.position(), "got bytes that are no UTF-8 in a string, wanted UTF-8");
        }
    }

    MalformedFileException malformed(long position, String problem) {
        return new MalformedFileException(file, position, problem);
    }

    private String describeNext() {
        if (next == bytes.length) {
            return "the end of the header";
        }
        byte b = bytes[next];
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : String.format("byte 0x%02x", b);
    }

    private void skipSpace() {
        while (next < bytes.length && (bytes[next] == ' ' || bytes[next] == '\n' || bytes[next] == '\t' || bytes[next] == '\r')) {
            next++;
        }
    }
}
