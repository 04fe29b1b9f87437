/** The command {@code lanewise wave}: learns a sound and continues it sample by sample. */
package io.github.lanewise.cli.wave;
