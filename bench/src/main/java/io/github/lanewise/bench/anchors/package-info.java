/**
 * Quality anchors: tasks from the literature on which a correct implementation reaches a known quality. They run outside the build, and
 * {@code anchors.py} does the same with PyTorch, so that the training times can be compared.
 */
package io.github.lanewise.bench.anchors;
