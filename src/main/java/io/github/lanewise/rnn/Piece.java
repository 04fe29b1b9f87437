package io.github.lanewise.rnn;

import java.util.Arrays;

/** A range of an array that no other piece overlaps: whole blocks of floats, zero at first. {@link Slabs} has them cut. */
final class Piece {
    /** Never read: the slab lives as long as one of its pieces. Who uses {@link #data} holds the piece. */
    final Slab slab;
    final float[] data;
    final int start;
    final int length;

    Piece(Slab slab, int start, int length) {
        this.slab = slab;
        this.data = slab.data;
        this.start = start;
        this.length = length;
    }

    /** Index in {@link #data} of an element. */
    int at(int index) {
        return start + index;
    }

    /** Sets all elements to zero. */
    void zero() {
        Arrays.fill(data, start, start + length, 0);
    }

    /** A copy of the elements. */
    float[] copy() {
        return Arrays.copyOfRange(data, start, start + length);
    }

    /** Takes over as many elements. */
    void set(float[] from) {
        System.arraycopy(from, 0, data, start, length);
    }
}
