package io.github.lanewise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.lanewise.kernel.Kernels;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.Set;
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

    /** The tests run on the class path, where a missing export goes unseen. */
    @Test
    void everyPublicPackageIsExported() throws Exception {
        Set<String> exported;
        try (InputStream in = Kernels.class.getModule().getResourceAsStream("module-info.class")) {
            exported = ModuleDescriptor.read(in).exports().stream().map(Exports::source).collect(toSet());
        }
        Set<String> wanted = LIBRARY.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getPackageName)
                .collect(toSet());
        assertEquals(wanted, exported);
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
