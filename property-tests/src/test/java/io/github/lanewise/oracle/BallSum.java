package io.github.lanewise.oracle;

import java.util.Arrays;

/** A sum of products in ball arithmetic, as float computes it: a chain in any order, one rounding for each term. */
final class BallSum {
    private double value;
    private double radius;
    private double magnitude;
    private int roundings;

    /** A chain that starts from a value. */
    static BallSum from(Ball start) {
        BallSum sum = new BallSum();
        sum.value = start.value();
        sum.radius = start.radius();
        sum.magnitude = start.magnitude();
        return sum;
    }

    /** A chain for each start. */
    static BallSum[] from(Ball[] starts) {
        return Arrays.stream(starts).map(BallSum::from).toArray(BallSum[]::new);
    }

    /** Adds a term. */
    BallSum add(Ball term) {
        value += term.value();
        radius += term.radius();
        magnitude += term.magnitude();
        roundings++;
        return this;
    }

    /** Adds a product, which is not rounded before it is added. */
    BallSum add(Ball a, Ball b) {
        value += a.value() * b.value();
        radius += a.spread(b);
        magnitude += a.magnitude() * b.magnitude();
        roundings++;
        return this;
    }

    /** The sum. */
    Ball end() {
        return new Ball(value, radius + Tolerance.chain(roundings, magnitude));
    }

    /** All the sums. */
    static Ball[] end(BallSum[] sums) {
        return Arrays.stream(sums).map(BallSum::end).toArray(Ball[]::new);
    }
}
