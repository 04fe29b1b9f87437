/**
 * Float-array kernels: one meaning, on scalar and SIMD registers.
 */
package io.github.lanewise.kernel;
