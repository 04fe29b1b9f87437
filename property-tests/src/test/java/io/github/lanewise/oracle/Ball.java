package io.github.lanewise.oracle;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A value and how far a float program that computes it may be off: ball arithmetic (van der Hoeven 2010). The radius takes over what the operands
 * are off by, and every float operation adds at most {@link Tolerance#U} times its result, so it holds for all inputs, not for most.
 */
public record Ball(double value, double radius) {
    /** 0, as float has it. */
    public static final Ball ZERO = new Ball(0, 0);

    /** Every float is exact. */
    public static Ball[] exact(float[] values) {
        Ball[] balls = new Ball[values.length];
        Arrays.setAll(balls, i -> new Ball(values[i], 0));
        return balls;
    }

    /** As many zeros. */
    public static Ball[] zeros(int count) {
        Ball[] balls = new Ball[count];
        Arrays.fill(balls, ZERO);
        return balls;
    }

    /** The largest absolute value in the ball. */
    double magnitude() {
        return Math.abs(value) + radius;
    }

    Ball plus(Ball other) {
        return new Ball(value + other.value, radius + other.radius).rounded(1);
    }

    Ball times(Ball other) {
        return new Ball(value * other.value, spread(other)).rounded(1);
    }

    /** What a product is off by, before it is rounded. */
    double spread(Ball other) {
        return Math.abs(value) * other.radius + Math.abs(other.value) * radius + radius * other.radius;
    }

    /** 1 - value. */
    Ball fromOne() {
        return new Ball(1 - value, radius).rounded(1);
    }

    /** 1 - value^2 in one rounding. */
    Ball squareFromOne() {
        return new Ball(1 - value * value, spread(this)).rounded(1);
    }

    /** What an increasing function makes of the ball, before the result is rounded. */
    Ball map(DoubleUnaryOperator increasing) {
        double mapped = increasing.applyAsDouble(value);
        double above = increasing.applyAsDouble(value + radius) - mapped;
        double below = mapped - increasing.applyAsDouble(value - radius);
        return new Ball(mapped, Math.max(above, below));
    }

    /** What some roundings make of the value. */
    Ball rounded(int roundings) {
        return new Ball(value, radius + Tolerance.chain(roundings, magnitude()));
    }
}
