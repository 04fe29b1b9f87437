package io.github.lanewise.bench.engine;

import io.github.lanewise.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** All engines of this class path by name. */
public final class Engines {
    private Engines() {}

    /** Ours and the plain ones first, then the peers. */
    public static Map<String, Engine> all() {
        List<Engine> engines = new ArrayList<>();
        Kernels.simd().ifPresent(simd -> engines.add(new Lanewise("lanewise", simd)));
        engines.add(new Lanewise("scalar", Kernels.scalar()));
        engines.add(new LanewiseBfloat16());
        engines.add(new CarefulJava());
        engines.add(new NaiveJava());
        Kernels.simd().ifPresent(simd -> engines.add(new TwoThreads(simd)));
        engines.add(new PeakEngine());
        engines.add(new ReadEngine());
        ServiceLoader.load(Engine.class).forEach(engines::add);
        Map<String, Engine> byName = new LinkedHashMap<>();
        engines.forEach(engine -> byName.put(engine.name(), engine));
        return byName;
    }

    /** Names of the peers that are on the class path; empty without the profile {@code peers}. */
    public static List<String> peers() {
        List<String> names = new ArrayList<>();
        ServiceLoader.load(Engine.class).forEach(engine -> names.add(engine.name()));
        return names;
    }
}
