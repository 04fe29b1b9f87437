package io.github.lanewise.accuracy;

import io.github.lanewise.kernel.Kernels;
import io.github.lanewise.oracle.Tolerance;
import java.util.Locale;

/**
 * Runs a function over a range of float bit patterns of one sign, in order, on both backends, and keeps the worst it sees: error in ULP, steps
 * against the monotone order (all three functions rise), values whose bits differ between the backends. One object per thread; results are joined at the end.
 */
final class Scan {
    /** Bit pattern of infinity: the patterns from 0 up to here are the floats in ascending order. */
    static final int INFINITY = 0x7f80_0000;
    private static final int CHUNK = 1 << 14;

    private final FloatFunction function;
    private final float[] x = new float[CHUNK];
    private final float[] scalar = new float[CHUNK];
    private final float[] vector = new float[CHUNK];

    private long count;
    private final Worst normal = new Worst();
    private final Worst subnormal = new Worst();
    private long descents;
    private long worstDescent;
    private float worstDescentAt;
    private long different;
    private float differentAt;

    Scan(FloatFunction function) {
        this.function = function;
    }

    /** Looks at the patterns from, from + step, ... up to but without to, with the sign bit set if negative. */
    Scan over(int from, long to, int step, boolean negative) {
        int sign = negative ? 0x8000_0000 : 0;
        float before = Float.NaN;
        long pattern = from;
        while (pattern < to) {
            int n = 0;
            for (; n < CHUNK && pattern < to; n++, pattern += step) {
                x[n] = Float.intBitsToFloat((int) pattern | sign);
            }
            look(n, before, negative);
            before = scalar[n - 1];
        }
        return this;
    }

    private void look(int n, float first, boolean negative) {
        function.run(Kernels.scalar(), x, scalar, n);
        Kernels.simd().ifPresent(simd -> {
            function.run(simd, x, vector, n);
            for (int i = 0; i < n; i++) {
                if (Float.floatToIntBits(scalar[i]) != Float.floatToIntBits(vector[i])) {
                    different++;
                    differentAt = x[i];
                }
            }
        });
        float before = first;
        for (int i = 0; i < n; i++) {
            float y = scalar[i];
            double ulps = Tolerance.ulps(y, function.exact(x[i]));
            (Math.abs(y) < Float.MIN_NORMAL ? subnormal : normal).see(ulps, x[i]);
            if (negative ? y > before : y < before) {
                descents++;
                long size = Tolerance.floatsBetween(y, before);
                if (size > worstDescent) {
                    worstDescent = size;
                    worstDescentAt = x[i];
                }
            }
            before = y;
        }
        count += n;
    }

    /** Adds what another scan of the same function saw. */
    Scan join(Scan other) {
        count += other.count;
        descents += other.descents;
        different += other.different;
        differentAt = other.different > 0 ? other.differentAt : differentAt;
        normal.see(other.normal.ulps, other.normal.at);
        subnormal.see(other.subnormal.ulps, other.subnormal.at);
        if (other.worstDescent > worstDescent) {
            worstDescent = other.worstDescent;
            worstDescentAt = other.worstDescentAt;
        }
        return this;
    }

    /** Fails when the worst is worse than the function's javadoc says. */
    void verify() {
        System.out.println(this);
        if (different > 0) {
            throw new AssertionError(function + ": " + different + " values differ between the backends, one at x = " + differentAt);
        }
        if (!(normal.ulps <= function.maxUlps)) {
            throw new AssertionError(function + ": error " + normal + ", wanted <= " + function.maxUlps);
        }
        if (!(subnormal.ulps <= function.maxUlpsOfSubnormals)) {
            throw new AssertionError(function + ": error of a subnormal result " + subnormal + ", wanted <= " + function.maxUlpsOfSubnormals);
        }
        if (descents > 0) {
            throw new AssertionError(function + ": falls at " + descents + " places, by up to " + worstDescent + " ULP at x = " + worstDescentAt);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s %,14d values; largest error %s, subnormal results %s; steps against the order %d; different from scalar %d",
                function, count, normal, subnormal, descents, different);
    }

    /** The largest error and where it is. */
    private static final class Worst {
        private double ulps;
        private float at;

        void see(double error, float x) {
            if (error > ulps) {
                ulps = error;
                at = x;
            }
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.4f ULP at x = %s", ulps, at);
        }
    }
}
