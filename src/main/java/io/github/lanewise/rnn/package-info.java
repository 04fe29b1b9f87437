/**
 * Recurrent layers with forward and backward passes, losses and optimizers, over {@link io.github.lanewise.kernel.Kernels}.
 *
 * <p>Weights, states, tapes and gradients are four different things: weights are shared and only read while computing; a state belongs to one
 * stream, a tape and gradients to one thread. Layers are stacked by feeding the outputs of one to the next, and the input gradients of one to
 * the previous.
 *
 * <p>Small weights, states and tapes are cut from shared arrays, because such an array starts on a cache line (with G1 and ZGC). Each
 * is as large as a region of G1, 1/2048 of the largest heap but 1 to 32 MiB, and lives as long as anything cut from it: a state of 1 KB may
 * hold all of it. There are at most 8 of them at a time, with no more than 1/32 of the heap.
 */
package io.github.lanewise.rnn;
