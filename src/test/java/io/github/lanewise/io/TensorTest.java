package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void partsAreCopied() {
        Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        float[] to = {9, 9, 9, 9};
        tensor.copyTo(2, to, 1, 2);
        assertArrayEquals(new float[] {9, 3, 4, 9}, to);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, tensor.toDoubles());
        assertArrayEquals(tensor.toFloats(), tensor.copy().toFloats());
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.copyTo(5, to, 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.copyTo(-1, to, 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.copyTo(0, to, 3, 2));
    }

    @Test
    void aTensorDoesNotChangeWithTheArraysItCameFrom() {
        float[] values = {1, 2};
        long[] shape = {2};
        Tensor tensor = Tensor.of(values, shape);
        values[0] = 7;
        shape[0] = 1;
        tensor.shape()[0] = 5;
        assertArrayEquals(new float[] {1, 2}, tensor.toFloats());
        assertArrayEquals(new long[] {2}, tensor.shape());
    }

    @Test
    void shapesMustFit() {
        assertEquals("values: got 2, wanted as many as the shape [3] has",
                assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[2], 3)).getMessage());
        assertEquals("dimension: got -1, wanted >= 0",
                assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[2], -1, -2)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[0], 1L << 32, 1L << 32));
        assertEquals("type to write: got F16, wanted F32 or BF16",
                assertThrows(UnsupportedOperationException.class, () -> Tensor.of(new float[1], 1).as(ElementType.F16)).getMessage());
    }
}
