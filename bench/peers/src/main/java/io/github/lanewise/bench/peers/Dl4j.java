package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.engine.Contestant;
import io.github.lanewise.bench.engine.Engine;
import io.github.lanewise.bench.task.Task;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * DL4J, from the folder that the module {@code bench/dl4j} builds. It needs an older JavaCPP than the other peers, so it sees only its own
 * jars and our interfaces.
 */
public final class Dl4j implements Engine {
    private Optional<Engine> loaded = Optional.empty();

    /** Found by name. */
    public Dl4j() {}

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public String version() {
        return "DL4J 1.0.0-M2.1 with nd4j-native, 1 thread";
    }

    @Override
    public Optional<Contestant> prepare(Task task) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            if (loaded.isEmpty()) {
                List<URL> jars = jars();
                if (jars.isEmpty()) {
                    return Optional.empty();
                }
                ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), new OnlyOurs());
                thread.setContextClassLoader(loader);
                loaded = Optional.of((Engine) loader.loadClass("io.github.lanewise.bench.dl4j.Dl4jEngine").getConstructor().newInstance());
            }
            thread.setContextClassLoader(loaded.orElseThrow().getClass().getClassLoader());
            return loaded.orElseThrow().prepare(task);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<URL> jars() throws IOException {
        Path target = Path.of(System.getProperty("lanewise.home", "."), "bench", "dl4j", "target");
        List<URL> jars = new ArrayList<>();
        Path own = target.resolve("lanewise-bench-dl4j.jar");
        if (Files.isRegularFile(own)) {
            jars.add(url(own));
            try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
                for (Path library : libraries.sorted().toList()) {
                    jars.add(url(library));
                }
            }
        }
        return jars;
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    /** The JDK, and of the class path our own classes alone. */
    private static final class OnlyOurs extends ClassLoader {
        OnlyOurs() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.github.lanewise.")) {
                return Dl4j.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
