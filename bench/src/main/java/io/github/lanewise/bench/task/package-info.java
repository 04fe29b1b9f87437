/** What is computed, without saying how: sizes, data, work, and how far two answers may differ. */
package io.github.lanewise.bench.task;
