package io.github.lanewise.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All groups in the order of the report. */
final class Groups {
    private Groups() {}

    /**
     * All groups.
     *
     * @param limit folder of the C++ program for the group {@code limit}
     */
    static List<Group> all(Optional<Path> limit) {
        List<Group> groups = new ArrayList<>(Turns.groups());
        groups.add(new Cold());
        groups.add(new Limit(limit));
        return groups;
    }
}
