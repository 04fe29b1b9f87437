package io.github.lanewise.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The optional folder with the full test data: system property {@code lanewise.shared}, else {@code shared} beside the repository. */
public final class SharedFolder {
    private SharedFolder() {
    }

    /** Returns the folder of this name inside the shared data, if there. */
    public static Optional<Path> find(String name) {
        String property = System.getProperty("lanewise.shared", "");
        Path shared = property.isEmpty()
                ? Path.of(System.getProperty("basedir", "."), "..", "..", "shared")
                : Path.of(property);
        Path folder = shared.resolve(name).toAbsolutePath().normalize();
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }
}
