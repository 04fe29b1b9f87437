/** DL4J as an engine; loaded by a class loader of its own. */
package io.github.lanewise.bench.dl4j;
