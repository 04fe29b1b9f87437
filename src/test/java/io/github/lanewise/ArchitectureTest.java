package io.github.lanewise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which part of the library may use which. */
class ArchitectureTest {
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.lanewise");

    @Test
    void packagesUseOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.lanewise..")
                .withOptionalLayers(true)
                .layer("kernel").definedBy("io.github.lanewise.kernel..")
                .layer("rnn").definedBy("io.github.lanewise.rnn..")
                .layer("word2vec").definedBy("io.github.lanewise.word2vec..")
                .layer("io").definedBy("io.github.lanewise.io..")
                .whereLayer("io").mayNotBeAccessedByAnyLayer()
                .whereLayer("word2vec").mayOnlyBeAccessedByLayers("io")
                .whereLayer("rnn").mayOnlyBeAccessedByLayers("io")
                .whereLayer("kernel").mayOnlyBeAccessedByLayers("rnn", "word2vec", "io")
                .ensureAllClassesAreContainedInArchitecture()
                .check(LIBRARY);
    }

    /** Everything else must load and run on a JVM where that module is not resolved. */
    @Test
    void onlyTheVectorBackendUsesTheVectorApi() {
        noClasses()
                .that().haveNameNotMatching("io\\.github\\.lanewise\\.kernel\\.(Vector.*|Width)")
                .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..")
                .check(LIBRARY);
    }
}
