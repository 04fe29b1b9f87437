package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/** Lookups on vectors; what is left of a row after its last full vector is done one by one, which gives the same bits. */
sealed interface VectorEmbeddings extends EmbeddingKernels permits VectorKernels {

    @Override
    default void gatherRows(float[] table, int tableOffset, int tableRow, int tableRows, int[] rows, int rowsOffset, int count,
                            float[] to, int toOffset, int toRow, int length) {
        Checks.lookup(table, tableOffset, tableRow, tableRows, rows, rowsOffset, count, "to", to, toOffset, toRow, length);
        int whole = F.loopBound(length);
        for (int i = 0; i < count; i++) {
            int source = tableOffset + rows[rowsOffset + i] * tableRow;
            int target = toOffset + i * toRow;
            for (int j = 0; j < whole; j += L) {
                FloatVector.fromArray(F, table, source + j).intoArray(to, target + j);
            }
            for (int j = whole; j < length; j++) {
                to[target + j] = table[source + j];
            }
        }
    }

    @Override
    default void scatterAddRows(float[] from, int fromOffset, int fromRow, int[] rows, int rowsOffset, int count,
                                float[] table, int tableOffset, int tableRow, int tableRows, int length) {
        Checks.lookup(table, tableOffset, tableRow, tableRows, rows, rowsOffset, count, "from", from, fromOffset, fromRow, length);
        int whole = F.loopBound(length);
        for (int i = 0; i < count; i++) {
            int source = fromOffset + i * fromRow;
            int target = tableOffset + rows[rowsOffset + i] * tableRow;
            for (int j = 0; j < whole; j += L) {
                FloatVector.fromArray(F, table, target + j).add(FloatVector.fromArray(F, from, source + j)).intoArray(table, target + j);
            }
            for (int j = whole; j < length; j++) {
                table[target + j] += from[source + j];
            }
        }
    }
}
