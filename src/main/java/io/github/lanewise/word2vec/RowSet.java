package io.github.lanewise.word2vec;

import io.github.lanewise.kernel.Panels;

/**
 * Rows of a matrix as the kernels want them: one array, and an offset for each row. Rows of a matrix in one array are used in place; rows of
 * several arrays are copied together and, by {@link #putBack}, apart again. Either way gives the same bits.
 */
final class RowSet {
    private final Matrix matrix;
    private final boolean inPlace;
    private final int[] words;
    final float[] array;
    final int[] offsets;
    int count;

    RowSet(Matrix matrix, int capacity) {
        this.matrix = matrix;
        inPlace = matrix.isContiguous();
        words = new int[capacity];
        offsets = new int[capacity];
        array = inPlace ? matrix.array(0) : new float[Panels.BLOCK + capacity * matrix.stride()];
    }

    /** Takes the rows of the words from {@code from} to {@code to - 1}; equal words share a row. */
    void load(int[] from, int begin, int end) {
        count = end - begin;
        if (!inPlace) {
            copyTogether(from, begin);
            return;
        }
        for (int i = begin; i < end; i++) {
            offsets[i - begin] = matrix.offset(from[i]);
        }
    }

    private void copyTogether(int[] from, int begin) {
        for (int i = 0; i < count; i++) {
            int word = from[begin + i];
            words[i] = word;
            offsets[i] = i * matrix.stride();
            for (int earlier = 0; earlier < i; earlier++) {
                if (words[earlier] == word) {
                    offsets[i] = offsets[earlier];
                    break;
                }
            }
            System.arraycopy(matrix.array(word), matrix.offset(word), array, offsets[i], matrix.stride());
        }
    }

    void putBack() {
        for (int i = 0; i < count && !inPlace; i++) {
            System.arraycopy(array, offsets[i], matrix.array(words[i]), matrix.offset(words[i]), matrix.stride());
        }
    }
}
