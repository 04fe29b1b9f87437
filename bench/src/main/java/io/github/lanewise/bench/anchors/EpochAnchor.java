package io.github.lanewise.bench.anchors;

/** An anchor that goes through its data several times and is looked at after each. */
interface EpochAnchor extends Anchor {
    /** How often a whole run goes through the data. */
    int epochs();

    /** Updates that see the data once. */
    int updatesPerEpoch();

    /** Looks at the network after so many epochs, and returns a line about it. */
    String inspectEpoch(int epochs);

    @Override
    default int updates() {
        return epochs() * updatesPerEpoch();
    }

    @Override
    default String inspect(int updates) {
        return updates % updatesPerEpoch() == 0 ? inspectEpoch(updates / updatesPerEpoch()) : "";
    }
}
