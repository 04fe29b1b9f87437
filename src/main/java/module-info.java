/**
 * SIMD float kernels and recurrent networks in pure Java.
 *
 * <p>On the module path {@code jdk.incubator.vector} is resolved by the {@code requires} below and no flag is needed. On the class
 * path this file is not read: give {@code --add-modules jdk.incubator.vector}, or the scalar backend runs.
 */
module io.github.lanewise {
    requires jdk.incubator.vector;
    requires static org.jspecify;
    // To tell whether C2 compiles the Vector API; where the module is missing we assume it does.
    requires static jdk.management;

    exports io.github.lanewise.io;
    exports io.github.lanewise.kernel;
    exports io.github.lanewise.rnn;
    exports io.github.lanewise.word2vec;
    exports io.github.lanewise.word2vec.evaluation;
}
