package io.github.lanewise.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.ChildJvm;
import io.github.lanewise.kernel.SplitMix64;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernels read and write most lies on cache lines, in a JVM of its own. Looks inside the layers. */
@EnabledIfSystemProperty(named = "lanewise.expect.backend", matches = "scalar", disabledReason = "done once, in the fork without the module")
class CacheLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC"})
    void memoryStartsOnALineAndStaysThere(String collector) {
        String output = ChildJvm.run(Child.class,
                List.of(collector, "-XX:-UseCompactObjectHeaders", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
        assertEquals("bytes into a line: 0 of 98", output.lines().toList().getLast(), output);
    }

    /** What the child does. */
    static final class Child {
        private Child() {
        }

        public static void main(String[] args) throws Throwable {
            List<float[]> arrays = new ArrayList<>();
            List<Integer> starts = new ArrayList<>();
            for (int units : new int[] {3, 16, 17, 64, 128, 256, 300}) {
                Lstm lstm = Lstm.create(units / 2, units, new SplitMix64(1));
                CellState state = lstm.newState(2);
                CellTape tape = lstm.newTape(10, 2);
                DenseTape dense = Dense.zero(units, 5, OutputActivation.SOFTMAX).newTape(3);
                Rows rows = state.rows;
                add(arrays, starts, lstm.weights().data, lstm.weights().start, lstm.weights().matrix);
                add(arrays, starts, state.data, rows.hidden(0), state.c, state.z, state.tanhC);
                add(arrays, starts, tape.rows.data, tape.rows.hidden(0));
                for (Piece piece : new Piece[] {tape.z, tape.c, tape.tanhC, tape.dh, tape.packed, tape.dx, dense.z}) {
                    add(arrays, starts, piece.data, piece.start);
                }
            }
            int worst = worst(arrays, starts);
            System.gc();
            System.out.println("bytes into a line: " + Math.max(worst, worst(arrays, starts)) + " of " + starts.size());
        }

        private static void add(List<float[]> arrays, List<Integer> starts, float[] data, int... indices) {
            for (int index : indices) {
                arrays.add(data);
                starts.add(index);
            }
        }

        /** Most bytes between the start of a cache line and an element. */
        @SuppressWarnings("restricted") // The only way to an address; this JVM is told that it may.
        private static int worst(List<float[]> arrays, List<Integer> starts) throws Throwable {
            Linker linker = Linker.nativeLinker();
            // memmove returns its first argument: here the address of the first element of an array.
            MethodHandle address = linker.downcallHandle(linker.defaultLookup().findOrThrow("memmove"),
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true));
            int worst = 0;
            for (int i = 0; i < starts.size(); i++) {
                MemorySegment segment = MemorySegment.ofArray(arrays.get(i));
                long bytes = (long) address.invokeExact(segment, segment, 0L) + (long) Float.BYTES * starts.get(i);
                worst = Math.max(worst, (int) (bytes % (Float.BYTES * 16)));
            }
            return worst;
        }
    }
}
