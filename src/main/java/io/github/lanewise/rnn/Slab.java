package io.github.lanewise.rnn;

/** An array from which pieces are cut, one after the other. Used by one thread at a time. */
final class Slab {
    /**
     * Index of the first float on a cache line of an array that starts with one: behind a header of 16 bytes. With
     * {@code -XX:+UseCompactObjectHeaders} it has 12, and no piece is on a line.
     */
    static final int FIRST = 12;

    final float[] data;
    private int next = FIRST;

    Slab(int room) {
        data = new float[Math.addExact(FIRST, room)];
    }

    /** Floats that are not cut yet. */
    int left() {
        return data.length - next;
    }

    Piece cut(int length) {
        Piece piece = new Piece(this, next, length);
        next += length;
        return piece;
    }
}
