package io.github.lanewise.kernel;

/** The meaning of lookups, row by row. */
sealed interface ScalarEmbeddings extends EmbeddingKernels permits ScalarKernels {

    @Override
    default void gatherRows(float[] table, int tableOffset, int tableRow, int tableRows, int[] rows, int rowsOffset, int count,
                            float[] to, int toOffset, int toRow, int length) {
        Checks.lookup(table, tableOffset, tableRow, tableRows, rows, rowsOffset, count, "to", to, toOffset, toRow, length);
        for (int i = 0; i < count; i++) {
            int row = tableOffset + rows[rowsOffset + i] * tableRow;
            for (int j = 0; j < length; j++) {
                to[toOffset + i * toRow + j] = table[row + j];
            }
        }
    }

    @Override
    default void scatterAddRows(float[] from, int fromOffset, int fromRow, int[] rows, int rowsOffset, int count,
                                float[] table, int tableOffset, int tableRow, int tableRows, int length) {
        Checks.lookup(table, tableOffset, tableRow, tableRows, rows, rowsOffset, count, "from", from, fromOffset, fromRow, length);
        for (int i = 0; i < count; i++) {
            int row = tableOffset + rows[rowsOffset + i] * tableRow;
            for (int j = 0; j < length; j++) {
                table[row + j] += from[fromOffset + i * fromRow + j];
            }
        }
    }
}
