package io.github.lanewise.bench.engine;

import io.github.lanewise.bench.task.Task;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The roof of memory: reads as many bytes as the task must, front to back, each vector into a fused multiply-add. It has no answer. */
final class ReadEngine implements Engine {
    /** As the library: the preferred width, at most 512 bits. */
    static final VectorSpecies<Float> F =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 8;
    private static final int LINE = 16;

    @Override
    public String name() {
        return "read";
    }

    @Override
    public String version() {
        return "loads with fused multiply-adds, " + F.vectorBitSize() + " bits, " + CHAINS + " chains, best of four alignments";
    }

    @Override
    public Optional<Contestant> prepare(Task task) {
        return Optional.of(new Reader(floats(task.bytes(), F.length())));
    }

    /** Floats that hold so many bytes, rounded up to whole rounds of all chains. */
    static int floats(double bytes, int lanes) {
        int round = CHAINS * lanes;
        return Math.toIntExact((long) Math.ceil(bytes / 4 / round) * round);
    }

    private static final class Reader implements Contestant {
        private final int floats;
        private final float[] data;
        private final float[] sink = new float[F.length()];
        private int offset;

        Reader(int floats) {
            this.floats = floats;
            data = new float[floats + LINE];
            Arrays.fill(data, 1e-3f);
            alignToCacheLines();
        }

        /** Java does not tell where an array lies: the offset that is fastest is the one without split loads. */
        private void alignToCacheLines() {
            int runs = Math.max(3, 4_000_000 / floats);
            long best = Long.MAX_VALUE;
            int bestOffset = 0;
            for (int round = 0; round < 6; round++) {
                for (int candidate = 0; candidate < LINE; candidate += 4) {
                    offset = candidate;
                    long start = System.nanoTime();
                    for (int i = 0; i < runs; i++) {
                        run();
                    }
                    long time = System.nanoTime() - start;
                    // The first rounds are not compiled yet.
                    if (round >= 3 && time < best) {
                        best = time;
                        bestOffset = candidate;
                    }
                }
            }
            offset = bestOffset;
        }

        @Override
        public void run() {
            int lanes = F.length();
            int end = offset + floats;
            FloatVector a = FloatVector.broadcast(F, 0.999f);
            FloatVector v0 = FloatVector.zero(F);
            FloatVector v1 = v0;
            FloatVector v2 = v0;
            FloatVector v3 = v0;
            FloatVector v4 = v0;
            FloatVector v5 = v0;
            FloatVector v6 = v0;
            FloatVector v7 = v0;
            for (int i = offset; i < end; i += CHAINS * lanes) {
                v0 = FloatVector.fromArray(F, data, i).fma(a, v0);
                v1 = FloatVector.fromArray(F, data, i + lanes).fma(a, v1);
                v2 = FloatVector.fromArray(F, data, i + 2 * lanes).fma(a, v2);
                v3 = FloatVector.fromArray(F, data, i + 3 * lanes).fma(a, v3);
                v4 = FloatVector.fromArray(F, data, i + 4 * lanes).fma(a, v4);
                v5 = FloatVector.fromArray(F, data, i + 5 * lanes).fma(a, v5);
                v6 = FloatVector.fromArray(F, data, i + 6 * lanes).fma(a, v6);
                v7 = FloatVector.fromArray(F, data, i + 7 * lanes).fma(a, v7);
            }
            v0.add(v1).add(v2.add(v3)).add(v4.add(v5).add(v6.add(v7))).intoArray(sink, 0);
        }

        @Override
        public float[][] output() {
            return new float[0][];
        }
    }
}
