/**
 * Recurrent layers with forward and backward passes, losses and optimizers, over {@link io.github.lanewise.kernel.Kernels}.
 *
 * <p>Weights, states, tapes and gradients are four different things: weights are shared and only read while computing; a state belongs to one
 * stream, a tape and gradients to one thread. Layers are stacked by feeding the outputs of one to the next, and the input gradients of one to
 * the previous.
 */
package io.github.lanewise.rnn;
