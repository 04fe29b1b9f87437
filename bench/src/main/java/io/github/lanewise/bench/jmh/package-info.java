/** JMH benchmarks, one class per group, and what they share. */
package io.github.lanewise.bench.jmh;
