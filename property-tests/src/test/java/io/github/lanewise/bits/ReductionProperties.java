package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.bits.Trial.Arguments;
import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Products;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Reductions have one order: 16 chains and a fixed tree. */
class ReductionProperties {
    @Property
    void dotIsCanonical(@ForAll @IntRange(max = 300) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int a = trial.read(length);
        int b = trial.read(length);
        int result = trial.result();
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> o.set(result, 0, k.dot(o.array(a), o.at(a), o.array(b), o.at(b), length)));
        float got = after.get(result, 0);
        assertEquals(Products.canonicalDot(before.array(a), before.at(a), before.array(b), before.at(b), length), got);
        Products.Sum exact = Products.chain(0, before.array(a), before.at(a), 1, before.array(b), before.at(b), 1, length);
        if (exact.magnitude() < Float.MAX_VALUE) {
            assertTrue(Math.abs(got - exact.value()) <= exact.bound(), "error " + Math.abs(got - exact.value()) + ", wanted <= " + exact.bound());
        }
    }

    /** Products that all underflow to -0 leave every chain at -0, and so the sum; a lane beyond the end must not add +0 to it. */
    @Property
    void negativeZeroComesThrough(@ForAll @IntRange(min = 16, max = 64) int length, @ForAll long seed) {
        Random random = new Random(seed);
        int offset = random.nextInt(17);
        float[] a = new float[offset + length];
        float[] b = new float[offset + length];
        for (int i = offset; i < a.length; i++) {
            boolean negative = random.nextBoolean();
            a[i] = negative ? -1e-30f : 1e-30f;
            b[i] = negative ? 1e-30f : -1e-30f;
        }
        assertEquals(-0f, Products.canonicalDot(a, offset, b, offset, length));
        assertEquals(-0f, Kernels.scalar().dot(a, offset, b, offset, length));
        assertEquals(-0f, Kernels.best().dot(a, offset, b, offset, length));
    }

    @Property
    void sumIsCanonical(@ForAll @IntRange(max = 300) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int a = trial.read(length);
        int result = trial.result();
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> o.set(result, 0, k.sum(o.array(a), o.at(a), length)));
        float got = after.get(result, 0);
        assertEquals(Products.canonicalSum(before.array(a), before.at(a), length), got);
        float[] one = {1};
        Products.Sum exact = Products.chain(0, before.array(a), before.at(a), 1, one, 0, 0, length);
        if (exact.magnitude() < Float.MAX_VALUE) {
            assertTrue(Math.abs(got - exact.value()) <= exact.bound(), "error " + Math.abs(got - exact.value()) + ", wanted <= " + exact.bound());
        }
    }

    @Property
    void sumOfSquaresIsDotWithItself(@ForAll @IntRange(max = 300) int length, @ForAll Values values, @ForAll long seed) {
        Trial trial = new Trial(seed, values);
        int a = trial.read(length);
        int result = trial.result();
        Arguments before = trial.before();
        Arguments after = trial.check((k, o) -> o.set(result, 0, k.sumOfSquares(o.array(a), o.at(a), length)));
        assertEquals(Products.canonicalDot(before.array(a), before.at(a), before.array(a), before.at(a), length), after.get(result, 0));
        assertEquals(Kernels.best().dot(before.array(a), before.at(a), before.array(a), before.at(a), length), after.get(result, 0));
    }
}
