package io.github.lanewise.bits;

import java.util.Random;

/** What float arrays are filled with, from a seed, so that a failing shape shrinks and stays reproducible. */
public enum Values {
    /** Ordinary numbers around 1. */
    TAME {
        @Override
        float next(Random random) {
            return (float) random.nextGaussian();
        }
    },
    /** Magnitudes from 2^-40 to 2^40: small addends are lost, large ones cancel. */
    WIDE {
        @Override
        float next(Random random) {
            return Math.scalb(2 * random.nextFloat() - 1, random.nextInt(81) - 40);
        }
    },
    /** Subnormals and their neighbours: products underflow. */
    TINY {
        @Override
        float next(Random random) {
            return Math.scalb(2 * random.nextFloat() - 1, -random.nextInt(90) - 60);
        }
    },
    /** Close to overflow. */
    HUGE {
        @Override
        float next(Random random) {
            return Math.scalb(2 * random.nextFloat() - 1, random.nextInt(70) + 58);
        }
    },
    /** Any of the 2^32 bit patterns. */
    BITS {
        @Override
        float next(Random random) {
            return Float.intBitsToFloat(random.nextInt());
        }
    },
    /** Where formulas change: zeros, infinities, NaN, limits, saturation. */
    SPECIAL {
        @Override
        float next(Random random) {
            float value = POINTS[random.nextInt(POINTS.length)];
            return random.nextBoolean() ? value : -value;
        }
    };

    private static final float[] POINTS = {0, Float.MIN_VALUE, 2 * Float.MIN_VALUE, Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL), 1e-30f,
        0x1p-24f, 1e-4f, 0.25f, 0.5f, 0.625f, 0.9375f, Math.nextDown(0.9375f), Math.nextDown(1f), 1, Math.nextUp(1f), 2, 3.5f, 9.0f, 9.010913f, 9.1f, 10, 16.6f,
        17.4f, 18, 20, 44, 87.33654f, 88, 88.72284f, Math.nextUp(88.72284f), 89, 100, 103.27893f, 103.97208f, 104, 1000, 1e10f, 1e30f,
        Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN};

    /** Returns the next value. */
    abstract float next(Random random);

    /** Fills a part of an array. */
    void fill(Random random, float[] array, int from, int length) {
        for (int i = from; i < from + length; i++) {
            array[i] = next(random);
        }
    }
}
