/** The command {@code lanewise bench}: runs groups of JMH benchmarks in which engines take turns, and reports ratios. */
package io.github.lanewise.bench;
