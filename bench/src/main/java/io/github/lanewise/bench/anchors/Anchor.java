package io.github.lanewise.bench.anchors;

/** A task, its network and its data. Only {@link #update} is timed. */
interface Anchor {
    /** What {@link #quality} measures, with its unit. Less is better. */
    String quantity();

    /** Updates of a whole run. */
    int updates();

    /** Improves the weights on one batch and returns its loss. */
    double update();

    /** Looks at the network after so many updates, once an epoch say, and returns a line about it, or nothing. */
    String inspect(int updates);

    /** True when there is nothing to improve. */
    default boolean isSolved() {
        return false;
    }

    /** The figure at the end. */
    double quality();
}
