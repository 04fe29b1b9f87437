package io.github.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Bfloat16Test {
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
            float got = Bfloat16.toFloat(Bfloat16.nearest(value));
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
    void everyBfloat16StaysWhatItIs() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Bfloat16.toFloat(bits);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(Bfloat16.toFloat(Bfloat16.nearest(value))));
            } else {
                assertEquals((short) bits, Bfloat16.nearest(value));
            }
        }
    }
}
