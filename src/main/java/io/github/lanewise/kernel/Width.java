package io.github.lanewise.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM: the preferred one, capped at 512 bits. One width per JVM, because two would poison each other's type profiles;
 * only {@link VectorDots#reduce} takes half of 512 bits, and needs no profile: the class of every receiver is known there.
 */
final class Width {
    /** For tests on a CPU without vectors of 512 bits: the JVM then works through them lane by lane, with the same bits, slowly, and allocates. */
    private static final boolean EMULATE_512 = Boolean.getBoolean("io.github.lanewise.emulate512");
    static final VectorSpecies<Float> F =
            EMULATE_512 || FloatVector.SPECIES_PREFERRED.length() > Panels.BLOCK ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
    /** Floats in a vector: 4, 8 or 16. */
    static final int L = F.length();

    private Width() {}

    static String describe() {
        return F.toString();
    }
}
