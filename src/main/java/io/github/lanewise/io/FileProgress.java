package io.github.lanewise.io;

/** Is told now and then how far a long reading or writing has come. Called on the thread that reads or writes. */
@FunctionalInterface
public interface FileProgress {
    /** Tells nobody. */
    FileProgress NONE = (done, total) -> {};

    /**
     * Tells how far it is.
     *
     * @param done units done; when reading bytes of the file, when writing words
     * @param total units in all, 0 if not known yet
     */
    void update(long done, long total);
}
