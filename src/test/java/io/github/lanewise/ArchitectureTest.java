package io.github.lanewise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses LIBRARY =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.github.lanewise");

    @Test
    void onlyVectorClassesOfTheKernelPackageUseTheVectorApi() {
        noClasses()
                .that().haveNameNotMatching("io\\.github\\.lanewise\\.kernel\\.(Vector.*|Width)")
                .should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..")
                .allowEmptyShould(true)
                .check(LIBRARY);
    }
}
