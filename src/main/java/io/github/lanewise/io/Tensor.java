package io.github.lanewise.io;

import io.github.lanewise.kernel.Bfloat16;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers with a type and a shape, row-major, in memory or in a mapped file.
 *
 * <p>Immutable and safe for any number of threads. A tensor of a {@link Safetensors} file can be read until that file is closed; after that
 * reading is an {@link IllegalStateException}.
 */
public final class Tensor {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ElementType type;
    private final long[] shape;
    /** Little-endian on every machine. */
    private final MemorySegment data;

    /** The caller has checked that the data is as long as type and shape say. */
    Tensor(ElementType type, long[] shape, MemorySegment data) {
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    /**
     * Creates a tensor of {@link ElementType#F32}.
     *
     * @param values the elements, row-major; copied
     * @param shape dimensions, at least 0 each; none for a single number
     * @return a new tensor
     * @throws IllegalArgumentException if a dimension is negative or the shape has another number of elements
     */
    public static Tensor of(float[] values, long... shape) {
        long size;
        try {
            size = size(shape);
        } catch (ArithmeticException tooLarge) {
            size = -1;
        }
        if (size != values.length) {
            throw new IllegalArgumentException("values: got " + values.length + ", wanted as many as the shape " + Arrays.toString(shape) + " has");
        }
        MemorySegment data = MemorySegment.ofArray(new float[values.length]);
        MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
        return new Tensor(ElementType.F32, shape.clone(), data);
    }

    /** Number of elements of a shape. */
    static long size(long... shape) {
        long size = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("dimension: got " + dimension + ", wanted >= 0");
            }
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }

    /**
     * Returns the type of the elements.
     *
     * @return the type
     */
    public ElementType type() {
        return type;
    }

    /**
     * Returns a copy of the dimensions, the slowest first.
     *
     * @return the shape; empty for a single number
     */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Returns the number of elements, which may be more than an array can hold.
     *
     * @return product of the dimensions
     */
    public long size() {
        return size(shape);
    }

    /**
     * Copies elements as floats: {@code to = this[first ..]}. Numbers of {@link ElementType#F64} are rounded to the nearest float; the other
     * three float types are exact. Allocates nothing.
     *
     * @param first index of the first element, row-major
     * @param to written
     * @param offset index of the first float written
     * @param count number of elements
     * @throws UnsupportedOperationException if the type is none of F16, BF16, F32, F64
     * @throws IndexOutOfBoundsException if a range falls outside the tensor or the array
     * @throws IllegalStateException if the file was closed
     */
    public void copyTo(long first, float[] to, int offset, int count) {
        Objects.checkFromIndexSize(first, count, size());
        Objects.checkFromIndexSize(offset, count, to.length);
        switch (type) {
            case F32 -> MemorySegment.copy(data, FLOAT, first * Float.BYTES, to, offset, count);
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = (float) data.get(DOUBLE, (first + i) * Double.BYTES);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = Float.float16ToFloat(data.get(HALF, (first + i) * Short.BYTES));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = Bfloat16.toFloat(data.get(HALF, (first + i) * Short.BYTES));
                }
            }
            default -> throw notFloat();
        }
    }

    /**
     * Returns all elements as floats; see {@link #copyTo}.
     *
     * @return a new array
     * @throws UnsupportedOperationException if the type is none of F16, BF16, F32, F64, or there are more elements than an array can hold
     * @throws IllegalStateException if the file was closed
     */
    public float[] toFloats() {
        float[] to = new float[arrayLength()];
        copyTo(0, to, 0, to.length);
        return to;
    }

    /**
     * Returns all elements as doubles, exact for all four float types.
     *
     * @return a new array
     * @throws UnsupportedOperationException if the type is none of F16, BF16, F32, F64, or there are more elements than an array can hold
     * @throws IllegalStateException if the file was closed
     */
    public double[] toDoubles() {
        if (type == ElementType.F64) {
            double[] doubles = new double[arrayLength()];
            MemorySegment.copy(data, DOUBLE, 0, doubles, 0, doubles.length);
            return doubles;
        }
        float[] from = toFloats();
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
        return to;
    }

    /**
     * Returns the same numbers in another type, rounded to nearest, ties to even.
     *
     * @param wanted {@link ElementType#F32} or {@link ElementType#BF16}
     * @return this tensor if it is of that type, else a new one in memory
     * @throws UnsupportedOperationException if this type is none of F16, BF16, F32, F64, the wanted one none of F32, BF16, or there are more
     *     elements than an array can hold
     */
    public Tensor as(ElementType wanted) {
        if (wanted == type) {
            return this;
        }
        if (wanted != ElementType.F32 && wanted != ElementType.BF16) {
            throw new UnsupportedOperationException("type to write: got " + wanted + ", wanted F32 or BF16");
        }
        if (wanted == ElementType.F32) {
            return of(toFloats(), shape);
        }
        double[] values = toDoubles();
        MemorySegment halves = MemorySegment.ofArray(new short[values.length]);
        for (int i = 0; i < values.length; i++) {
            halves.set(HALF, (long) i * Short.BYTES, Bfloat16.nearest(values[i]));
        }
        return new Tensor(wanted, shape, halves);
    }

    /** The bytes, little-endian; read only. */
    MemorySegment data() {
        return data;
    }

    /** The same tensor in memory of its own. */
    Tensor copy() {
        // Words, because an array of bytes ends at 2 GiB.
        MemorySegment words = MemorySegment.ofArray(new long[Math.toIntExact((data.byteSize() + Long.BYTES - 1) / Long.BYTES)]);
        MemorySegment own = words.asSlice(0, data.byteSize());
        own.copyFrom(data);
        return new Tensor(type, shape, own);
    }

    /** Length of an array for all elements as numbers. */
    private int arrayLength() {
        if (type != ElementType.F32 && type != ElementType.F64 && type != ElementType.F16 && type != ElementType.BF16) {
            throw notFloat();
        }
        if (size() > LONGEST_ARRAY) {
            throw new UnsupportedOperationException("tensor: got " + this + ", wanted at most " + LONGEST_ARRAY + " elements; copyTo takes parts");
        }
        return (int) size();
    }

    private UnsupportedOperationException notFloat() {
        return new UnsupportedOperationException("tensor: got " + this + ", wanted F32, F64, F16 or BF16");
    }

    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
