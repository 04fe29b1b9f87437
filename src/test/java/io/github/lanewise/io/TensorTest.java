package io.github.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.SplitMix64;
import org.junit.jupiter.api.Test;

class TensorTest {
    /** Every float between two neighbouring bfloat16 goes to the nearer one, and from the middle to the even one. */
    @Test
    void bfloat16IsRoundedToNearestEven() {
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < 200_000; i++) {
            double value = i % 2 == 0 ? Float.intBitsToFloat((int) random.nextLong()) : Double.longBitsToDouble(random.nextLong() >> 1);
            if (i % 5 == 0) {
                value = Float.intBitsToFloat(((int) random.nextLong() & 0xffff0000) | 0x8000);
                value *= 1 + (i % 3 - 1) * 0x1p-50;
            }
            float got = Float.intBitsToFloat(Tensor.bfloat16(value) << 16);
            if (Double.isNaN(value)) {
                assertTrue(Float.isNaN(got));
                continue;
            }
            if (Math.abs(value) >= 0x1p128) {
                assertEquals((float) value, got);
                continue;
            }
            // 2^128 stands for infinity: it is where the next number would be.
            int down = Float.floatToRawIntBits((float) value) & 0xffff0000;
            if (Math.abs((double) Float.intBitsToFloat(down)) > Math.abs(value)) {
                down -= 0x10000;
            }
            double low = Float.intBitsToFloat(down);
            double high = down << 1 == 0xfefe0000 ? Math.copySign(0x1p128, value) : Float.intBitsToFloat(down + 0x10000);
            boolean even = (down & 0x10000) == 0;
            boolean takeLow = Math.abs(value - low) < Math.abs(high - value) || (Math.abs(value - low) == Math.abs(high - value) && even);
            assertEquals(takeLow ? (float) low : (float) high, got, "value " + Double.toHexString(value));
        }
    }

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
