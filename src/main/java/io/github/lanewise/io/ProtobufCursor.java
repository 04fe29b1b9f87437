package io.github.lanewise.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the fields of one protobuf message: {@link #next}, then the value by what {@link #field} says, or nothing to skip it. */
final class ProtobufCursor {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;
    private static final int LONGEST_VARINT = 10;
    private static final int LONGEST_TEXT = 4096;

    private final Path file;
    private final MemorySegment bytes;
    private final long start;
    private final long end;
    private long next;
    private long valueStart;
    private int field;
    private int wire;
    private long varint;

    private ProtobufCursor(Path file, MemorySegment bytes, long start, long end) {
        this.file = file;
        this.bytes = bytes;
        this.start = start;
        this.next = start;
        this.end = end;
    }

    static ProtobufCursor of(Path file, MemorySegment bytes) {
        return new ProtobufCursor(file, bytes, 0, bytes.byteSize());
    }

    /** Returns a cursor over the same message from its start. */
    ProtobufCursor fromStart() {
        return new ProtobufCursor(file, bytes, start, end);
    }

    /** Goes to the next field; false at the end of the message. */
    boolean next() throws MalformedFileException {
        if (next == end) {
            return false;
        }
        long tagStart = next;
        long tag = varint();
        wire = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw malformed(tagStart, "got the field number " + (tag >>> 3) + ", wanted 1 to 2^29 - 1: no protobuf");
        }
        field = (int) (tag >>> 3);
        varint = wire == VARINT || wire == LENGTH ? varint() : 0;
        long length = switch (wire) {
            case VARINT -> 0;
            case EIGHT_BYTES -> Long.BYTES;
            case LENGTH -> varint;
            case FOUR_BYTES -> Integer.BYTES;
            default -> throw malformed(tagStart, "got the wire type " + wire + ", wanted 0, 1, 2 or 5: no protobuf, or an old one");
        };
        valueStart = next;
        if (length < 0 || length > end - next) {
            throw malformed(tagStart, "got a field of " + Long.toUnsignedString(length) + " bytes, wanted at most the " + (end - next) + " that follow");
        }
        next += length;
        return true;
    }

    /** Number of the current field. */
    int field() {
        return field;
    }

    /** Whether the current field has a length: a text, message or packed numbers. */
    boolean hasLength() {
        return wire == LENGTH;
    }

    long number() throws MalformedFileException {
        require(VARINT, "a whole number");
        return varint;
    }

    MemorySegment data() throws MalformedFileException {
        require(LENGTH, "bytes");
        return bytes.asSlice(valueStart, next - valueStart);
    }

    String text() throws MalformedFileException {
        if (wire == LENGTH && varint > LONGEST_TEXT) {
            throw malformed("got a name of " + varint + " bytes, wanted at most " + LONGEST_TEXT);
        }
        return new String(data().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    ProtobufCursor message() throws MalformedFileException {
        require(LENGTH, "a message");
        return new ProtobufCursor(file, bytes, valueStart, next);
    }

    MalformedFileException malformed(String problem) {
        return malformed(valueStart, problem);
    }

    /** Takes a number of the packed ones that this cursor stands in. */
    long packed() throws MalformedFileException {
        return varint();
    }

    boolean atEnd() {
        return next == end;
    }

    private void require(int wanted, String what) throws MalformedFileException {
        if (wire != wanted) {
            throw malformed(valueStart, "field " + field + ": got the wire type " + wire + ", wanted " + what);
        }
    }

    private long varint() throws MalformedFileException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && next < end; i++) {
            byte b = bytes.get(ValueLayout.JAVA_BYTE, next++);
            value |= (b & 0x7fL) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw malformed(next, "got a number without end, wanted one of at most " + LONGEST_VARINT + " bytes");
    }

    private MalformedFileException malformed(long position, String problem) {
        return new MalformedFileException(file, position, problem);
    }
}
