/** JMH benchmarks. */
package io.github.lanewise.bench;
