package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Task;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The roof of arithmetic: as many fused multiply-adds as the task has, on registers, in 12 independent chains. It has no answer. */
final class PeakEngine implements Engine {
    static final VectorSpecies<Float> F = ReadEngine.F;
    private static final int CHAINS = 12;

    @Override
    public String name() {
        return "peak";
    }

    @Override
    public String version() {
        return "fused multiply-adds in registers, " + F.vectorBitSize() + " bits, " + CHAINS + " chains";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return task.flops() == 0 ? Optional.empty() : Optional.of(new Multiplier(rounds(task.flops(), F.length())));
    }

    /** Rounds of all chains that hold at least so many operations. */
    static long rounds(double flops, int lanes) {
        return (long) Math.ceil(flops / (2.0 * CHAINS * lanes));
    }

    private static final class Multiplier implements Contestant {
        private final long rounds;
        private final float[] sink = new float[F.length()];

        Multiplier(long rounds) {
            this.rounds = rounds;
        }

        @Override
        public void run() {
            // Added to the chain, a product needs no third register: where v = v * a + b is compiled to an instruction that adds to b, 16 do not suffice.
            FloatVector a = FloatVector.broadcast(F, 1e-3f);
            FloatVector b = FloatVector.broadcast(F, 1e-3f);
            FloatVector v0 = FloatVector.fromArray(F, sink, 0);
            FloatVector v1 = v0.add(1);
            FloatVector v2 = v0.add(2);
            FloatVector v3 = v0.add(3);
            FloatVector v4 = v0.add(4);
            FloatVector v5 = v0.add(5);
            FloatVector v6 = v0.add(6);
            FloatVector v7 = v0.add(7);
            FloatVector v8 = v0.add(8);
            FloatVector v9 = v0.add(9);
            FloatVector v10 = v0.add(10);
            FloatVector v11 = v0.add(11);
            for (long i = 0; i < rounds; i++) {
                v0 = a.fma(b, v0);
                v1 = a.fma(b, v1);
                v2 = a.fma(b, v2);
                v3 = a.fma(b, v3);
                v4 = a.fma(b, v4);
                v5 = a.fma(b, v5);
                v6 = a.fma(b, v6);
                v7 = a.fma(b, v7);
                v8 = a.fma(b, v8);
                v9 = a.fma(b, v9);
                v10 = a.fma(b, v10);
                v11 = a.fma(b, v11);
            }
            v0.add(v1).add(v2.add(v3)).add(v4.add(v5).add(v6.add(v7))).add(v8.add(v9).add(v10.add(v11))).mul(0.01f).intoArray(sink, 0);
        }

        @Override
        public float[][] output() {
            return new float[0][];
        }
    }
}
