package io.github.lanewise.bits;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One call of a kernel under trial. Operands lie at odd offsets in arrays that are filled on both sides; an array ends where the kernel may read
 * last, or a little later. {@link #check} runs the call on both backends and holds it to what every kernel promises:
 * <ul>
 * <li>the same bits from both backends (all NaNs are equal);
 * <li>nothing changes but the elements that the call writes;
 * <li>an array that is one element too short, or an offset out of range, throws, and then nothing is written.
 * </ul>
 */
final class Trial {
    /** How many values were found equal on two backends in this JVM. */
    static final AtomicLong COMPARED = new AtomicLong();

    private static final int LARGEST_GAP = 19;

    private final Random random;
    private final Values values;
    private final List<float[]> arrays = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> extents = new ArrayList<>();
    private final Set<Integer> results = new HashSet<>();
    private final List<boolean[]> written = new ArrayList<>();

    /** The call, with the arrays and offsets it is to use. */
    @FunctionalInterface
    interface Call {
        void run(Kernels kernels, Arguments arguments);
    }

    /** Arrays and offsets of the operands, in the order in which they were declared. */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of arrays, never compared
    record Arguments(float[][] arrays, int[] offsets) {
        float[] array(int operand) {
            return arrays[operand];
        }

        int at(int operand) {
            return offsets[operand];
        }

        float get(int operand, int index) {
            return arrays[operand][offsets[operand] + index];
        }

        void set(int operand, int index, float value) {
            arrays[operand][offsets[operand] + index] = value;
        }
    }

    Trial(long seed, Values values) {
        this.random = new Random(seed);
        this.values = values;
    }

    /** Returns a factor for the call. */
    float scalar() {
        return values.next(random);
    }

    /** Adds an operand that is only read, reaching over {@code extent} elements; returns its number. */
    int read(int extent) {
        return add(extent, new boolean[extent], values);
    }

    /** Adds an operand that is only read, with values of its own. */
    int read(int extent, Values ownValues) {
        return add(extent, new boolean[extent], ownValues);
    }

    /** Adds an operand all of whose elements are written. */
    int write(int extent) {
        boolean[] all = new boolean[extent];
        Arrays.fill(all, true);
        return add(extent, all, values);
    }

    /** Adds a place for one returned value: written by the call itself, not by the kernel, so it is never out of range. */
    int result() {
        results.add(arrays.size());
        return write(1);
    }

    /** Adds an operand some of whose elements are written. */
    int write(boolean[] elements) {
        return add(elements.length, elements, values);
    }

    private int add(int extent, boolean[] elements, Values fill) {
        int offset = random.nextInt(LARGEST_GAP);
        int after = random.nextBoolean() ? 0 : random.nextInt(LARGEST_GAP);
        float[] array = new float[offset + extent + after];
        fill.fill(random, array, 0, array.length);
        arrays.add(array);
        offsets.add(offset);
        extents.add(extent);
        written.add(elements);
        return arrays.size() - 1;
    }

    /** Replaces every value of an operand by its absolute value. */
    void absolute(int operand) {
        float[] array = arrays.get(operand);
        for (int i = 0; i < array.length; i++) {
            array[i] = Math.abs(array[i]);
        }
    }

    /** Returns the operands as they are before the call. */
    Arguments before() {
        return new Arguments(arrays.stream().map(float[]::clone).toArray(float[][]::new), offsets.stream().mapToInt(o -> o).toArray());
    }

    /** Runs the call on both backends, checks everything said above, and returns the operands as the scalar backend left them. */
    Arguments check(Call call) {
        Arguments scalar = run(Kernels.scalar(), call);
        Kernels.simd().ifPresent(simd -> {
            Arguments vector = run(simd, call);
            for (int i = 0; i < arrays.size(); i++) {
                assertSameBits("operand " + i + " on " + simd, scalar.array(i), vector.array(i));
                COMPARED.addAndGet(scalar.array(i).length);
            }
            checkRejections(simd, call);
        });
        checkRejections(Kernels.scalar(), call);
        return scalar;
    }

    private Arguments run(Kernels kernels, Call call) {
        Arguments arguments = before();
        call.run(kernels, arguments);
        for (int i = 0; i < arrays.size(); i++) {
            for (int j = 0; j < arrays.get(i).length; j++) {
                int element = j - offsets.get(i);
                boolean mayChange = element >= 0 && element < extents.get(i) && written.get(i)[element];
                if (!mayChange && Float.floatToRawIntBits(arrays.get(i)[j]) != Float.floatToRawIntBits(arguments.array(i)[j])) {
                    throw new AssertionError(kernels + " wrote operand " + i + " at element " + element + ", which is not its to write");
                }
            }
        }
        return arguments;
    }

    private void checkRejections(Kernels kernels, Call call) {
        for (int i = 0; i < arrays.size(); i++) {
            if (extents.get(i) > 0 && !results.contains(i)) {
                Arguments tooShort = before();
                tooShort.arrays()[i] = Arrays.copyOf(arrays.get(i), offsets.get(i) + extents.get(i) - 1);
                assertRejected(kernels, call, tooShort, i);
                for (int offset : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, arrays.get(i).length}) {
                    Arguments outside = before();
                    outside.offsets()[i] = offset;
                    assertRejected(kernels, call, outside, i);
                }
            }
        }
    }

    private void assertRejected(Kernels kernels, Call call, Arguments arguments, int operand) {
        float[][] before = Arrays.stream(arguments.arrays()).map(float[]::clone).toArray(float[][]::new);
        RuntimeException thrown = assertThrows(RuntimeException.class, () -> call.run(kernels, arguments),
                () -> kernels + " took operand " + operand + " out of range");
        if (!(thrown instanceof IndexOutOfBoundsException) && !(thrown instanceof IllegalArgumentException)) {
            throw new AssertionError("operand " + operand + " out of range on " + kernels, thrown);
        }
        for (int i = 0; i < before.length; i++) {
            assertSameBits("operand " + i + " after an exception on " + kernels, before[i], arguments.array(i));
        }
    }

    /** Fails unless both arrays hold the same floats to the bit, NaN being equal to NaN. */
    static void assertSameBits(String what, float[] want, float[] got) {
        int at = Arrays.mismatch(want, got);
        if (at >= 0) {
            throw new AssertionError(what + ": element " + at + " of " + want.length + ": got " + got[at] + " ("
                    + Integer.toHexString(Float.floatToIntBits(got[at])) + "), wanted " + want[at] + " ("
                    + Integer.toHexString(Float.floatToIntBits(want[at])) + ")");
        }
    }
}
