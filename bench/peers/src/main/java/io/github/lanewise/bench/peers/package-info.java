/** Other libraries, one class each. They compute with one thread; the launcher sets the environment variables that some of them read. */
package io.github.lanewise.bench.peers;
