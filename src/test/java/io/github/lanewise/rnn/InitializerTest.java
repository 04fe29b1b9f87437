package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernel.Activation;
import io.github.lanewise.kernel.SplitMix64;
import org.junit.jupiter.api.Test;

class InitializerTest {
    /** The published first outputs of SplitMix64 for seed 1234567: the sequence is part of the contract. */
    @Test
    void theGeneratorHasItsPublishedSequence() {
        SplitMix64 random = new SplitMix64(1234567);
        assertEquals(6457827717110365317L, random.nextLong());
        assertEquals(3203168211198807973L, random.nextLong());
        assertEquals(-8629252141511181193L, random.nextLong());
    }

    @Test
    void uniformStaysInItsBoundsAndFillsThem() {
        Lstm lstm = Lstm.create(7, 25, new SplitMix64(3));
        float[] weights = lstm.weights().recurrentWeights();
        float most = 0;
        double sum = 0;
        for (float w : weights) {
            most = Math.max(most, Math.abs(w));
            sum += w;
        }
        assertTrue(most <= 0.2f && most > 0.199f, "largest " + most);
        // 2,500 uniform deviates in +-0.2: the mean has a standard deviation of 0.0023.
        assertEquals(0, sum / weights.length, 0.01);
    }

    @Test
    void onlyTheForgetGateStartsOpen() {
        float[] bias = Lstm.create(2, 3, new SplitMix64(3)).weights().bias();
        for (int i = 0; i < bias.length; i++) {
            assertEquals(i / 3 == 1, bias[i] == 1, "gate " + i / 3);
        }
    }

    @Test
    void orthogonalRowsAreOrthonormal() {
        Rnn rnn = Rnn.create(2, 37, Activation.TANH, new SplitMix64(4));
        Initializer.orthogonalRecurrent(rnn.weights(), new SplitMix64(5));
        float[] q = rnn.weights().recurrentWeights();
        for (int i = 0; i < 37; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int k = 0; k < 37; k++) {
                    dot += (double) q[i * 37 + k] * q[j * 37 + k];
                }
                // Each of 37 products carries two roundings of 2^-24.
                assertEquals(i == j ? 1 : 0, dot, 2 * 37 * 0x1p-24);
            }
        }
    }

    @Test
    void identityIsOnTheDiagonalOfEachGate() {
        Lstm lstm = Lstm.create(1, 2, new SplitMix64(6));
        Initializer.identityRecurrent(lstm.weights(), 0.5f);
        assertArrayEquals(new float[] {.5f, 0, 0, .5f, .5f, 0, 0, .5f, .5f, 0, 0, .5f, .5f, 0, 0, .5f}, lstm.weights().recurrentWeights());
    }
}
