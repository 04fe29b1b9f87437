/** A quality check: spoken digits, classified by an LSTM. */
package io.github.lanewise.bench.digits;
