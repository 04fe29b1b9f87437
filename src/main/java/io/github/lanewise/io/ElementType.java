package io.github.lanewise.io;

/**
 * What one element of a {@link Tensor} is, by the names that safetensors uses. All can be read and written unchanged; the floats
 * {@link #F16}, {@link #BF16}, {@link #F32} and {@link #F64} can be turned into numbers.
 *
 * <p>The order is that in which tensors lie in a file, from last to first: wide elements first, so that all are aligned.
 */
public enum ElementType {
    /** One byte, 0 or 1. */
    BOOL(8),
    /** A float of 4 bits. */
    F4(4),
    /** A float of 6 bits, 2 of exponent. */
    F6_E2M3(6),
    /** A float of 6 bits, 3 of exponent. */
    F6_E3M2(6),
    /** An unsigned integer of 8 bits. */
    U8(8),
    /** A signed integer of 8 bits. */
    I8(8),
    /** A float of 8 bits, 5 of exponent. */
    F8_E5M2(8),
    /** A float of 8 bits, 4 of exponent. */
    F8_E4M3(8),
    /** A power of two in 8 bits. */
    F8_E8M0(8),
    /** A signed integer of 16 bits. */
    I16(16),
    /** An unsigned integer of 16 bits. */
    U16(16),
    /** IEEE 754 binary16, "half". */
    F16(16),
    /** The upper half of a {@link #F32}, "bfloat16". */
    BF16(16),
    /** A signed integer of 32 bits. */
    I32(32),
    /** An unsigned integer of 32 bits. */
    U32(32),
    /** IEEE 754 binary32, Java's {@code float}. */
    F32(32),
    /** Two {@link #F32}, real and imaginary part. */
    C64(64),
    /** IEEE 754 binary64, Java's {@code double}. */
    F64(64),
    /** A signed integer of 64 bits. */
    I64(64),
    /** An unsigned integer of 64 bits. */
    U64(64);

    private final int bits;

    ElementType(int bits) {
        this.bits = bits;
    }

    /**
     * Returns the size of an element.
     *
     * @return size in bits
     */
    public int bits() {
        return bits;
    }
}
