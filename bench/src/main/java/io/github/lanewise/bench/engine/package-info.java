/** Who computes: the interface of a contestant, and those that are plain Java. The native peers are in a module of their own. */
package io.github.lanewise.bench.engine;
