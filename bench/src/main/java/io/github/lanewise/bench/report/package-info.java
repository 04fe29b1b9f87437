/** Results as JSON, Markdown tables and charts, and the comparison of two of them. */
package io.github.lanewise.bench.report;
