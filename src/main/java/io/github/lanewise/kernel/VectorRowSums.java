package io.github.lanewise.kernel;

import static io.github.lanewise.kernel.Width.F;
import static io.github.lanewise.kernel.Width.L;

import jdk.incubator.vector.FloatVector;

/** Sums of rows, several vectors of columns at a time: {@link MatrixKernels#addRows}. */
final class VectorRowSums {
    private VectorRowSums() {}

    /** What {@link MatrixKernels#addRows} means. */
    static void add(float[] c, int cOffset, int cRow, int cPanel, int rows, int columns, float[] sum, int sumOffset) {
        int column = 0;
        // A whole row of a panel at once where eight vectors are no more: gradients of a long sequence come from memory, which had better be read in order.
        for (; 8 * L <= Panels.WIDTH && column <= columns - 8 * L; column += 8 * L) {
            int ci = cOffset + column / Panels.WIDTH * cPanel + column % Panels.WIDTH;
            int si = sumOffset + column;
            FloatVector s0 = FloatVector.fromArray(F, sum, si);
            FloatVector s1 = FloatVector.fromArray(F, sum, si + L);
            FloatVector s2 = FloatVector.fromArray(F, sum, si + 2 * L);
            FloatVector s3 = FloatVector.fromArray(F, sum, si + 3 * L);
            FloatVector s4 = FloatVector.fromArray(F, sum, si + 4 * L);
            FloatVector s5 = FloatVector.fromArray(F, sum, si + 5 * L);
            FloatVector s6 = FloatVector.fromArray(F, sum, si + 6 * L);
            FloatVector s7 = FloatVector.fromArray(F, sum, si + 7 * L);
            for (int row = 0; row < rows; row++, ci += cRow) {
                s0 = FloatVector.fromArray(F, c, ci).add(s0);
                s1 = FloatVector.fromArray(F, c, ci + L).add(s1);
                s2 = FloatVector.fromArray(F, c, ci + 2 * L).add(s2);
                s3 = FloatVector.fromArray(F, c, ci + 3 * L).add(s3);
                s4 = FloatVector.fromArray(F, c, ci + 4 * L).add(s4);
                s5 = FloatVector.fromArray(F, c, ci + 5 * L).add(s5);
                s6 = FloatVector.fromArray(F, c, ci + 6 * L).add(s6);
                s7 = FloatVector.fromArray(F, c, ci + 7 * L).add(s7);
            }
            s0.intoArray(sum, si);
            s1.intoArray(sum, si + L);
            s2.intoArray(sum, si + 2 * L);
            s3.intoArray(sum, si + 3 * L);
            s4.intoArray(sum, si + 4 * L);
            s5.intoArray(sum, si + 5 * L);
            s6.intoArray(sum, si + 6 * L);
            s7.intoArray(sum, si + 7 * L);
        }
        for (; column <= columns - 4 * L; column += 4 * L) {
            int ci = cOffset + column / Panels.WIDTH * cPanel + column % Panels.WIDTH;
            int si = sumOffset + column;
            FloatVector s0 = FloatVector.fromArray(F, sum, si);
            FloatVector s1 = FloatVector.fromArray(F, sum, si + L);
            FloatVector s2 = FloatVector.fromArray(F, sum, si + 2 * L);
            FloatVector s3 = FloatVector.fromArray(F, sum, si + 3 * L);
            for (int row = 0; row < rows; row++, ci += cRow) {
                s0 = FloatVector.fromArray(F, c, ci).add(s0);
                s1 = FloatVector.fromArray(F, c, ci + L).add(s1);
                s2 = FloatVector.fromArray(F, c, ci + 2 * L).add(s2);
                s3 = FloatVector.fromArray(F, c, ci + 3 * L).add(s3);
            }
            s0.intoArray(sum, si);
            s1.intoArray(sum, si + L);
            s2.intoArray(sum, si + 2 * L);
            s3.intoArray(sum, si + 3 * L);
        }
        for (; column < columns; column += L) {
            int ci = cOffset + column / Panels.WIDTH * cPanel + column % Panels.WIDTH;
            FloatVector s = FloatVector.fromArray(F, sum, sumOffset + column);
            for (int row = 0; row < rows; row++) {
                s = FloatVector.fromArray(F, c, ci + row * cRow).add(s);
            }
            s.intoArray(sum, sumOffset + column);
        }
    }
}
